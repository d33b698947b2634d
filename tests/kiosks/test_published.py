"""What kiosks may hold: everything that residents need, and not one word by which anybody could be known."""

import base64
import json
from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from desk.kit.clocks import import_calendar
from desk.kit.plugs import Verdict
from desk.kit.quiet import quietly
from desk.lobby import engine
from desk.registry import PUBLISHED
from desk.site import open_site
from desk.workflows.households import commands as households
from desk.workflows.households import store as register
from desk.workflows.households.inputs import EndInput, MemberInput
from desk.workflows.kiosks import commands, duties, store
from desk.workflows.kiosks.inputs import CardEnding, Closing, EnterAsContact, NewCard, NoticeInput, Numbers, Withdrawal
from desk.workflows.reception import commands as reception
from desk.workflows.reception.inputs import Reply
from desk.workflows.repairs import commands as repairs
from desk.workflows.repairs.inputs import Decision, Merging
from sync import feed, protocol, sealing
from sync.desk import BASE, Envelope, to_sign
from sync.feed import store as published
from sync.inbox import store as inbox
from tests.make_households import a_unit, an_owner
from tests.make_kiosks import CALLBACK, CODE, COMPLAINT, REPAIR, sent
from tests.make_repairs import a_report, decided, dispatched, reported, the_unit

CANARIES = ("周予安", "13800000001", "卫生间顶上漏水", "楼道堆物", "保洁", "想问车位", "周六上午", "3-1-1803", "WX-9999")


@pytest.fixture
def site(site):
    """The site with the triggers of all sources, projecting before each COMMIT as the desk does."""
    feed.watch(site, PUBLISHED)
    site.before_commit = lambda db: feed.project(db, PUBLISHED)
    with quietly(site):
        feed.project(site, PUBLISHED)
    return site


def docs(site, scope, kind):
    """Return id -> document of a kind in a scope."""
    return {row_id: json.loads(doc) for found, row_id, doc in published.live(site, scope) if found == kind}


def opened(site, device="K1", code=CODE):
    """Return the status document that a resident opens at a kiosk with a receipt code."""
    secret = sealing.of_code(code)
    at_kiosk, by_proof = docs(site, f"kiosk:{device}", "status@1")[secret.tag], docs(site, f"res:{secret.tag}", "status@1")[secret.tag]
    assert at_kiosk == by_proof
    return json.loads(sealing.open_with_key(secret.key, at_kiosk["sealed"]))


def card_of(site, act, unit="3-1-1803"):
    found = a_unit(site, act, unit)
    role = an_owner(site, act, found)
    return *commands.issue_card(site, act, NewCard(person=role.person, unit=found.id)), role


def on_card(site, card):
    """Return case id -> opened status of what a card shows."""
    return {
        row_id: json.loads(sealing.open_with_key(card.key, doc["sealed"]))
        for row_id, doc in docs(site, f"res:{card.tag}", "status@1").items()
    }


def test_a_building_is_structure_and_no_people(site, act):
    the_unit(site, act)
    a_unit(site, act, "3-1-1804")
    a_unit(site, act, "3-2-101")

    [building] = docs(site, "pub", "building@1").values()

    assert building["entrances"] == {"1": {"18": ["1803", "1804"]}, "2": {"1": ["101"]}}
    assert set(building) == {"code", "name", "entrances"}


def test_a_notice_comes_changes_and_goes_with_its_row(site, act):
    written = commands.write_notice(site, act, NoticeInput.read({"title_zh": "停水检修", "words_zh": "周四", "until_on": "2026-03-05"}))
    assert docs(site, "pub", "notice@1")[written.id]["until_on"] == "2026-03-05"

    commands.withdraw_notice(site, act, written.id, Withdrawal())

    assert docs(site, "pub", "notice@1") == {}


def test_the_sites_numbers_reach_every_kiosk(site, act):
    duties.tell_of_the_site(site, act)
    commands.set_numbers(site, act, Numbers.read({"lift": "0571-85550102"}))

    doc = docs(site, "pub", "site@1")["site"]

    assert ["lift", "0571-85550102"] in doc["urgent"]
    assert ["fire", "119"] in doc["urgent"]
    assert (doc["opens"], doc["closes"], doc["name_zh"]) == ("08:30", "17:30", "物业服务中心")


def test_an_imported_year_lets_the_kiosk_promise_what_the_desk_promises(site, act):
    text = '{"year": 2031, "papers": ["http://example.org/2031"], "days": [{"name": "元旦", "date": "2031-01-01", "off": true}]}'
    import_calendar(site, act, text)

    assert docs(site, "pub", "calendar@1") == {"2031": {"year": 2031, "text": text}}


def test_the_outcome_and_the_sealed_state_of_a_repair_come_back_to_its_kiosk(site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "repair.report", REPAIR, minutes=20)

    assert docs(site, "kiosk:K1", "outcome@1")[entry.id] == {
        "verdict": "accepted", "reason": "", "received_at": "2026-03-02T01:00:00.000Z", "number": entry.case_number,
    }  # fmt: skip
    told = opened(site)
    assert (told["number"], told["kind"], told["category"], told["stage"]) == (entry.case_number, "repair", "water_leak", "reported")
    assert (told["reported_at"], told["received_at"]) == ("2026-03-02T00:40:00.000Z", "2026-03-02T01:00:00.000Z")
    assert [one["kind"] for one in told["clocks"]] == ["repair.respond"]
    assert docs(site, "kiosk:K2", "status@1") == {}


def test_a_request_is_taken_up_when_a_person_does_something_and_not_before(site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "repair.report", REPAIR)
    assert opened(site)["taken_up_at"] is None
    clock.forward(minutes=9)

    order = repairs.the_order(site, entry.object)
    repairs.decide(site, act, order.id, Decision.read({"part": "wet_room"}))
    dispatched(site, act, repairs.the_order(site, order.id))

    told = opened(site)
    assert told["taken_up_at"] == "2026-03-02T01:09:00.000Z"
    assert (told["stage"], told["version"]) == ("dispatched", repairs.the_order(site, order.id).version)
    assert told["appointed_from"] is not None


def test_a_merged_double_shows_the_state_of_the_order_that_carries_on(site, act, acts, clock):
    first = reported(site, act, category="water_leak")
    clock.forward(hours=1)
    entry = sent(site, clock, "repair.report", REPAIR)

    repairs.merge(site, acts("supervisor"), entry.object, Merging(double=first.number))
    on_going = next(order for order in (repairs.the_order(site, first.id), repairs.the_order(site, entry.object)) if order.is_open)

    assert opened(site)["number"] == on_going.number


def test_a_complaint_and_its_answer_are_read_with_the_receipt_code(site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "complaint.file", COMPLAINT)
    assert (opened(site)["kind"], opened(site)["stage"]) == ("complaint", "open")

    clock.forward(minutes=5)
    reception.answer(site, act, entry.object, Reply(answer="已安排清理"))

    told = opened(site)
    assert (told["stage"], told["answer"], told["answered_at"]) == ("answered", "已安排清理", "2026-03-02T01:05:00.000Z")


def test_what_waits_for_a_person_says_so_and_then_what_became_of_it(site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "repair.report", {**REPAIR, "unit": "9-9-9999"})
    assert (opened(site)["stage"], docs(site, "kiosk:K1", "outcome@1")[entry.id]["verdict"]) == ("needs_staff", "needs_staff")

    taken = commands.enter_as_contact(site, act, entry.id, EnterAsContact(unit="3-1-1803"))
    assert (opened(site)["stage"], opened(site)["kind"]) == ("open", "contact")

    repairs.report(site, act, a_report(site, act, contact=taken.id))
    assert (opened(site)["kind"], opened(site)["stage"]) == ("repair", "reported")
    assert opened(site)["reported_at"] == "2026-03-02T01:00:00.000Z"


def test_a_closed_submission_carries_its_answer_sealed_and_only_sealed(site, act, clock):
    entry = sent(site, clock, "spaceship.wanted", {"what": "x"})

    commands.close(site, act, entry.id, Closing(words="请到前台办理"))

    assert (opened(site)["stage"], opened(site)["answer"]) == ("closed", "请到前台办理")
    assert docs(site, "kiosk:K1", "outcome@1")[entry.id]["verdict"] == Verdict.REJECTED
    assert "请到前台办理" not in everything(site)


def everything(site):
    """Return all that any kiosk could hold in clear."""
    return "\n".join(
        f"{scope} {kind} {row_id} {doc}" for scope in published.scopes(site) for kind, row_id, doc in published.live(site, scope)
    )


def test_no_name_phone_word_or_room_of_a_resident_stands_in_any_document(site, act, clock):
    card, _secret, _role = card_of(site, act)
    for n, (kind, body) in enumerate(
        (
            ("repair.report", REPAIR),
            ("complaint.file", COMPLAINT),
            ("callback.wanted", CALLBACK),
            ("repair.report", {**REPAIR, "unit": "9-9-9"}),
        )
    ):
        sent(site, clock, kind, body, code=f"00000-0000{n}")
    decided(site, act)

    held = everything(site)

    assert on_card(site, card)
    assert [canary for canary in CANARIES if canary in held.replace("building@1", "")] == []
    assert "1803" in held  # the room list of the building, which says nothing of who lives there


def test_a_card_shows_its_units_requests_since_the_role_began_and_nobody_elses(site, act, clock):
    before = reported(site, act)
    clock.forward(days=1)
    unit = a_unit_there(site, "3-1-1803")
    tenant = households.enter(
        site, act, unit, MemberInput.read({"role": "tenant", "name": "新住户", "kind": "natural", "from_on": "2026-03-03"})
    )
    card, _secret = commands.issue_card(site, act, NewCard(person=tenant.person, unit=unit))
    mine, others = reported(site, act), reported(site, act, unit="3-1-1804")

    shown = on_card(site, card)

    assert shown[mine.id]["number"] == mine.number
    assert not {before.id, others.id} & set(shown)


def a_unit_there(site, label):
    return register.unit_of_key(site, label.replace("-", "|")).id


def test_an_ended_card_takes_its_rows_off_every_kiosk(site, act):
    card, _secret, _role = card_of(site, act)
    reported(site, act)
    assert on_card(site, card)

    commands.end_card(site, act, card.id, CardEnding.read({"why": "lost"}))

    assert on_card(site, card) == {}


def test_the_same_rows_published_from_nothing_are_the_same_documents(site, act, clock):
    card, _secret, _role = card_of(site, act)
    entry = sent(site, clock, "repair.report", REPAIR)
    dispatched(site, act, repairs.decide(site, act, entry.object, Decision.read({"part": "wet_room"})))
    commands.write_notice(site, act, NoticeInput.read({"title_zh": "通知", "words_zh": "内容"}))
    grown = {scope: published.scope(site, scope).digest for scope in published.scopes(site)}

    with quietly(site):
        site.conn.execute("DELETE FROM pub")
        site.conn.execute("DELETE FROM scope_state")
        for source in PUBLISHED:
            published.mark(site, source.source, source.keys(site))
        feed.project(site, PUBLISHED)

    assert {scope: published.scope(site, scope).digest for scope in published.scopes(site)} == grown
    assert card.tag in "".join(grown)


def test_a_second_submission_under_the_same_receipt_owns_nothing(site, act, clock):
    the_unit(site, act)
    first = sent(site, clock, "repair.report", REPAIR)

    sent(site, clock, "callback.wanted", CALLBACK)

    assert opened(site)["number"] == first.case_number


def test_a_move_out_ends_what_a_card_shows(site, act, clock):
    card, _secret, role = card_of(site, act)
    reported(site, act)
    households.leave(site, act, role.id, EndInput.read({"last_day": "2026-03-02"}))
    clock.forward(days=1)

    duties.end_cards(site, act)

    assert on_card(site, card) == {}


def asked_by_a_kiosk(site, clock, scope):
    """Let an enrolled kiosk ask the real engine for a scope, and return the ids of the rows that it gets."""
    key = SigningKey(b"k" * 32)
    kept = inbox.device(site, "K1")
    with quietly(site):
        inbox.keep_device(site, replace(kept, public_key=bytes(key.verify_key).hex(), counter=0))
    body = protocol.pack(protocol.write_pull(protocol.PullAsked({scope: (0, None)})))
    signed = base64.b64encode(key.sign(to_sign(f"{BASE}/pull", "K1", 1, body)).signature).decode()
    answer = engine(open_site(site.path.parent), clock).answer(Envelope(f"{BASE}/pull", "K1", 1, signed, body))
    assert answer.status == 200
    return [row[2] for page in protocol.read_pages(protocol.unpack(answer.body)).pages for row in page.rows]


def test_a_kiosk_that_reads_a_card_gets_its_rows_and_the_household_sees_that_it_was_used(site, act, clock):
    card, _secret, _role = card_of(site, act)
    order = reported(site, act)

    assert asked_by_a_kiosk(site, clock, f"res:{card.tag}") == [order.id]
    assert store.last_use(site, card.id)[1] == "K1"
    assert asked_by_a_kiosk(site, clock, f"res:{'0' * 32}") == []
