"""Down, the desk's side: triggers mark what changed, a projection says who may know it, and a kiosk pulls what it has not seen.

The feed compacts itself: each row stands once, under the sequence number of its last change, so that a kiosk that was away for a year
pulls what is there now and not what happened. One writer gives out the numbers inside its own transaction: order of commit is order of
numbers, and there are no gaps to wait for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desk.kit.database import Database, snapshot
from desk.kit.plugs import Doc, Place, Published
from desk.kit.quiet import quietly
from desk.kit.rows import to_json
from sync import digests
from sync.feed import store
from sync.feed.store import Row, Scope

MOST_ROWS = 2000
MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Page:
    """One scope's part of an answer: rows after `since` up to `upto`; at the end of the scope the digest and number of all its rows.

    `reset`: begin anew from 0, what you have cannot be continued. `gone`: this device may not hold the scope; purge it.
    """

    scope: str
    since: int
    upto: int
    head: int
    floor: int
    live: int
    digest: str  # '' unless upto == head
    rows: Sequence[Row] = ()
    reset: bool = False
    gone: bool = False


class Leak(Exception):
    """A projection returned a field that its allow-list does not name, or a place that another source owns: a mistake of ours."""


def watch(db: Database, sources: Sequence[Published]) -> None:
    """Let the triggers stand that these sources need; where they changed, mark every key of every source."""
    wanted: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for source in sources:
        for table, column in source.watch.items():
            wanted.setdefault(table, (table, []))[1].append((source.source, column))
    text = to_json({"tables": wanted, "fields": {source.source: source.fields for source in sources}})
    if store.watched(db) == text:
        return
    with quietly(db):
        store.set_triggers(db, wanted)
        store.keep_watched(db, text)
        for source in sources:
            store.mark(db, source.source, source.keys(db))
            store.mark(db, source.source, store.keys_of(db, source.source))
        for name in set(store.sources(db)) - {source.source for source in sources}:
            store.mark(db, name, store.keys_of(db, name))


def sweep(db: Database, sources: Sequence[Published]) -> bool:
    """Project what programs without our projections have changed (the command line of sqlite-utils, an import); tell whether there was any."""
    if not store.any_dirty(db):
        return False
    with quietly(db):
        project(db, sources)
    return True


def project(db: Database, sources: Sequence[Published]) -> int:
    """Publish what the marked keys are now, inside the transaction that changed them, before its COMMIT; return how many rows moved."""
    if not store.any_dirty(db):
        return 0
    known = {source.source: source for source in sources}
    batch = _Batch(db)
    for (name, key), had in store.dirty(db):
        batch.replace(name, key, had, _wanted(db, known[name], key) if name in known else {})
    batch.keep()
    store.clean(db)
    return len(batch.rows)


def _wanted(db: Database, source: Published, key: str) -> dict[Place, str]:
    """Return the rows that a key has now, as they are stored."""
    docs = source.project(key, source.read(db, key))
    return {place: _text(source, place, doc) for place, doc in docs.items()}


def _text(source: Published, place: Place, doc: Doc) -> str:
    extra = doc.keys() - source.fields.get(place[1], frozenset())
    if extra:
        raise Leak(f"{source.source} would publish {sorted(extra)} in {place[1]}")
    joined = "".join(place)
    if "\t" in joined or "\n" in joined or not all(place):
        raise Leak(f"{source.source} would publish under {place!r}")
    return to_json(doc)


class _Batch:
    """What one transaction publishes: rows under new sequence numbers, and the new state of each scope that they touch."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.seq = store.seq(db)
        self.scopes: dict[str, Scope] = {}
        self.rows: list[tuple[str, str, str, int, str | None, str, str]] = []
        self.moved: dict[Place, tuple[str, str, str | None]] = {}  # source, key and document of what this transaction published

    def replace(self, source: str, key: str, had: Mapping[Place, str], wanted: Mapping[Place, str]) -> None:
        """Publish what a key wants and has not, and withdraw what it has and no longer wants, unless another key took that place just now."""
        had = {place: doc for place, doc in had.items() if place not in self.moved}
        for place in sorted(had.keys() - wanted.keys()):
            self._put(place, had[place], None, source, key)
        for place, doc in sorted(wanted.items()):
            if had.get(place) != doc:
                self._put(place, had.get(place) or self._of_another(place, source, key), doc, source, key)

    def _of_another(self, place: Place, source: str, key: str) -> str | None:
        """Return the live document that another key of the same source has at a place; another source there is a mistake of ours."""
        found = self.moved.get(place) or store.owner(self.db, place)
        if found is None or found[2] is None:
            return None
        if found[0] != source:
            raise Leak(f"{source} would publish {place!r}, which {found[0]} owns")
        return found[2]

    def _put(self, place: Place, old: str | None, new: str | None, source: str, key: str) -> None:
        scope, kind, row_id = place
        state = self.scopes.get(scope)
        if state is None:
            state = self.scopes[scope] = store.scope(self.db, scope)
        self.seq += 1
        if old is not None:
            state.digest, state.live = digests.take(state.digest, digests.row(kind, row_id, old)), state.live - 1
        if new is not None:
            state.digest, state.live = digests.add(state.digest, digests.row(kind, row_id, new)), state.live + 1
        state.head = self.seq
        self.rows.append((scope, kind, row_id, self.seq, new, source, key))
        self.moved[place] = (source, key, new)

    def keep(self) -> None:
        """Write rows, states and the counter."""
        store.publish(self.db, self.rows)
        for name, state in self.scopes.items():
            store.keep_scope(self.db, name, state)
        store.keep_seq(self.db, self.seq)


def pull(db: Database, scope: str, since: int, began_under: int | None, most: int = MOST_ROWS, room: int = MOST_BYTES) -> Page:
    """Return the next page of a scope for a kiosk that has everything up to `since`.

    `began_under` is the floor under which its rebuilding from 0 began: such a rebuilding may go on below that floor. A cursor beyond the head
    (the desk came back from a backup) or below the floor (withdrawals were forgotten) begins anew.
    """
    with snapshot(db):
        state = store.scope(db, scope)
        reset = since > state.head or (0 < since < state.floor and began_under != state.floor)
        since = 0 if reset else since
        found = store.after(db, scope, since, most + 1)
    rows = _fit(found[:most], room)
    is_end = len(rows) == len(found)
    upto = state.head if is_end else rows[-1][0]
    digest = digests.text(state.digest) if is_end else ""
    return Page(scope, since, upto, state.head, state.floor, state.live, digest, rows, reset)


def _fit(rows: list[Row], room: int) -> list[Row]:
    """Return as many rows as fit into `room` bytes, at least one."""
    for n, row in enumerate(rows):
        room -= len(row[3] or "") + len(row[1]) + len(row[2]) + 12
        if room < 0 and n:
            return rows[:n]
    return rows


def recount(db: Database, scope: str) -> bool:
    """Count digest and number of a scope's rows from the rows themselves, because a kiosk came to another sum; tell whether ours was wrong."""
    digest, live = digests.EMPTY, 0
    for row in store.live(db, scope):
        digest, live = digests.add(digest, digests.row(*row)), live + 1
    state = store.scope(db, scope)
    if (state.digest, state.live) == (digest, live):
        return False
    with quietly(db):
        store.keep_scope(db, scope, replace(state, digest=digest, live=live))
    return True


def forget(db: Database, floors: Mapping[str, int]) -> int:
    """Forget withdrawn rows that everybody has seen: scope -> newest sequence that all its kiosks have. The floor never passes the head."""
    gone = 0
    for scope, seen in floors.items():
        state = store.scope(db, scope)
        floor = min(seen, state.head)
        if floor > state.floor:
            gone += store.forget(db, scope, floor)
            store.keep_scope(db, scope, replace(state, floor=floor))
    return gone


def scopes_of(device: str) -> tuple[str, ...]:
    """Return the scopes that a device always holds."""
    return "pub", f"kiosk:{device}"
