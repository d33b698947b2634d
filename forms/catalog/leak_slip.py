"""试漏告示: hangs on the bathroom door while the water stands."""

from dataclasses import dataclass

from forms.words import Words


@dataclass(frozen=True, kw_only=True)
class LeakSlipWords(Words):
    """What stands on the leak-test notice."""

    address: str
    place: str  # 主卧卫生间
    started: str
    planned_end: str
    person: str  # who runs the test
    staff_number: str
    call: str  # telephone to call when water comes through
    notes: tuple[str, ...] = ()  # further things to mind
