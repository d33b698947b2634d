"""What reception makes of what residents submit at kiosks."""

import pytest

from desk.kit.journal import store as journal
from desk.kit.plugs import Verdict
from desk.kit.problems import Unclear
from desk.workflows.reception import store, submissions
from desk.workflows.reception.rules import ContactChannel, ContactState, Matter
from tests.make_households import a_unit
from tests.make_kiosks import CALLBACK, COMPLAINT, arrived, kiosk_act


def test_a_complaint_waits_in_the_inbox_received_when_the_resident_submitted_it(site, act, clock):
    unit = a_unit(site, act)
    said = arrived(clock, "complaint.file", COMPLAINT, minutes=47)

    made = submissions.file_complaint(site, kiosk_act(clock), said)

    row = store.contact(site, made.object)
    assert (made.verdict, made.kind, made.about) == (Verdict.ACCEPTED, "intake", unit.id)
    assert (row.channel, row.matter, row.state) == (ContactChannel.KIOSK, Matter.COMPLAINT, ContactState.OPEN)
    assert (row.received_at, row.words, row.subject, row.person, row.phone) == (
        said.effective_at,
        "楼道堆物",
        "保洁",
        "周予安",
        "13800000001",
    )
    assert (row.source, row.external_id) == ("kiosk", said.id)


def test_the_wish_to_be_called_back_needs_no_unit_and_is_no_complaint(site, clock):
    made = submissions.want_callback(site, kiosk_act(clock), arrived(clock, "callback.wanted", CALLBACK))

    row = store.contact(site, made.object)
    assert (row.matter, row.unit, row.phone) == (Matter.QUESTION, "", "13800000001")


def test_a_room_that_nobody_knows_makes_it_unclear(site, clock):
    with pytest.raises(Unclear):
        submissions.file_complaint(site, kiosk_act(clock), arrived(clock, "complaint.file", COMPLAINT | {"unit": "9-9-9999"}))


@pytest.mark.parametrize("body", [{}, {"what": ""}, {"what": "x", "phone": "12"}, {"what": ["x"]}, {"what": "x", "unit": {"a": 1}}])
def test_a_body_that_makes_no_sense_is_unclear_and_leaves_no_line(site, clock, body):
    with pytest.raises(Unclear):
        submissions.want_callback(site, kiosk_act(clock), arrived(clock, "callback.wanted", body))

    assert store.listed(site, store.Filter()) == []


def test_what_came_late_says_so_in_the_journal(site, clock):
    late = submissions.want_callback(site, kiosk_act(clock), arrived(clock, "callback.wanted", CALLBACK, minutes=200, doubtful=True))
    soon = submissions.want_callback(site, kiosk_act(clock), arrived(clock, "callback.wanted", CALLBACK))

    entries = {entry.act: entry.payload for entry in journal.of_object(site, late.object)}
    assert entries["submission.late"]["minutes"] == 200
    assert entries["submission.late"]["cause"] == "Cause.clock"
    assert "submission.late" not in {entry.act for entry in journal.of_object(site, soon.object)}
