"""What is typed about staff: the same for the page and the command line."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from desk.kit.access.rules import Lang, Role, Size, Theme
from desk.kit.inputs import Input, Line, clean

StaffNo = Annotated[str, BeforeValidator(clean), StringConstraints(pattern=r"^[0-9A-Za-z_.\-]{1,20}$")]


class NewStaff(Input):
    """A new person: staff number, name and role."""

    staff_no: StaffNo
    name: Line
    role: Role


class ChangedStaff(Input):
    """What can change of a person; `version` is the state that was read."""

    name: Line
    role: Role
    version: int


class Look(Input):
    """How the screen looks; what is not given stays."""

    lang: Lang | None = None
    theme: Theme | None = None
    size: Size | None = None
