"""What must hold in the town when everything is quiet: told by the account and the business rows, not by the feed."""

from collections import Counter

from desk.kit.clock import from_text
from sync import feed
from sync.chain import thaw
from sync.client import Round, State
from tests.sync.model import MOST_PASSES, Machine, Town

NEEDS_A_PERSON = (State.UNKNOWN, State.REVOKED)


def settle(town: Town) -> None:
    """Let the line be good for everybody until nothing moves, and look at everything that must hold then."""
    feed.sweep(town.desk.db, town.desk.published)
    for scope in feed.store.scopes(town.desk.db):
        assert not feed.recount(town.desk.db, scope), f"the desk's own sum of {scope} is wrong"
    for _ in range(MOST_PASSES):
        quiet = [_is_quiet(town, machine) for machine in town.machines]
        if all(quiet):
            break
    else:
        raise AssertionError("a kiosk does not become equal to the desk")
    _nothing_moves(town)
    for machine in town.machines:
        _shows_the_business_rows(town, machine)
        _holds_no_foreign_word(town, machine)
    _stands_at_the_desk_once(town)
    _times_are_bounded(town)


def _is_quiet(town: Town, machine: Machine) -> bool:
    """Do a round; a person helps where the kiosk says so. Tell whether there was nothing left to do."""
    done = town.round(machine)
    assert done is not None
    if done.state in NEEDS_A_PERSON or done.suspect or done.gone:
        assert machine.tainted, f"{machine.name} needs a person, and nothing of it was copied, revoked or damaged: {done}"
        town.enrol(machine)
        return False
    assert done.state is State.GOOD, f"{machine.name}: {done}"
    return not (done.rows or done.acked or done.rewound or done.rebuilt)


def _nothing_moves(town: Town) -> None:
    for machine in town.machines:
        kiosk = machine.kiosk
        before = kiosk.copy.conn.total_changes
        done = town.round(machine)
        assert done == Round(desk_at=town.desk.clock.now()), f"{machine.name} still moves: {done}"
        has_twin = any(other is not machine and other.kiosk.device == kiosk.device for other in town.machines)
        assert town.requests == 1 or has_twin  # twins count their requests apart, and are set right by the desk
        assert kiosk.copy.conn.total_changes == before
        assert kiosk.waiting() == []


def _shows_the_business_rows(town: Town, machine: Machine) -> None:
    kiosk, own = machine.kiosk, f"kiosk:{machine.kiosk.device}"
    for scope in ("pub", own):
        account = {key: name for key, (name, place) in town.items.items() if place == scope}
        assert kiosk.items(scope) == account == town.desk.items(scope)
    assert kiosk.stickers() == dict(town.stickers.values()) == town.desk.stickers()
    assert kiosk.outcomes() == town.desk.verdicts(kiosk.device)


def _holds_no_foreign_word(town: Town, machine: Machine) -> None:
    foreign = [f"canary of kiosk:K{n}!".encode() for n in range(1, 9) if f"K{n}" != machine.kiosk.device]
    for path in machine.kiosk.folder.rglob("*"):
        if path.is_file():
            found = path.read_bytes()
            assert not any(word in found for word in foreign), f"{path.name} of {machine.name} holds another kiosk's rows"


def _stands_at_the_desk_once(town: Town) -> None:
    db = town.desk.db
    frozen = Counter(row[0] for row in db.conn.execute("SELECT frozen FROM inbox"))
    effects = Counter(row[0] for row in db.conn.execute("SELECT id FROM wish"))
    ids = {row[0]: row[1] for row in db.conn.execute("SELECT id, frozen FROM inbox")}
    for one, (text, words, kind, _) in town.printed.items():
        if one not in ids:
            assert one in town.excused, f"{words} was printed and is nowhere"
            continue
        assert frozen[text] == 1
        assert effects[one] == (words != "no" and (kind == "wish@1" or town.upgraded)), f"the effect of {words} {kind}"
    assert effects.keys() <= town.printed.keys()
    held = {one for machine in town.machines for one in machine.held}
    assert held <= ids.keys(), "a kiosk holds what the desk does not"


def _times_are_bounded(town: Town) -> None:
    for text, received, effective in town.desk.db.conn.execute("SELECT frozen, received_at, effective_at FROM inbox"):
        anchor = thaw(text).anchor
        assert effective <= received
        assert anchor is None or from_text(effective) >= min(anchor.desk_at, from_text(received))
