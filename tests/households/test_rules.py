"""The register's rule book: who belongs to a unit, from when to when, and who may act for whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.kit.problems import Refused
from desk.workflows.households import rules
from desk.workflows.households.rules import Consent, Contact, ContactKind, HouseRole, Occupancy, Person, PersonKind, Purpose

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OWNER = Person("p1", "周予安")
COMPANY = Person("p2", "青梧商贸有限公司", PersonKind.COMPANY)
OTHER = Person("p3", "林小满")
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 12, 31)))


def role(person: Person = OWNER, what: HouseRole = HouseRole.OWNER, **more: object) -> Occupancy:
    return replace(Occupancy(f"o-{person.id}-{what}", "u1", person.id, what), **more)


def admit(new: Occupancy, person: Person, *others: tuple[Occupancy, Person]) -> Occupancy:
    return rules.admit(new, person, list(others))


def test_a_role_holds_on_its_first_and_on_its_last_day():
    lease = role(what=HouseRole.TENANT, from_on=TODAY, to_on=TODAY + timedelta(days=1))

    assert [rules.holds(lease, TODAY + timedelta(days=n)) for n in (-1, 0, 1, 2)] == [False, True, True, False]


def test_a_role_whose_days_nobody_knows_holds_always():
    assert rules.holds(role(), date.min)
    assert rules.holds(role(), date.max)


def test_a_power_of_attorney_past_its_term_holds_no_longer():
    agent = role(OTHER, HouseRole.AGENT, principal="p1", scope="报修", term_on=TODAY)

    assert rules.holds(agent, TODAY)
    assert not rules.holds(agent, TODAY + timedelta(days=1))


@settings(deadline=None)
@given(days, days, days, days)
def test_two_spans_overlap_exactly_if_some_day_lies_in_both(a, b, c, d):
    one, other = role(from_on=a, to_on=b), role(OTHER, from_on=c, to_on=d)
    edges = [day for day in (a, b, c, d) if day] or [TODAY]

    assert rules.overlaps(one, other) == rules.overlaps(other, one)
    if any(rules.holds(one, day) and rules.holds(other, day) for day in edges):
        assert rules.overlaps(one, other)
    if (a is None or b is None or a <= b) and (c is None or d is None or c <= d) and rules.overlaps(one, other):
        assert any(rules.holds(one, day) and rules.holds(other, day) for day in edges)


def test_a_unit_has_one_owner_at_a_time_and_any_number_of_co_owners():
    owned = (role(), OWNER)

    with pytest.raises(Refused, match=r"occupancy\.has_owner.*周予安"):
        admit(role(OTHER), OTHER, owned)
    assert admit(role(OTHER, HouseRole.CO_OWNER), OTHER, owned)


def test_a_new_owner_may_follow_the_old_one():
    before = (role(to_on=TODAY - timedelta(days=1)), OWNER)

    assert admit(role(OTHER, from_on=TODAY), OTHER, before)


def test_nobody_is_entered_twice_in_the_same_role_and_days():
    with pytest.raises(Refused, match=r"occupancy\.twice"):
        admit(replace(role(what=HouseRole.TENANT), id="new"), OWNER, (role(what=HouseRole.TENANT), OWNER))


def test_the_same_entry_may_be_looked_at_again():
    assert admit(role(), OWNER, (role(), OWNER)) == role()


def test_a_role_cannot_end_before_it_begins():
    with pytest.raises(Refused, match=r"occupancy\.ends_before_it_begins"):
        admit(role(from_on=TODAY, to_on=TODAY - timedelta(days=1)), OWNER)


@pytest.mark.parametrize("missing", [{"scope": ""}, {"term_on": None}])
def test_an_agent_needs_a_scope_and_a_term(missing):
    whole = {"principal": "p1", "scope": "报修", "term_on": TODAY}

    with pytest.raises(Refused, match=r"occupancy\.scope_and_term_needed"):
        admit(role(OTHER, HouseRole.AGENT, **whole | missing), OTHER, (role(), OWNER))
    assert admit(role(OTHER, HouseRole.AGENT, **whole), OTHER, (role(), OWNER))


@pytest.mark.parametrize("principal", ["", "p3", "nobody"])
def test_an_agent_acts_for_somebody_else_who_belongs_to_the_unit(principal):
    new = role(OTHER, HouseRole.AGENT, principal=principal, scope="报修", term_on=TODAY)

    with pytest.raises(Refused, match=r"occupancy\.principal_needed"):
        admit(new, OTHER, (role(), OWNER), (role(OTHER, HouseRole.OCCUPANT), OTHER))


def test_a_handler_acts_for_a_company_only():
    handler = role(OTHER, HouseRole.HANDLER, principal="p1")

    with pytest.raises(Refused, match=r"occupancy\.handler_needs_company"):
        admit(handler, OTHER, (role(), OWNER))
    assert admit(replace(handler, principal="p2"), OTHER, (role(COMPANY), COMPANY))


def test_a_role_ends_once_and_not_before_it_began():
    lease = role(what=HouseRole.TENANT, from_on=TODAY)

    ended = rules.end(lease, TODAY)

    assert (ended.to_on, ended.version) == (TODAY, 2)
    with pytest.raises(Refused, match=r"occupancy\.ended_already"):
        rules.end(ended, TODAY)
    with pytest.raises(Refused, match=r"occupancy\.ends_before_it_begins"):
        rules.end(lease, TODAY - timedelta(days=1))


def test_owners_and_those_who_act_for_them_give_way_to_a_new_owner_and_tenants_stay():
    agent = role(OTHER, HouseRole.AGENT, principal="p1", scope="报修", term_on=TODAY)
    others_agent = role(COMPANY, HouseRole.AGENT, principal="p9", scope="报修", term_on=TODAY)
    tenant = role(OTHER, HouseRole.TENANT)
    gone = replace(role(COMPANY), to_on=TODAY - timedelta(days=90))

    ended = rules.give_way([role(), agent, others_agent, tenant, gone], TODAY)

    assert [(one.person, one.role, one.to_on) for one in ended] == [
        ("p1", HouseRole.OWNER, TODAY - timedelta(days=1)),
        ("p3", HouseRole.AGENT, TODAY - timedelta(days=1)),
    ]


def test_a_consent_is_taken_back_once():
    given_ = Consent("c1", "k1", Purpose.EVENTS, NOW, "登记表")

    assert rules.withdraw(given_, NOW).withdrawn_at == NOW
    with pytest.raises(Refused, match=r"consent\.withdrawn_already"):
        rules.withdraw(rules.withdraw(given_, NOW), NOW)


def test_a_contact_that_is_no_longer_right_stays_in_the_file():
    phone = Contact("k1", "p1", ContactKind.PHONE, "13800000001", NOW, preferred=True)

    dropped = rules.drop(phone, NOW)

    assert (dropped.value, dropped.ended_at, dropped.preferred) == ("13800000001", NOW, False)
    with pytest.raises(Refused, match=r"contact\.ended_already"):
        rules.drop(dropped, NOW)


def test_owners_agents_and_companies_are_asked_for_their_own_papers():
    natural = PersonKind.NATURAL

    assert rules.identity_papers(HouseRole.OWNER, natural) == ("owner_id", "move_in_notice", "purchase_contract")
    assert rules.identity_papers(HouseRole.CO_OWNER, natural) == rules.identity_papers(HouseRole.OWNER, natural)
    assert rules.identity_papers(HouseRole.AGENT, natural)[3:] == ("agent_id", "power_of_attorney")
    assert rules.identity_papers(HouseRole.OWNER, PersonKind.COMPANY)[2:] == ("company_certificate", "handler_id")
    assert rules.identity_papers(HouseRole.HANDLER, natural) == rules.identity_papers(HouseRole.OWNER, PersonKind.COMPANY)
    assert rules.identity_papers(HouseRole.TENANT, natural) == ()


def test_what_somebody_else_changed_meanwhile_is_not_written_over():
    with pytest.raises(Refused, match=r"record\.changed"):
        rules.check_version(2, 1)
    rules.check_version(2, 2)
    rules.check_version(2, None)
