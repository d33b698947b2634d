"""Pages of one person: name and document, special care, contacts, consents."""

from flask import redirect, request, url_for

from desk.kit.clock import day_of
from desk.kit.journal import store as journal
from desk.kit.web import Answer, Form, act, db, flash, page
from desk.kit.words import _
from desk.workflows.households import persons, rules, store
from desk.workflows.households.commands import the_person
from desk.workflows.households.inputs import CareInput, ConsentInput, ContactInput, PersonInput
from desk.workflows.households.pages.base import CHANGE, READ, choices, now, pages, timeline
from desk.workflows.households.rules import CareNeed, ContactKind, PersonKind, Purpose


@pages.get("/people/<person_id>", perm=READ)
def person(person_id: str, form: Form = Form()) -> Answer:
    """Show a person: where they belong, how they are reached, what they agreed to."""
    found = the_person(db(), person_id)
    contacts = store.contacts(db(), found.id)
    options = {
        "kinds": choices(PersonKind),
        "cares": [("", _("No")), *choices(CareNeed)],
        "ways": choices(ContactKind),
        "purposes": choices(Purpose),
    }
    typed = {"name": found.name, "kind": found.kind.value, "care": found.care or "", "care_note": found.care_note}
    values = {**typed, "version": found.version, **form.values}
    shown = {
        "person": found, "roles": store.roles_of(db(), found.id), "contacts": contacts, "held": [(one.id, one.value) for one in contacts if not one.ended_at],
        "values_of": {one.id: one.value for one in contacts}, "consents": store.consents(db(), found.id), "usual_time": rules.BEST_CALL_TIME,
        "holds": rules.holds, "today": day_of(now()), "entries": timeline(journal.of_object(db(), found.id, 40)), "part": request.form.get("part", ""),
    }  # fmt: skip
    return page("households/person.html", page_id="households.person", form=Form(values, form.errors, form.problem), **shown, **options)


def _back(person_id: str, said: str) -> Answer:
    flash("ok", said)
    return redirect(url_for("households.person", person_id=person_id), 303)


@pages.post("/people/<person_id>", perm=CHANGE, again="person")
def describe_person(person_id: str) -> Answer:
    """Keep a person's name and document."""
    persons.describe_person(db(), act(), person_id, PersonInput.read(request.form))
    return _back(person_id, _("Kept."))


@pages.post("/people/<person_id>/care", perm=CHANGE, again="person")
def mark_care(person_id: str) -> Answer:
    """Mark a person for special care, or take the mark away."""
    persons.mark_care(db(), act(), person_id, CareInput.read(request.form))
    return _back(person_id, _("Kept."))


@pages.post("/people/<person_id>/contacts", perm=CHANGE, again="person")
def add_contact(person_id: str) -> Answer:
    """Add a way to reach a person."""
    persons.add_contact(db(), act(), person_id, ContactInput.read(request.form))
    return _back(person_id, _("The contact is added."))


@pages.post("/contacts/<contact_id>/prefer", perm=CHANGE)
def prefer_contact(contact_id: str) -> Answer:
    """Make a contact the one to use first."""
    return _back(persons.prefer_contact(db(), act(), contact_id).person, _("This contact is used first now."))


@pages.post("/contacts/<contact_id>/drop", perm=CHANGE)
def drop_contact(contact_id: str) -> Answer:
    """Say that a contact is no longer right."""
    return _back(persons.drop_contact(db(), act(), contact_id).person, _("The contact has ended. It stays in the file."))


@pages.post("/people/<person_id>/consents", perm=CHANGE, again="person")
def give_consent(person_id: str) -> Answer:
    """Keep that a person agreed to something."""
    persons.give_consent(db(), act(), ConsentInput.read(request.form))
    return _back(person_id, _("The consent is kept."))


@pages.post("/people/<person_id>/consents/<consent_id>/withdraw", perm=CHANGE)
def withdraw_consent(person_id: str, consent_id: str) -> Answer:
    """Take a consent back."""
    persons.withdraw_consent(db(), act(), consent_id)
    return _back(person_id, _("The consent is taken back. From now on this purpose is closed."))
