"""One round of a kiosk with the desk: send what waits, pull what is new, send pieces of photos. The line itself is a function it is given."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from desk.kit.clock import to_text
from desk.kit.database import Database
from desk.kit.problems import Problem, Unclear
from sync import protocol, replica
from sync.blobs import PIECE
from sync.chain import MOST_NUMBER
from sync.desk import BASE, Answer, Envelope, to_sign
from sync.outbox import Identity, Moment, Outbox
from sync.protocol import Head, PullAsked
from sync.replica import Applied, store

MOST_PAGES = 500
MOST_PUSHES = 200
PIECES = 8  # of photos in one round: a submission never waits for a picture
TRUSTED_TRIP = timedelta(seconds=20)  # an answer that took longer tells nothing of the clocks

Send = Callable[[Envelope], Answer]


class State(StrEnum):
    """How a round ended."""

    GOOD = "good"
    OFFLINE = "offline"  # nobody answered, or somebody who is not the desk
    BUSY = "busy"  # the desk asks to come again later
    UNKNOWN = "unknown"  # the desk does not know this kiosk (any more): it must be enrolled
    REVOKED = "revoked"
    OLD_DESK = "old_desk"  # an older life of the desk answered: it is not listened to


@dataclass
class Round:
    """What a round brought."""

    state: State = State.GOOD
    acked: int = 0
    rewound: bool = False
    suspect: bool = False
    rows: int = 0
    rebuilt: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    again_in: int = 0
    desk_at: datetime | None = None


class NoLine(Exception):
    """Nobody answered in time."""


class _Over(Exception):
    """The round is over, for a reason."""

    def __init__(self, state: State, again_in: int = 0) -> None:
        super().__init__(state)
        self.state, self.again_in = state, again_in


@dataclass
class Line:
    """A kiosk's line to the desk: who it is, its outbox, how an envelope is sent, and its clocks."""

    who: Identity
    box: Outbox
    send: Send
    moment: Callable[[], Moment]
    life: str = ""  # the desk's incarnation, as last heard
    want: tuple[tuple[str, int], ...] = ()

    def ask(self, path: str, body: bytes) -> bytes:
        """Send one signed request and return the body of its answer; a counter that the desk has seen is counted on from there, once."""
        answer = self._send(path, body)
        if answer.status == 409:
            newest = _details(answer).get("counter")
            if isinstance(newest, int) and 0 <= newest < MOST_NUMBER:
                self.box.count_from(newest)
                answer = self._send(path, body)
        if answer.status == 401:
            raise _Over(State.UNKNOWN)
        if answer.status == 403:
            raise _Over(State.REVOKED)
        if answer.status == 503:
            raise _Over(State.BUSY, answer.retry_after or 10)
        if answer.status != 200:
            raise _Over(State.OFFLINE)
        return answer.body

    def _send(self, path: str, body: bytes) -> Answer:
        self.counter = self.box.counter()
        signature = self.who.signing.sign(to_sign(path, self.who.device, self.counter, body)).signature
        self.sent_at = self.moment()
        try:
            return self.send(Envelope(path, self.who.device, self.counter, _base64(signature), body))
        except NoLine:
            raise _Over(State.OFFLINE) from None

    def heard(self, head: Head, copy: Database) -> None:
        """Learn from the head of an answer; one that answers another request is none of ours."""
        if head.answers != self.counter:
            raise Unclear("sync.other_answer")
        if not replica.meet(copy, head.generation, head.incarnation):
            raise _Over(State.OLD_DESK)
        self.life, self.want, self.backed_up_through = head.incarnation, head.want, head.backed_up_through
        now = self.moment()
        if timedelta(0) <= now.wall - self.sent_at.wall < TRUSTED_TRIP:
            self.box.heard(head.desk_at, now)


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _details(answer: Answer) -> Mapping[str, Any]:
    try:
        data = json.loads(protocol.unpack(answer.body))
    except (Problem, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def sync_round(
    line: Line, copy: Database, scopes: Sequence[str], beat: Mapping[str, Any] | None = None, reads: Mapping[str, Any] | None = None
) -> Round:
    """Do one round: everything that waits is sent before anything is pulled; whatever breaks off is taken up by the next round."""
    done = Round()
    for scope in set(store.scopes(copy)) - set(scopes):
        replica.purge(copy, scope)
    try:
        if line.box.has_unseen:
            line.box.doubt_desk()
        _push(line, copy, done)
        is_whole = pull(line, copy, scopes, done, beat, reads)
        if line.box.must_prove(line.life):
            _push(line, copy, done)
            is_whole = pull(line, copy, scopes, done)
        if is_whole and not done.gone:
            line.box.saw()
        _photos(line)
        if done.desk_at:
            line.box.retire(line.backed_up_through, line.life, done.desk_at)
    except _Over as over:
        done.state, done.again_in = over.state, over.again_in
    except Problem:  # cut, doubled, or no answer of the desk's at all
        done.state = State.OFFLINE
    return done


def _push(line: Line, copy: Database, done: Round) -> None:
    """Send what waits, batch by batch, as long as the desk acknowledges. A life of the desk that has not proved to know what was acknowledged
    is asked even if nothing waits: it may have come back from a backup.
    """
    for _ in range(MOST_PUSHES):
        said = line.box.to_push(line.moment())
        if not said.links and not line.box.must_prove(store.life(copy)[1]):
            return
        answer = protocol.read_acks(protocol.unpack(line.ask(f"{BASE}/push", protocol.pack(protocol.write_push(said)))))
        line.heard(answer.head, copy)
        acked = line.box.take(answer.taken, answer.head.incarnation)
        done.acked, done.rewound, done.suspect = done.acked + acked, done.rewound or answer.taken.rewind, answer.taken.suspect
        if not acked and not answer.taken.rewind:
            return


def pull(
    line: Line,
    copy: Database,
    scopes: Sequence[str],
    done: Round,
    beat: Mapping[str, Any] | None = None,
    reads: Mapping[str, Any] | None = None,
) -> bool:
    """Pull page by page until every scope is equal to the desk's, or gone; False if there is more than a round may bring."""
    left, doubt = list(scopes), list[str]()
    for _ in range(MOST_PAGES):
        asked = PullAsked({scope: replica.have(copy, scope) for scope in left}, doubt=tuple(doubt), beat=beat, reads=reads)
        answer = protocol.read_pages(protocol.unpack(line.ask(f"{BASE}/pull", protocol.pack(protocol.write_pull(asked)))))
        line.heard(answer.head, copy)
        beat = reads = None
        done.desk_at = answer.head.desk_at
        doubt = []
        for page in answer.pages:
            if page.scope not in left:
                continue
            if not page.gone and replica.begins_anew(copy, page):
                line.box.doubt_desk()  # what told a desk that forgot something from one that did not is not there any more
            became = replica.apply(copy, page, to_text(answer.head.desk_at))
            done.rows += len(page.rows)
            if became is Applied.DOUBT:
                doubt.append(page.scope)
                done.rebuilt.append(page.scope)
                line.box.doubt_desk()  # it may have come back from a backup and gone on beyond what this copy had seen
            if became is Applied.GONE:
                done.gone.append(page.scope)
            if became in (Applied.EQUAL, Applied.GONE):
                left.remove(page.scope)
        if not left:
            return True
    return False


def _photos(line: Line) -> None:
    """Send some pieces of the photos that the desk waits for, from where it has them; one that was damaged here stays behind."""
    pieces = PIECES
    for sha256, got in line.want:
        photo = line.box.photo(sha256)
        if photo is None or hashlib.sha256(photo).hexdigest() != sha256:
            continue
        while pieces > 0 and got <= len(photo):
            pieces -= 1
            said = _details(Answer(200, line.ask(f"{BASE}/blob/{sha256}?at={got}", photo[got : got + PIECE])))
            if said.get("answers") != line.counter:
                raise Unclear("sync.other_answer")
            if said.get("done") is True:
                line.box.sent(sha256)
                break
            if said.get("have") == got + len(photo[got : got + PIECE]) == len(photo):
                break  # whole, and not opened: there is no room at the desk just now
            got = said["have"] if isinstance(said.get("have"), int) else len(photo) + 1
