"""What access says: problems, journal entries, roles."""

from desk.kit.access.rules import Role
from desk.kit.words import N_

PROBLEMS = {
    "access.wrong": N_("Staff number and password do not fit together. Check both and try again."),
    "access.wait": N_("Too many tries. Wait %(minutes)s minutes, or ask the administrator for a new password."),
    "access.pin_wrong": N_("That is not the PIN. %(left)s tries are left."),
    "access.over": N_("This session is over. Please sign in again."),
    "access.staff_unknown": N_("There is no such person among the staff."),
    "access.number_taken": N_("This staff number is taken. Choose another one."),
    "access.last_admin": N_("The desk needs an administrator. Make somebody else administrator first."),
    "access.not_yourself": N_("Nobody can take away their own access. Ask another administrator."),
    "access.password_short": N_("Use at least 8 characters. Several words in a row are easy to remember."),
    "access.password_long": N_("Use at most 128 characters."),
    "access.password_usual": N_("This password is easy to guess. Take words that nobody connects with you or this desk."),
    "access.password_same": N_("This is the old password. Choose a new one."),
    "access.password_wrong": N_("This is not your present password."),
    "access.pin_form": N_("A PIN has 4 to 8 digits."),
    "access.pin_usual": N_("This PIN is easy to guess. Avoid runs and repeated digits."),
    "access.forbidden": N_("Your role does not allow this. Ask a supervisor if you need it."),
}
ACTS = {
    "staff.added": N_("Staff added: %(staff_no)s, %(role)s"),
    "staff.changed": N_("Staff changed: %(staff_no)s, %(role)s"),
    "staff.enabled": N_("Access given back: %(staff_no)s"),
    "staff.disabled": N_("Access ended: %(staff_no)s"),
    "staff.password_reset": N_("One-time password given: %(staff_no)s"),
    "staff.password_changed": N_("Password changed: %(staff_no)s"),
    "staff.pin_set": N_("PIN set: %(staff_no)s"),
    "staff.look_changed": N_("Screen look changed"),
    "staff.signed_in": N_("Signed in: %(staff_no)s"),
    "staff.sign_in_refused": N_("Sign-in refused"),
    "staff.signed_out": N_("Signed out"),
    "staff.unlocked": N_("Screen unlocked"),
    "staff.unlock_refused": N_("Wrong PIN at the lock screen"),
}
CHOICES = {
    Role.FRONT_DESK: N_("Front desk"),
    Role.CASHIER: N_("Cashier"),
    Role.MAINTENANCE: N_("Maintenance"),
    Role.SECURITY: N_("Security"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.DEPARTMENT_HEAD: N_("Department head"),
    Role.DIRECTOR: N_("Site director"),
    Role.ADMIN: N_("Administrator"),
}
