"""Which role holds which permission: gathered from the house and from every workflow; what is not named is forbidden."""

from collections.abc import Iterable, Mapping

from desk.kit.access.rules import EVERYBODY, LEADERS, Role
from desk.kit.workflow import Workflow

PAPER_HOLDERS = LEADERS | {Role.FRONT_DESK, Role.CASHIER, Role.MAINTENANCE}  # papers carry names and telephones

OWN: Mapping[str, frozenset[str]] = {
    "desk.see": EVERYBODY,  # start page, search, help, presence
    "self.change": EVERYBODY,  # own language, colours, password, PIN
    "paper.see": PAPER_HOLDERS,
    "paper.print": PAPER_HOLDERS,
    "paper.void": LEADERS,
    "journal.see": LEADERS | {Role.FRONT_DESK, Role.ADMIN},
    "desk.care": frozenset({Role.ADMIN, Role.DIRECTOR}),
    "staff.manage": frozenset({Role.ADMIN, Role.DIRECTOR}),
}


def gather(workflows: Iterable[Workflow]) -> dict[str, frozenset[str]]:
    """Return permission -> roles; a permission named twice or a role that does not exist is a mistake in the code."""
    found: dict[str, frozenset[str]] = dict(OWN)
    for workflow in workflows:
        for perm, roles in workflow.permissions.items():
            if perm in found:
                raise ValueError(f"permission {perm} is declared twice, the second time by {workflow.name}")
            unknown = set(roles) - {role.value for role in Role}
            if unknown:
                raise ValueError(f"permission {perm} of {workflow.name} names unknown roles: {sorted(unknown)}")
            found[perm] = frozenset(str(role) for role in roles)
    return found


def of_roles(perms: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return role -> permissions."""
    return {role.value: frozenset(perm for perm, roles in perms.items() if role in roles) for role in Role}
