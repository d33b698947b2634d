"""A promised answer stands on the board until it is given; late, it is brought before the supervisor, once."""

from datetime import timedelta

import pytest

from desk.kit import clocks
from desk.kit.access.rules import Role
from desk.kit.clocks import store as running
from desk.kit.problems import Refused
from desk.workflows.reception import commands, store
from desk.workflows.reception.duties import DUTIES, break_promises
from desk.workflows.reception.inputs import Joining, Promising, Reply
from desk.workflows.reception.rules import Callback
from desk.workflows.reception.workflow import WORKFLOW
from tests.make_households import a_unit
from tests.make_reception import a_contact


@pytest.fixture
def promised(site, act, clock):
    """A visit at nine whose answer is promised for eleven."""
    taken = a_contact(site, act, unit=a_unit(site, act).id, words="封闭阳台要什么手续")
    return commands.promise(site, act, taken.id, Promising(promised_at=clock.now() + timedelta(hours=2), version=1))


def clock_of(site, contact):
    [found] = running.of_object(site, contact.id)
    return found


def test_a_promised_answer_stands_on_the_board_with_its_agreed_time(site, act, promised):
    found = clock_of(site, promised)

    assert (found.state, found.due_at, found.rule) == ("running", promised.promised_at, "RC2")
    assert (found.waits_for, found.person, found.place) == (act.role, act.actor, "3-1-1803")


def test_a_promise_can_be_made_while_the_contact_is_taken(site, act, clock):
    taken = a_contact(site, act, promised_at=(clock.now() + timedelta(hours=1)).isoformat())

    assert store.contact(site, taken.id).callback is Callback.MADE
    assert clock_of(site, taken).state == "running"


def test_an_answer_in_time_keeps_the_promise(site, act, clock, promised):
    clock.forward(hours=2)

    answered = commands.answer(site, act, promised.id, Reply(answer="需要图纸和身份证"))

    assert (answered.callback, clock_of(site, promised).state) == (Callback.KEPT, "kept")


def test_a_late_promise_is_marked_once_and_waits_for_the_supervisor(site, act, clock, promised):
    clock.forward(hours=2)
    break_promises(site, act)
    assert store.contact(site, promised.id).callback is Callback.MADE
    clock.forward(minutes=1)

    break_promises(site, act)
    break_promises(site, act)

    late = store.contact(site, promised.id)
    assert (late.callback, late.version) == (Callback.BROKEN, promised.version + 1)
    assert (clock_of(site, promised).waits_for, clock_of(site, promised).state) == (Role.SUPERVISOR, "running")
    commands.answer(site, act, promised.id, Reply(answer="抱歉，晚了"))
    assert clock_of(site, promised).state == "missed"


def test_a_promise_that_is_not_late_is_not_broken(site, act, promised):
    with pytest.raises(Refused, match=r"intake\.promise_not_late"):
        commands.break_promise(site, act, promised.id)


def test_a_contact_that_becomes_a_case_is_promised_there(site, act, clock, promised):
    commands.settle(site, act, promised.id, "repair", "r1", "WX-2026-000001")
    clock.forward(days=1)

    break_promises(site, act)

    assert clock_of(site, promised).state == "dropped"
    assert store.contact(site, promised.id).callback is Callback.MADE


def test_the_earlier_contact_keeps_the_promise_that_was_given_to_the_later_one(site, act, clock):
    unit = a_unit(site, act)
    early = a_contact(site, act, unit=unit.id)
    clock.forward(hours=1)
    late = a_contact(site, act, unit=unit.id, promised_at=(clock.now() + timedelta(hours=3)).isoformat())

    first = commands.join(site, act, late.id, Joining(other=early.id))

    assert (first.id, first.callback, clock_of(site, early).due_at) == (early.id, Callback.MADE, late.promised_at)
    assert clock_of(site, late).state == "dropped"
    assert list(clocks.verify(site)) == []


def test_the_case_of_the_later_contact_ends_the_promise_of_the_earlier_one(site, act, clock, promised):
    clock.forward(hours=1)
    late = a_contact(site, act, unit=promised.unit)
    commands.settle(site, act, late.id, "repair", "r1", "WX-2026-000001")

    commands.join(site, act, late.id, Joining(other=promised.id))

    assert clock_of(site, promised).state == "dropped"


def test_the_duty_is_plugged_in():
    assert WORKFLOW.duties == DUTIES
    assert [duty.run for duty in DUTIES] == [break_promises]
