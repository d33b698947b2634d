"""The words of the wire: what stands in requests and answers, read strictly and written the same way each time.

A request is JSON. An answer to a pull is one line of JSON and then the rows, one a line: sequence, kind, id, and the document exactly as it was
stored and hashed, between tabs; an empty document is a withdrawal. Bodies may be compressed (zlib). Told in full in docs/sync.md.
"""

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from desk.kit.clock import from_text, to_text
from desk.kit.plugs import Verdict
from desk.kit.problems import Problem, Unclear
from desk.kit.rows import to_json
from sync.chain import MOST_FROZEN, Link, hexadecimal, instant
from sync.feed import Page
from sync.inbox import MOST_LINKS, Ack, Push, Taken

VERSION = 1
MOST_BODY = 8 << 20
MOST_OPENED = 64 << 20
MOST_SCOPES = 8
MOST_ROWS = 500_000  # of one answer; over the line it has 2,000, on a stick all there are
T = TypeVar("T")


@dataclass(frozen=True)
class PullAsked:
    """What a kiosk asks for: each scope with where it stands, scopes whose digest it doubts, its sign of life, and what it can read."""

    have: Mapping[str, tuple[int, int | None]]  # scope -> (sequence, floor under which its rebuilding began or None)
    limit: int = 2000
    doubt: tuple[str, ...] = ()
    beat: Mapping[str, Any] | None = None
    reads: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Head:
    """What every answer begins with: whose it is, which request it answers, and the desk's time."""

    generation: int
    incarnation: str
    answers: int  # the counter of the request: an answer that came late or twice is told by it
    desk_at: datetime
    backed_up_through: int = 0
    want: tuple[tuple[str, int], ...] = ()  # photos the desk waits for: sealed bytes' SHA-256, how many bytes it has
    wait: int = 0  # seconds before the next request, 0 for as usual


@dataclass(frozen=True)
class PullAnswer:
    """Pages of the scopes that were asked for."""

    head: Head
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class PushAnswer:
    """What became of the links that were sent."""

    head: Head
    taken: Taken = field(default_factory=lambda: Taken(""))


def pack(body: bytes) -> bytes:
    """Return a body as it is sent: compressed if that makes it shorter, told by its first byte ('z', or '=' for as it is)."""
    small = zlib.compress(body, 1) if len(body) > 200 else body
    return b"z" + small if len(small) < len(body) else b"=" + body


def unpack(sent: bytes, most: int = MOST_OPENED) -> bytes:
    """Return the body of what was sent; `Unclear` if it is damaged, cut, followed by anything, or would grow beyond `most` bytes."""
    if sent[:1] == b"=" and len(sent) <= most:
        return sent[1:]
    if sent[:1] != b"z":
        raise Unclear("sync.malformed", what="packing")
    opener = zlib.decompressobj()
    try:
        body = opener.decompress(sent[1:], most)
    except zlib.error:
        raise Unclear("sync.malformed", what="compression") from None
    if not opener.eof or opener.unconsumed_tail or opener.unused_data:
        raise Unclear("sync.malformed", what="length")
    return body


def _strict(read: Callable[[Any], T], body: bytes) -> T:
    """Read JSON through `read`; whatever is not as expected is one problem."""
    try:
        return read(json.loads(body))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OverflowError, Problem) as error:
        raise Unclear("sync.malformed", what=type(error).__name__) from None


def write_pull(asked: PullAsked) -> bytes:
    """Return a pull as its body."""
    said: dict[str, Any] = {"have": {scope: [seq] if floor is None else [seq, floor] for scope, (seq, floor) in asked.have.items()}}
    optional = {
        "limit": asked.limit if asked.limit != 2000 else None,
        "doubt": list(asked.doubt) or None,
        "beat": asked.beat,
        "reads": asked.reads,
    }
    return to_json(said | {name: value for name, value in optional.items() if value is not None}).encode()


def read_pull(body: bytes) -> PullAsked:
    """Return what a kiosk asks for; `Unclear` for anything that is not a pull."""
    return _strict(_pull, body)


def _pull(data: Any) -> PullAsked:
    have = {_scope(scope): (_count(spot[0]), _count(spot[1]) if len(spot) > 1 else None) for scope, spot in data["have"].items()}
    if not 0 < len(have) <= MOST_SCOPES:
        raise ValueError("scopes")
    limit = data.get("limit", 2000)
    if not 1 <= _count(limit) <= 2000:
        raise ValueError("limit")
    doubt = tuple(_scope(scope) for scope in data.get("doubt", ()))
    return PullAsked(have, limit, doubt, _object(data.get("beat")), _object(data.get("reads")))


def _object(value: Any) -> dict[str, Any] | None:
    if value is not None and (not isinstance(value, dict) or len(json.dumps(value, allow_nan=False)) > 4000):
        raise ValueError("object")
    to_json(value).encode()  # a lone surrogate has no bytes
    return value


def _scope(text: Any) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= 80 or not text.isascii() or not text.isprintable() or "\t" in text:
        raise ValueError("scope")
    return text


def _count(number: Any) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 1 << 62:
        raise ValueError("count")
    return number


def _head(data: Any) -> Head:
    want = tuple((hexadecimal(sha, 64), _count(got)) for sha, got in data.get("want", ()))
    return Head(
        _count(data["generation"]), str(data["incarnation"])[:80], _count(data["answers"]), from_text(data["desk_at"]),
        _count(data.get("backed_up_through", 0)), want, min(_count(data.get("wait", 0)), 86_400),
    )  # fmt: skip


def _said_head(head: Head) -> dict[str, Any]:
    optional = {"want": [list(one) for one in head.want], "wait": head.wait, "backed_up_through": head.backed_up_through}
    said = {"generation": head.generation, "incarnation": head.incarnation, "answers": head.answers, "desk_at": to_text(head.desk_at)}
    return said | {name: value for name, value in optional.items() if value}


def write_pages(answer: PullAnswer) -> bytes:
    """Return the answer to a pull as its body."""
    pages = [
        {
            "scope": page.scope, "from": page.since, "to": page.upto, "head": page.head, "floor": page.floor, "live": page.live, "digest": page.digest,
            "rows": len(page.rows), **({"reset": True} if page.reset else {}), **({"gone": True} if page.gone else {}),
        }
        for page in answer.pages
    ]  # fmt: skip
    lines = [f"{seq}\t{kind}\t{row_id}\t{doc or ''}" for page in answer.pages for seq, kind, row_id, doc in page.rows]
    return "\n".join([to_json(_said_head(answer.head) | {"pages": pages}), *lines]).encode()


def read_pages(body: bytes) -> PullAnswer:
    """Return the answer to a pull; `Unclear` for anything else, such as the page of a hotel's portal."""
    first, _, rest = body.partition(b"\n")
    data = _strict(dict, first)
    try:
        if rest.count(b"\n") >= MOST_ROWS:
            raise ValueError("rows")
        lines = [line.split("\t") for line in rest.decode().split("\n")] if rest else []
        rows = [(int(seq), kind, row_id, doc or None) for seq, kind, row_id, doc in lines]
        return _pages(data, rows)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, Problem) as error:
        raise Unclear("sync.malformed", what=type(error).__name__) from None


def _pages(data: Mapping[str, Any], rows: Sequence[tuple[int, str, str, str | None]]) -> PullAnswer:
    pages, at = [], 0
    for said in data["pages"]:
        end = at + _count(said["rows"])
        pages.append(
            Page(
                _scope(said["scope"]), _count(said["from"]), _count(said["to"]), _count(said["head"]), _count(said["floor"]), _count(said["live"]),
                str(said["digest"]), rows[at:end], said.get("reset") is True, said.get("gone") is True,
            )
        )  # fmt: skip
        at = end
    if at != len(rows):
        raise ValueError("rows")
    return PullAnswer(_head(data), tuple(pages))


def write_push(said: Push) -> bytes:
    """Return a push as its body."""
    links = [[link.frozen, link.chain, link.sig] for link in said.links]
    return to_json(
        {"nonce": said.nonce, "epoch": said.epoch, "acked": said.acked, "sent_at": to_text(said.sent_at), "links": links}
    ).encode()


def read_push(body: bytes) -> Push:
    """Return what a kiosk sends; `Unclear` for anything that is not a push. What stands inside a link is looked at one by one, later."""
    return _strict(_push, body)


def _push(data: Any) -> Push:
    links = tuple(Link(_text(frozen, MOST_FROZEN), hexadecimal(chain, 64), _text(sig, 200)) for frozen, chain, sig in data["links"])
    if len(links) > MOST_LINKS:
        raise ValueError("links")
    acked = hexadecimal(data["acked"], 64) if data["acked"] else ""
    return Push(_text(data["nonce"], 80), _text(data["epoch"], 80), acked, instant(data["sent_at"]), links)


def _text(text: Any, most: int) -> str:
    if not isinstance(text, str) or len(text) > most:
        raise ValueError("text")
    text.encode()  # a lone surrogate has no bytes
    return text


def write_acks(answer: PushAnswer) -> bytes:
    """Return the answer to a push as its body."""
    taken = answer.taken
    acks = {
        chain: [ack.id, ack.n, to_text(ack.received_at), ack.verdict.value, ack.reason, ack.number] for chain, ack in taken.acks.items()
    }
    said = _said_head(answer.head) | {"nonce": taken.nonce, "acks": acks}
    return to_json(said | ({"rewind": True} if taken.rewind else {}) | ({"suspect": True} if taken.suspect else {})).encode()


def read_acks(body: bytes) -> PushAnswer:
    """Return the answer to a push; `Unclear` for anything else: only an answer that names the submissions is an acknowledgement."""
    return _strict(_acks, body)


def _acks(data: Any) -> PushAnswer:
    acks = {
        hexadecimal(chain, 64): Ack(
            _text(ack[0], 80), _count(ack[1]), from_text(ack[2]), Verdict(ack[3]), _text(ack[4], 200), _text(ack[5], 80)
        )
        for chain, ack in data["acks"].items()
    }
    taken = Taken(_text(data["nonce"], 80), acks, data.get("rewind") is True, data.get("suspect") is True)
    return PushAnswer(_head(data), taken)
