"""Mutants: the product with one defence switched off (or several, where one covers for another), to see that the tests would tell.

This is a mutation test and no fake of our own code: each mutant is the real program with a real mistake in it, made for a moment by an attribute
swap in this process and taken back afterwards. Each one is caught by the check that stands beside it in `test_mutants.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from desk.kit import database as kit_database
from desk.kit import journal, quiet
from sync import client, digests, feed, inbox, outbox, replica
from sync import times as times_module
from sync.inbox import store as inbox_store
from sync.outbox import store as outbox_store
from sync.replica import store as replica_store

Swap = tuple[Any, str, Any]
_none = object()


def no_rewind() -> list[Swap]:
    """The desk never asks to send again."""
    push = inbox.push
    return [(inbox, "push", lambda db, act, device, said, submissions: push(db, act, device, replace(said, acked=""), submissions))]


def clone_before_rewind() -> list[Swap]:
    """A stale nonce is looked at before the desk's own past."""
    push = inbox.push

    def mutant(db, act, device, said, submissions):
        is_stale = said.nonce not in (device.nonce, device.prev_nonce)
        return push(db, act, device, replace(said, acked="") if is_stale else said, submissions)

    return [(inbox, "push", mutant)]


def life_unread() -> list[Swap]:
    """A nonce of a life that is over counts as any stale one."""
    return [(inbox, "_is_of_another_life", lambda db, nonce: False)]


def no_dedupe() -> list[Swap]:
    """What the desk has already is decided again."""
    push = inbox.push

    def mutant(db, act, device, said, submissions):
        for link in said.links:
            entry = inbox_store.of_chain(db, link.chain)
            if entry:
                inbox.decide(db, act, inbox.arrived_of(db, entry), submissions)
        return push(db, act, device, said, submissions)

    return [(inbox, "push", mutant)]


def cursor_before_rows() -> list[Swap]:
    """The cursor jumps to the head before the rows are there."""
    take = replica._take

    def mutant(db, cursor, page):
        return take(db, cursor, replace(page, rows=page.rows[:1], upto=page.head))

    return [(replica, "_take", mutant)]


def no_cursor_match() -> list[Swap]:
    """A page is applied wherever it begins."""
    apply = replica.apply

    def mutant(db, page, desk_at=""):
        since, _ = replica.have(db, page.scope)
        return apply(db, page if page.since == 0 else replace(page, since=since), desk_at)

    return [(replica, "apply", mutant)]


def half_copy_swapped_in() -> list[Swap]:
    """A copy that is fetched anew is shown before it is whole."""
    take = replica._take

    def mutant(db, cursor, page):
        done = take(db, cursor, page)
        if cursor.fresh:
            replica_store.clear(db, cursor.scope, cursor.shown.slot)
            cursor.shown, cursor.fresh = cursor.fresh, None
        return done

    return [(replica, "_take", mutant)]


def withdrawals_unpublished() -> list[Swap]:
    """What leaves a scope is not said."""
    put = feed._Batch._put

    def mutant(self, place, old, new, source, key):
        if new is not None:
            put(self, place, old, new, source, key)

    return [(feed._Batch, "_put", mutant)]


def floor_above_head() -> list[Swap]:
    """The floor may pass the head of a quiet scope."""

    def mutant(db, floors):
        for scope, floor in floors.items():
            feed.store.keep_scope(db, scope, replace(feed.store.scope(db, scope), floor=floor))
        return 0

    return [(feed, "forget", mutant)]


def no_floor_check() -> list[Swap]:
    """A cursor below the floor goes on as if nothing had been forgotten."""
    pull = feed.pull

    def mutant(db, scope, since, began_under, *more):
        return pull(db, scope, since, feed.store.scope(db, scope).floor, *more)

    return [(feed, "pull", mutant)]


def no_head_check() -> list[Swap]:
    """A desk that is behind the cursor says that nothing is new."""
    pull = feed.pull

    def mutant(db, scope, since, began_under, *more):
        return pull(db, scope, min(since, feed.store.scope(db, scope).head), began_under, *more)

    return [(feed, "pull", mutant)]


def no_digest() -> list[Swap]:
    """The kiosk never compares digests."""

    def mutant(db, cursor, page):
        copy = cursor.fresh or cursor.shown
        replica._write(db, cursor, copy, page)
        copy.seq = page.upto
        if page.upto < page.head:
            return replica.Applied.MORE
        if cursor.fresh:
            replica_store.clear(db, cursor.scope, cursor.shown.slot)
            cursor.shown, cursor.fresh = cursor.fresh, None
        return replica.Applied.EQUAL

    return [(replica, "_take", mutant)]


def no_sums() -> list[Swap]:
    """Every row counts as nothing: no two copies differ."""
    return [(digests, "row", lambda kind, row_id, doc: 0), (digests, "total", lambda rows: 0)]


def forgets_at_once() -> list[Swap]:
    """The desk forgets withdrawals that a living kiosk has not seen, and its floor does not say so."""

    def mutant(db, floors):
        return sum(feed.store.forget(db, scope, feed.store.scope(db, scope).head) for scope in feed.store.scopes(db))

    return [(feed, "forget", mutant)]


def any_answer_acknowledges() -> list[Swap]:
    """HTTP 200 counts, whoever said it."""
    push = client._push

    def mutant(line, copy, done):
        send = line.send

        def heard(envelope):
            answer = send(envelope)
            if answer.status == 200 and envelope.path.endswith("/push"):
                with quiet.quietly(line.box.db):
                    line.box.db.conn.execute("UPDATE intent SET acked_at = '2026-03-02T01:00:00.000Z', ack_life = 'x', ack_n = 1")
            return answer

        line.send = heard
        try:
            push(line, copy, done)
        finally:
            line.send = send

    return [(client, "_push", mutant)]


def acked_before_commit() -> list[Swap]:
    """The desk acknowledges what it has not committed."""
    push = inbox.push

    def mutant(db, act, device, said, submissions):
        try:
            return push(db, act, device, said, submissions)
        except BaseException:
            acks = {link.chain: inbox.Ack("0" * 32, 1, act.now, inbox.Verdict.ACCEPTED) for link in said.links}
            return inbox.Taken(device.nonce, acks)

    return [(inbox, "push", mutant)]


def retires_without_backup() -> list[Swap]:
    """Submissions go after thirty days, whether a backup holds them or not."""
    can_go = outbox_store.can_go
    return [(outbox_store, "can_go", lambda db, through, life, before: can_go(db, 1 << 40, life, before))]


def retires_at_once() -> list[Swap]:
    """Submissions go as soon as a backup holds them."""
    return [(outbox, "KEPT", timedelta(days=-1000))]


def retires_for_any_life() -> list[Swap]:
    """A backup of another life of the desk counts."""
    can_go = outbox_store.can_go

    def mutant(db, through, life, before):
        return [one for row in db.rows("SELECT DISTINCT ack_life FROM intent") for one in can_go(db, through, row["ack_life"], before)]

    return [(outbox_store, "can_go", mutant)]


def generation_ignored() -> list[Swap]:
    """An older life of the desk is listened to."""
    return [(replica, "meet", lambda db, generation, incarnation: True)]


def replace_hole() -> list[Swap]:
    """REPLACE kills a row through another UNIQUE key, and no trigger sees it."""
    settle = kit_database._settle

    def mutant(db, kind):
        settle(db, kind)
        db.conn.execute("PRAGMA recursive_triggers=0")

    return [(kit_database, "_settle", mutant)]


def projection_outside() -> list[Swap]:
    """The projection runs after the commit, in a transaction of its own."""
    keep = journal._keep

    def late(db):
        hook, db.before_commit = db.before_commit, None
        keep(db)
        db.before_commit = hook
        if not db.changing and hook:
            with quiet.quietly(db):
                pass

    project = feed.project
    return [(journal, "_keep", late), (feed, "project", lambda db, sources: 0 if db.changing else project(db, sources))]


def wipe_leaves_the_log() -> list[Swap]:
    """A purge does not empty the log beside the file."""
    return [(replica, "empty_wal", lambda db: None)]


def late_answers_count() -> list[Swap]:
    """An answer to another request is taken for this one's."""
    heard = client.Line.heard

    def mutant(self, head, copy):
        heard(self, replace(head, answers=self.counter), copy)

    return [(client.Line, "heard", mutant)]


def numbers_again() -> list[Swap]:
    """A desk that came back gives out its numbers again."""
    from desk.kit import numbering

    return [(numbering, "letters", lambda generation: "")]


def unclamped() -> list[Swap]:
    """What the kiosk's clock says is when it happened."""
    known = times_module.times

    def mutant(said, received_at, offset_now=None):
        return replace(known(said, received_at, offset_now), effective_at=said.at)

    return [(inbox, "times", mutant), (times_module, "times", mutant)]


def trusts_the_desk() -> list[Swap]:
    """The kiosk never lets the desk prove what it knows."""
    return [(outbox.Outbox, "must_prove", lambda self, life: False)]


def moves_uncounted() -> list[Swap]:
    """Things that change places in one act are looked at one by one, as if the others had not moved."""
    init = feed._Batch.__init__

    class Forgetful(dict):
        def __setitem__(self, place, said):
            return None

    def mutant(self, db):
        init(self, db)
        self.moved = Forgetful()

    return [(feed._Batch, "__init__", mutant)]


def scope_stays() -> list[Swap]:
    """A scope that a kiosk may no longer hold stays on its disk."""
    return [(replica, "purge", lambda db, scope: None)]


def salvage_from_nothing() -> list[Swap]:
    """A damaged outbox is thrown away."""
    from sync.outbox import salvage

    return [(salvage, "_read", lambda path: ([], [], {}))]


def clones_unseen() -> list[Swap]:
    """A stale nonce is nobody's business."""
    flagged = inbox._flagged
    return [(inbox, "_flagged", lambda device, said, suspect: flagged(device, said, False))]


class Together:
    """Several mistakes as one mutant."""

    def __init__(self, *mutants: Callable[[], list[Swap]]) -> None:
        self.mutants = mutants

    def __call__(self) -> list[Swap]:
        """Return all of their swaps."""
        return [swap for mutant in self.mutants for swap in mutant()]


@contextmanager
def swapped(swaps: list[Swap]) -> Iterator[None]:
    """Let the mistakes stand for as long as this lasts."""
    kept = [(owner, name, owner.__dict__.get(name, _none)) for owner, name, _ in swaps]
    for owner, name, mistake in swaps:
        setattr(owner, name, mistake)
    try:
        yield
    finally:
        for owner, name, right in reversed(kept):
            setattr(owner, name, right)
