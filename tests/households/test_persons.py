"""One person: name and document, special care, contacts, consents."""

import pytest

from desk.kit import search
from desk.kit.journal import store as journal
from desk.kit.problems import Missing, Refused, Unclear
from desk.workflows.households import persons, store
from desk.workflows.households.inputs import CareInput, ConsentInput, ContactInput, PersonInput
from desk.workflows.households.rules import CareNeed
from tests.make_households import a_unit, an_owner


@pytest.fixture
def unit(site, act):
    return a_unit(site, act)


@pytest.fixture
def person(site, act, unit):
    return store.person(site, an_owner(site, act, unit).person)


def phones(site, person) -> list[tuple[str, bool, bool]]:
    return [(one.value[-1], one.preferred, one.ended_at is None) for one in store.contacts(site, person.id)]


def test_a_person_gets_a_new_name_and_is_found_by_it(site, act, person, unit):
    persons.describe_person(site, act, person.id, PersonInput.read({"name": "单予安", "id_number": "11010519491231002X", "version": "1"}))

    assert [hit.title for hit in search.find(site, "sya")] == ["单予安"]
    assert search.find(site, "zya") == []
    entry = journal.of_file(site, unit.id)[0]
    assert (entry.payload["was"], entry.payload["document"]) == ("周予安", True)
    with pytest.raises(Refused, match=r"record\.changed"):
        persons.describe_person(site, act, person.id, PersonInput.read({"name": "谁", "version": "1"}))


def test_an_empty_id_number_leaves_the_kept_one(site, act, person):
    persons.describe_person(site, act, person.id, PersonInput.read({"name": "周予安", "id_number": "11010519491231002X"}))
    kept = persons.describe_person(site, act, person.id, PersonInput.read({"name": "周予安"}))

    assert kept.id_last4 == "002X"


def test_a_document_belongs_to_one_person(site, act, person):
    an_owner(site, act, a_unit(site, act, "3-1-1804"), "高远", id_number="11010519491231002X")

    with pytest.raises(Unclear, match="id_number"):
        persons.describe_person(site, act, person.id, PersonInput.read({"name": "周予安", "id_number": "11010519491231002X"}))


def test_the_mark_for_special_care_comes_with_its_reason_and_goes(site, act, person, unit):
    marked = persons.mark_care(site, act, person.id, CareInput.read({"care": "disabled", "care_note": "轮椅"}))
    plain = persons.mark_care(site, act, person.id, CareInput.read({"care_note": "仍写着"}))

    assert (marked.care, marked.care_note) == (CareNeed.DISABLED, "轮椅")
    assert (plain.care, plain.care_note) == (None, "")
    assert [entry.act for entry in journal.of_file(site, unit.id)][:2] == ["person.care_unmarked", "person.care_marked"]


def test_contacts_are_added_preferred_and_dropped_and_all_of_them_stay(site, act, person):
    second = persons.add_contact(site, act, person.id, ContactInput.read({"value": "13800000002", "best_time": "20:00"}))
    assert phones(site, person) == [("1", True, True), ("2", False, True)]

    persons.prefer_contact(site, act, second.id)
    assert phones(site, person) == [("2", True, True), ("1", False, True)]

    persons.drop_contact(site, act, second.id)
    assert phones(site, person) == [("1", False, True), ("2", False, False)]
    assert search.find(site, "13800000002") == []
    with pytest.raises(Refused, match=r"contact\.ended_already"):
        persons.prefer_contact(site, act, second.id)


def test_a_contact_that_is_said_to_be_the_first_takes_the_place_of_the_other(site, act, person):
    persons.add_contact(site, act, person.id, ContactInput.read({"value": "13800000002", "preferred": "1"}))
    persons.add_contact(site, act, person.id, ContactInput.read({"kind": "wechat", "value": "qingwu"}))

    assert phones(site, person)[0] == ("2", True, True)
    assert sum(preferred for _value, preferred, _held in phones(site, person)) == 2, "one phone and one WeChat"


def test_the_same_contact_is_not_added_twice_but_again_after_it_ended(site, act, person):
    with pytest.raises(Unclear, match="value"):
        persons.add_contact(site, act, person.id, ContactInput.read({"value": "13800000001"}))
    persons.drop_contact(site, act, store.contacts(site, person.id)[0].id)

    assert persons.add_contact(site, act, person.id, ContactInput.read({"value": "13800000001"})).preferred


def test_a_consent_is_given_once_and_taken_back_at_any_time(site, act, person, unit):
    phone = store.contacts(site, person.id)[0]
    said = ConsentInput.read({"contact": phone.id, "purpose": "events", "how": "登记表签字"})

    given = persons.give_consent(site, act, said)
    with pytest.raises(Refused, match=r"consent\.given_already"):
        persons.give_consent(site, act, said)
    taken = persons.withdraw_consent(site, act, given.id)
    again = persons.give_consent(site, act, said)

    assert taken.withdrawn_at == act.now
    assert again.id != given.id
    assert len(store.consents(site, person.id)) == 2
    assert [entry.act for entry in journal.of_file(site, unit.id)][:3] == ["consent.given", "consent.withdrawn", "consent.given"]


def test_with_a_contact_go_the_consents_given_for_it(site, act, person):
    phone = store.contacts(site, person.id)[0]
    said = ConsentInput.read({"contact": phone.id, "purpose": "events", "how": "口头"})
    persons.give_consent(site, act, said)

    persons.drop_contact(site, act, phone.id)

    assert all(consent.withdrawn_at for consent in store.consents(site, person.id))
    with pytest.raises(Refused, match=r"contact\.ended_already"):
        persons.give_consent(site, act, said)


def test_what_is_not_there_is_missing(site, act):
    for do in (persons.drop_contact, persons.prefer_contact, persons.withdraw_consent):
        with pytest.raises(Missing):
            do(site, act, "nobody")
    with pytest.raises(Missing):
        persons.give_consent(site, act, ConsentInput.read({"contact": "nobody", "purpose": "events", "how": "x"}))


def test_what_happens_to_a_person_stands_in_every_file_of_theirs(site, act, person, unit):
    other = a_unit(site, act, "4-1-101")
    an_owner(site, act, other, "", person=person.id)

    persons.mark_care(site, act, person.id, CareInput.read({"care": "ill"}))

    for place in (unit, other):
        assert journal.of_file(site, place.id)[0].act == "person.care_marked"
