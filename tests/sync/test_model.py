"""The town under faults that hypothesis chooses: six hundred lives of it on each run of the suite, and five thousand long ones on demand.

LOBBYDESK_MODEL=long python -m pytest tests/sync/test_model.py
"""

import os
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from sync import feed
from tests.sync.model import FATES, Town, make_base
from tests.sync.mutants import swapped
from tests.sync.oracle import settle
from tests.sync.world import in_memory

SIZES = {"": (600, 60), "short": (100, 40), "long": (5000, 100)}
KEYS = [f"i{n}" for n in range(6)]
PLACES = ["pub", "pub", "kiosk:K1", "kiosk:K2", "kiosk:K3", ""]
RARE = ["save", "save", "roll_back", "clone", "damage_outbox", "revoke", "enrol", "take_scope", "give_scope"]
SPANS = [timedelta(seconds=30), timedelta(hours=9), timedelta(days=40), timedelta(days=365)]

kiosks = st.integers(0, 3)
fates = st.lists(st.sampled_from(FATES), max_size=4)
commits = st.integers(1, 7)
keys = st.sampled_from(KEYS)


class TownMachine(RuleBasedStateMachine):
    """What may happen next."""

    base: Path
    memory: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=self.memory)
        self.town = Town(self.base, Path(self.folder.name))

    def teardown(self) -> None:
        try:
            settle(self.town)
        finally:
            self.town.close()
            self.folder.cleanup()

    def kiosk(self, n: int):
        return self.town.machines[n % len(self.town.machines)]

    @rule(key=keys, place=st.sampled_from(PLACES))
    def put(self, key, place):
        self.town.put(key, place)

    @rule(key=keys, place=st.sampled_from(PLACES))
    def put_by_another_program(self, key, place):
        self.town.put_unseen(key, place)

    @rule(key=st.none() | keys)
    def drop(self, key):
        if key:
            self.town.drop(key)
        else:
            self.town.drop_unseen()

    @rule(key=st.sampled_from("xyz"), label=st.sampled_from("abc"), other=st.sampled_from("xyz"), is_swap=st.booleans())
    def stick_or_swap(self, key, label, other, is_swap):
        if is_swap:
            self.town.swap(key, other)
        else:
            self.town.stick(key, label)

    @rule(n=kiosks, words=st.sampled_from(["yes", "please", "no"]), version=st.sampled_from([1, 1, 2]))
    def wish(self, n, words, version):
        self.town.wish(self.kiosk(n), words, version)

    @rule(n=kiosks, words=st.sampled_from(["yes", "please"]))
    def wish_and_round(self, n, words):
        self.town.wish(self.kiosk(n), words, 1)
        self.town.round(self.kiosk(n))

    @rule(n=kiosks)
    def good_round(self, n):
        self.town.round(self.kiosk(n))

    @rule(n=kiosks, fates=fates)
    def bad_round(self, n, fates):
        self.town.round(self.kiosk(n), fates)

    @rule(n=kiosks, dies_in=commits, fates=fates)
    def kiosk_dies(self, n, dies_in, fates):
        self.town.round(self.kiosk(n), fates, dies_in=dies_in)

    @rule(n=kiosks, dies_in=commits)
    def desk_dies(self, n, dies_in):
        self.town.round(self.kiosk(n), desk_dies_in=dies_in)

    @rule(n=kiosks, is_reboot=st.booleans())
    def kill(self, n, is_reboot):
        self.town.kill(self.kiosk(n), is_reboot)

    @rule(is_proven=st.booleans())
    def backup(self, is_proven):
        self.town.backup(is_proven)

    @precondition(lambda self: self.town.backups)
    @rule(which=st.integers(0, 5), raw=st.booleans())
    def restore(self, which, raw):
        self.town.restore(which, raw)

    @rule()
    def forget(self):
        self.town.forget()

    @rule(n=kiosks, how=st.sampled_from(["lost", "forged", "damaged"]), page=st.integers(0, 9))
    def replica_suffers(self, n, how, page):
        if how == "lost":
            self.town.lose_replica(self.kiosk(n))
        elif how == "forged":
            self.town.forge_row(self.kiosk(n))
        else:
            self.town.damage_replica(self.kiosk(n), page)

    @rule(n=st.integers(-1, 3), span=st.sampled_from(SPANS), how=st.sampled_from(["passes", "is set", "is set back"]))
    def time(self, n, span, how):
        if how == "passes":
            self.town.tick(span)
        else:
            self.town.shift(None if n < 0 else self.kiosk(n), -span if how == "is set back" else span)

    @precondition(lambda self: not self.town.upgraded)
    @rule()
    def upgrade_the_desk(self):
        self.town.upgrade()

    @rule(n=kiosks, what=st.sampled_from(RARE), page=st.integers(0, 9))
    def something_rare(self, n, what, page):
        act = getattr(self.town, what)
        act(self.kiosk(n), *([page] if what == "damage_outbox" else []))

    @rule(often=st.integers(0, 4))
    def everything_is_quiet(self, often):
        if often == 0:
            settle(self.town)


def run(examples: int, steps: int, **more) -> None:
    """Let so many towns live through so many steps."""
    with in_memory() as memory, swapped([(feed, "MOST_BYTES", 150)]):  # small pages: a pull is cut between them
        machine = type("Town", (TownMachine,), {"base": make_base(memory), "memory": memory})
        suppressed = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
        chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=suppressed, **more)
        run_state_machine_as_test(machine, settings=chosen)


def test_after_any_faults_every_kiosk_becomes_equal_and_nothing_printed_is_lost():
    examples, steps = SIZES[os.environ.get("LOBBYDESK_MODEL", "")]

    run(examples, steps, derandomize="CI" in os.environ)

    assert examples
