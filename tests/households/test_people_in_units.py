"""People come into units, leave, and are never deleted."""

from datetime import date, timedelta

import pytest

from desk.kit import search
from desk.kit.clock import day_of
from desk.kit.journal import store as journal
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.households import commands, store
from desk.workflows.households.inputs import EndInput, HandOverInput
from desk.workflows.households.rules import HouseRole, UnitState
from tests.make_households import a_member, a_unit, an_owner

ID = "11010519491231002X"


def names_on(site, unit, on: date) -> list[str]:
    return [f"{member.role.value} {member.name}" for member in store.people(site, unit.id, on)]


def test_an_owner_is_in_the_file_with_a_phone_to_call(site, act):
    unit = a_unit(site, act)

    an_owner(site, act, unit, from_on="2024-06-30")

    (member,) = store.people(site, unit.id, day_of(act.now))
    assert (member.name, member.role, member.phone) == ("周予安", HouseRole.OWNER, "13800000001")
    assert store.people(site, unit.id, date(2024, 6, 29)) == []
    assert [entry.act for entry in journal.of_file(site, unit.id)] == ["person.entered", "unit.added"]


def test_of_an_id_number_only_the_last_four_are_readable(site, act):
    unit = a_unit(site, act)

    an_owner(site, act, unit, id_number=ID)

    (member,) = store.people(site, unit.id, day_of(act.now))
    assert member.person.id_last4 == "002X"
    assert len(member.person.id_hash) == 64
    on_disk = b"".join(path.read_bytes() for path in site.path.parent.glob("desk.sqlite*"))
    assert "周予安".encode() in on_disk
    assert ID[:14].encode() not in on_disk


def test_the_same_document_is_the_same_person_in_every_unit(site, act):
    one, two = a_unit(site, act), a_unit(site, act, "3-1-1804")

    first = an_owner(site, act, one, id_number=ID)
    second = an_owner(site, act, two, id_number=ID.lower())

    assert first.person == second.person
    with pytest.raises(Unclear) as problem:
        an_owner(site, act, a_unit(site, act, "3-1-1805"), "别人", id_number=ID)
    assert "周予安" in problem.value.details["fields"]["id_number"]


def test_a_person_leaves_and_stays_in_the_history(site, act):
    unit = a_unit(site, act)
    role = a_member(site, act, unit, "tenant", from_on="2025-01-01")

    commands.leave(site, act, role.id, EndInput.read({"last_day": "2026-02-28", "why": "退租"}))

    assert names_on(site, unit, date(2026, 2, 28)) == ["tenant 林小满"]
    assert names_on(site, unit, date(2026, 3, 1)) == []
    assert [member.name for member in store.history(site, unit.id)] == ["林小满"]
    assert journal.of_file(site, unit.id)[0].payload["why"] == "退租"


def test_whoever_acts_for_somebody_leaves_with_them(site, act):
    unit = a_unit(site, act)
    owner = an_owner(site, act, unit)
    a_member(site, act, unit, "agent", principal=owner.person, scope="报修、缴费", term_on="2026-12-31")

    commands.leave(site, act, owner.id, EndInput.read({"last_day": "2026-03-01"}))

    assert names_on(site, unit, date(2026, 3, 2)) == []


def test_an_agents_role_ends_with_the_power_of_attorney(site, act):
    unit = a_unit(site, act)
    owner = an_owner(site, act, unit)
    a_member(site, act, unit, "agent", principal=owner.person, scope="报修", term_on="2026-12-31")

    assert names_on(site, unit, date(2026, 12, 31)) == ["owner 周予安", "agent 林小满"]
    assert names_on(site, unit, date(2027, 1, 1)) == ["owner 周予安"]


def test_a_unit_is_handed_over_to_a_new_owner(site, act):
    unit = a_unit(site, act)
    owner = an_owner(site, act, unit)
    a_member(site, act, unit, "co_owner", "周予宁")
    a_member(site, act, unit, "tenant", "林小满")
    a_member(site, act, unit, "agent", "郑一", principal=owner.person, scope="报修", term_on="2027-12-31")

    commands.hand_over(site, act, unit.id, HandOverInput.read({"handed_over_on": "2026-03-10", "name": "高远", "phone": "13800000009"}))

    assert names_on(site, unit, date(2026, 3, 9)) == ["owner 周予安", "co_owner 周予宁", "tenant 林小满", "agent 郑一"]
    assert names_on(site, unit, date(2026, 3, 10)) == ["owner 高远", "tenant 林小满"]
    assert len(store.history(site, unit.id)) == 5


def test_what_the_rules_refuse_leaves_no_trace(site, act):
    unit = a_unit(site, act)
    an_owner(site, act, unit)
    before = (len(store.every(site, store.Person)), len(journal.of_file(site, unit.id)))

    with pytest.raises(Refused, match=r"occupancy\.has_owner"):
        an_owner(site, act, unit, "高远")

    assert (len(store.every(site, store.Person)), len(journal.of_file(site, unit.id))) == before


def test_somebody_known_is_entered_by_their_id_and_gets_no_second_record(site, act):
    unit = a_unit(site, act)
    owner = an_owner(site, act, unit)

    tenant = a_member(site, act, a_unit(site, act, "3-1-1804"), "tenant", "", person=owner.person)

    assert tenant.person == owner.person
    assert len(store.every(site, store.Person)) == 1
    assert {label for _role, place in store.roles_of(site, owner.person) for label in [place.label]} == {"3-1-1803", "3-1-1804"}


def test_a_unit_into_which_somebody_moves_is_occupied(site, act):
    unit = a_unit(site, act)

    an_owner(site, act, unit)
    assert store.unit(site, unit.id).state is UnitState.VACANT
    a_member(site, act, unit, "tenant", from_on="2026-04-01")
    assert store.unit(site, unit.id).state is UnitState.VACANT, "the tenant comes next month"
    a_member(site, act, unit, "occupant", "周小禾", relation="子女")
    assert store.unit(site, unit.id).state is UnitState.OCCUPIED


def test_the_card_shows_today_and_who_needs_care(site, act):
    unit = a_unit(site, act)
    an_owner(site, act, unit)
    a_member(site, act, unit, "occupant", "周老太", care="elderly", care_note="听力弱")
    a_member(site, act, unit, "tenant", "旧租客", to_on="2025-12-31")

    card = store.unit_card(site, unit.id, day_of(act.now))

    assert [member.name for member in card.people] == ["周予安", "周老太"]
    assert [person.care_note for person in card.care] == ["听力弱"]
    assert card.building.developer == "青梧置业有限公司"
    assert store.unit_card(site, "nobody", day_of(act.now)) is None
    assert [(person.name, label) for person, label in store.special_care(site)] == [("周老太", "3-1-1803")]
    assert set(store.care_by_unit(site, unit.building)) == {unit.id}


def test_a_page_read_before_somebody_left_cannot_end_the_role_again(site, act):
    role = an_owner(site, act, a_unit(site, act))
    commands.leave(site, act, role.id, EndInput.read({"last_day": "2026-03-02", "version": "1"}))

    with pytest.raises(Refused, match=r"record\.changed"):
        commands.leave(site, act, role.id, EndInput.read({"last_day": "2026-03-03", "version": "1"}))
    with pytest.raises(Refused, match=r"occupancy\.ended_already"):
        commands.leave(site, act, role.id, EndInput.read({"last_day": "2026-03-03"}))
    with pytest.raises(Missing):
        commands.leave(site, act, "nobody", EndInput.read({"last_day": "2026-03-03"}))


def test_no_role_and_no_contact_can_be_deleted(site, act):
    an_owner(site, act, a_unit(site, act))

    for table in ("occupancy", "contact"):
        with pytest.raises(Exception, match="not deleted"):
            site.conn.execute(f"DELETE FROM {table}")


def test_who_has_left_is_no_longer_found_by_the_room(site, act):
    unit = a_unit(site, act)
    role = an_owner(site, act, unit)

    commands.leave(site, act, role.id, EndInput.read({"last_day": str(day_of(act.now) - timedelta(days=1))}))

    assert search.find(site, "3-1-1803", kinds=("person",)) == []
    assert [hit.title for hit in search.find(site, "周予安")] == ["周予安"]


def test_the_same_name_at_the_same_phone_is_the_same_person_unless_the_documents_differ(site, act):
    first = an_owner(site, act, a_unit(site, act), id_number=ID)
    second = an_owner(site, act, a_unit(site, act, "3-1-1804"))
    other = an_owner(site, act, a_unit(site, act, "3-1-1805"), id_number="440524188001010014")
    namesake = an_owner(site, act, a_unit(site, act, "3-1-1806"), phone="13800000002")

    third = an_owner(site, act, a_unit(site, act, "3-1-1807"), "林一", "13800000003")
    fourth = an_owner(site, act, a_unit(site, act, "3-1-1808"), "林一", "13800000003", id_number="110105194912310003")

    fifth = an_owner(site, act, a_unit(site, act, "3-1-1809"), phone="13800000009", id_number=ID)

    assert second.person == fifth.person == first.person
    assert [contact.value[-1] for contact in store.contacts(site, first.person)] == ["1", "9"]
    assert fourth.person == third.person
    assert store.person(site, third.person).id_last4 == "0003"
    assert len({first.person, other.person, namesake.person}) == 3
