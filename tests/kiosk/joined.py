"""A kiosk that has joined a desk of the toy world: its real machine on a real folder, the line a function call."""

from collections.abc import Callable
from pathlib import Path

from nacl.signing import SigningKey

from desk.kit.clock import SetClock
from kiosk import enrol
from kiosk.clocks import Clocks
from kiosk.local import LocalMachine
from sync import enrolment
from sync.client import NoLine
from sync.desk import Answer, Envelope
from sync.enrolment import Address, Joined
from tests.sync.world import START, ToyDesk, make_blank, world


def link_of(desk: ToyDesk, device_id: str = "") -> str:
    """The link on the sheet of a new kiosk, or of a known one that joins again."""
    offer = enrolment.offer(desk.db, desk.act(), "大堂一号", "3栋大堂", device_id)
    return enrolment.link(Address("http://127.0.0.1:8000", offer.code, ""))


def joining(desk: ToyDesk) -> Callable[[Address, SigningKey], tuple[Joined, str]]:
    def join(address: Address, key: SigningKey) -> tuple[Joined, str]:
        joined = enrolment.join(desk.db, desk.act(), address.code, key.verify_key.encode().hex())
        desk.engine.counters.pop(joined.device, None)
        return joined, ""

    return join


class Cable:
    """The line between kiosk and desk, which can be pulled out."""

    def __init__(self, desk: ToyDesk) -> None:
        self.desk, self.cut = desk, False

    def __call__(self, envelope: Envelope) -> Answer:
        if self.cut:
            raise NoLine
        return self.desk.engine.answer(envelope)


def joined_kiosk(folder: Path, pin: str = "2580") -> tuple[ToyDesk, LocalMachine, Cable]:
    """A desk, a kiosk that has joined it, and the line between them; the kiosk's clock is its own."""
    desk, _ = world(folder / "world", make_blank(folder / "blank.sqlite"), 0)
    enrol.enrol(folder / "kiosk", link_of(desk), joining(desk), pin)
    cable = Cable(desk)
    return desk, LocalMachine(folder / "kiosk", cable, Clocks(SetClock(START), "boot1")), cable
