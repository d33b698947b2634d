"""What `desk verify` asks of the replication: is the feed what its sums say, and is every submission what its kiosk froze?"""

from collections.abc import Iterator
from typing import Any

from desk.kit.database import Database
from desk.kit.problems import Problem
from sync import digests
from sync.chain import chained, thaw
from sync.feed import store as feed
from sync.inbox import store as inbox


def findings(db: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what is not as it was written."""
    yield from _feed(db)
    yield from _submissions(db)


def _feed(db: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    for scope in feed.scopes(db):
        digest, live = digests.EMPTY, 0
        for row in feed.live(db, scope):
            digest, live = digests.add(digest, digests.row(*row)), live + 1
        state = feed.scope(db, scope)
        if (digest, live) != (state.digest, state.live):
            yield "feed.sum", {"scope": scope, "live": live, "told": state.live}
        if state.head > feed.seq(db) or state.floor > state.head:
            yield "feed.sequence", {"scope": scope, "head": state.head}


def _submissions(db: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield submissions whose text no longer fits its chain; the signature was looked at when they came, by the key of that day."""
    for frozen, chain, number, device in inbox.texts(db):
        try:
            is_whole = chained(thaw(frozen).prev, frozen) == chain
        except Problem:
            is_whole = False
        if not is_whole:
            yield "inbox.edited", {"number": number, "kiosk": device}
