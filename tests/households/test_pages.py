"""The register's pages: what each role sees of people, forms that keep what was typed, and the way of a roster."""

import re

import pytest

from desk.kit import clocks
from desk.kit.access.rules import Role
from desk.kit.clock import day_of
from desk.kit.deadlines import Policy
from desk.kit.journal import change
from desk.workflows.households import persons, store
from desk.workflows.households.commands import unit_of
from desk.workflows.households.inputs import ContactInput
from tests.client import Browser
from tests.households.rosters import ROWS, as_csv, upload


@pytest.fixture
def site(house):
    yield house.db()
    house.db().conn.close()


def errors(page) -> str:
    return page.text.split('class="problems"')[1].split("</section>")[0] if 'class="problems"' in page.text else ""


def test_the_file_shows_people_facts_and_what_happened(app, unit):
    page = Browser(app).get(f"/units/{unit.id}")

    assert page.status_code == 200
    for said in (
        "周予安",
        "13800000001",
        "业主",
        "周桂英",
        "听力弱",
        "89.37 m²",
        "青梧置业有限公司",
        "2024-05-20",
        "登记业主：周予安",
        "自 2024-06-30",
    ):
        assert said in page.text, said
    assert "11010519491231" not in page.text


@pytest.mark.parametrize("role", [Role.SECURITY, Role.MAINTENANCE, Role.ADMIN])
def test_who_need_not_know_names_sees_them_masked_everywhere(app, unit, role):
    browser = Browser(app, role.value)

    for url in (f"/units/{unit.id}", f"/units/{unit.id}/card", "/units/pick?q=1803", f"/units/buildings/{unit.building}", "/units/"):
        page = browser.get(url)
        assert page.status_code == 200, url
        for secret in ("周予安", "予安", "周桂英", "13800000001", "听力弱"):
            assert secret not in page.text, (url, secret)
    assert "周**" in browser.get(f"/units/{unit.id}").text
    assert "138****0001" in browser.get(f"/units/{unit.id}/card").text
    assert "周予安" not in browser.get("/units/pick?q=zya").text
    assert "data-value" not in browser.get("/units/pick?q=周予安").text


def test_pages_are_for_those_who_may(app, unit):
    person = store.history(app.extensions["desk"].pool.get(), unit.id)[0].person.id
    forbidden = {
        Role.SECURITY: [
            f"/units/people/{person}",
            f"/units/{unit.id}/enter",
            "/units/import",
            "/units/export.xlsx",
            "/units/care",
            "/units/generate",
        ],
        Role.CASHIER: [f"/units/{unit.id}/facts", f"/units/{unit.id}/hand-over", "/units/import"],
        Role.FRONT_DESK: ["/units/import", "/units/export.xlsx", "/units/generate"],
        Role.ADMIN: [f"/units/people/{person}", "/units/export.xlsx", "/units/care"],
    }
    for role, urls in forbidden.items():
        browser = Browser(app, role.value)
        assert {url: browser.get(url).status_code for url in urls} == dict.fromkeys(urls, 403), role


@pytest.mark.parametrize("typed", ["1803", "3-1-1803", "３栋1803", "zya", "周予安", "0001", "13800005678", "18"])
def test_a_unit_is_picked_by_room_name_initials_or_phone(app, unit, typed):
    page = Browser(app).get("/units/pick", query_string={"unit_text": typed, "field": "unit"})

    assert f'data-value="{unit.id}"' in page.text
    assert "周予安" in page.text
    assert page.text.count(f'data-value="{unit.id}"') == 1


def test_a_spelling_that_finds_nothing_says_what_to_try(app, unit):
    assert "3-1-1803" in Browser(app).get("/units/pick?q=9-9-999").text
    assert "data-value" not in Browser(app).get("/units/pick?q=").text


def test_the_card_stands_beside_forms(app, unit):
    page = Browser(app).get(f"/units/{unit.id}/card")

    assert "周予安" in page.text
    assert "老人" in page.text
    assert "<html" not in page.text
    assert Browser(app).get("/units/nobody/card").status_code == 404


def test_a_person_is_entered_and_what_is_wrong_keeps_the_words(app, site, unit, act):
    browser = Browser(app)
    typed = {"role": "tenant", "name": "林小满", "phone": "138", "from_on": "2026-03-01"}

    wrong = browser.post(f"/units/{unit.id}/enter", typed)
    assert wrong.status_code == 422
    assert "林小满" in wrong.text
    assert "手机号" in errors(wrong)

    right = browser.post(f"/units/{unit.id}/enter", typed | {"phone": "13800000009"})
    assert right.status_code == 303
    assert "林小满" in browser.get(right.location).text
    assert [member.name for member in store.people(site, unit.id, day_of(act.now))] == ["周予安", "林小满", "周桂英"]


def test_what_the_rules_forbid_is_said_above_the_form(app, unit):
    page = Browser(app).post(f"/units/{unit.id}/enter", {"role": "owner", "name": "高远"})

    assert page.status_code == 409
    assert "本户已有业主：周予安" in page.text
    assert 'value="高远"' in page.text


def test_the_originals_to_ask_for_follow_the_role(app, unit):
    browser = Browser(app)

    assert "委托书" in browser.get("/units/originals?role=agent&kind=natural").text
    assert "单位证明" in browser.get("/units/originals?role=owner&kind=company").text
    assert "<li>" not in browser.get("/units/originals?role=tenant&kind=natural").text
    assert browser.get("/units/originals?role=nonsense").status_code == 200


def test_a_role_ends_on_its_page_and_stays_in_the_file(app, site, unit, act):
    browser = Browser(app)
    role = store.people(site, unit.id, day_of(act.now))[1].occupancy
    assert browser.get(f"/units/roles/{role.id}/end").status_code == 200

    done = browser.post(f"/units/roles/{role.id}/end", {"last_day": "2026-03-01", "why": "搬去女儿家", "version": "1"})
    again = browser.post(f"/units/roles/{role.id}/end", {"last_day": "2026-03-02", "version": "1"})

    assert done.status_code == 303
    page = browser.get(f"/units/{unit.id}").text
    assert "以前：1" in page
    assert "搬去女儿家" in page
    assert again.status_code == 409
    assert browser.get("/units/roles/nobody/end").status_code == 404


def test_a_unit_is_described_and_handed_over(app, site, unit, act):
    browser = Browser(app)
    assert 'value="89.37"' in browser.get(f"/units/{unit.id}/facts").text

    browser.post(
        f"/units/{unit.id}/facts",
        {
            "area": "90.5",
            "usage": "office",
            "state": "vacant",
            "delivered_on": "2024-07-01",
            "version": str(unit_of(site, unit.id).version),
        },
    )
    stale = browser.post(f"/units/{unit.id}/facts", {"area": "91", "usage": "office", "state": "vacant", "version": "1"})
    handed = browser.post(f"/units/{unit.id}/hand-over", {"handed_over_on": "2026-03-02", "name": "高远", "kind": "natural"})

    assert unit_of(site, unit.id).area_cm2 == 905_000
    assert stale.status_code == 409
    assert handed.status_code == 303
    assert [member.name for member in store.people(site, unit.id, day_of(act.now))] == ["高远", "周桂英"]


def test_a_person_has_a_page_for_contacts_consents_and_care(app, site, unit):
    browser = Browser(app)
    person = store.history(site, unit.id)[0].person
    url = f"/units/people/{person.id}"
    assert "13800005678" in browser.get(url).text

    assert browser.post(f"{url}/contacts", {"kind": "phone", "value": "12x"}).status_code == 422
    assert browser.post(f"{url}/contacts", {"kind": "wechat", "value": "qingwu"}).status_code == 303
    first, second, *_rest = store.contacts(site, person.id)
    assert browser.post(f"/units/contacts/{second.id}/prefer").status_code == 303
    assert browser.post(f"{url}/consents", {"contact": second.id, "purpose": "events", "how": "登记表签字"}).status_code == 303
    consent = store.consents(site, person.id)[0]
    assert browser.post(f"{url}/consents/{consent.id}/withdraw").status_code == 303
    assert browser.post(f"/units/contacts/{first.id}/drop").status_code == 303
    assert browser.post(f"{url}/care", {"care": "disabled", "care_note": "轮椅", "version": str(person.version)}).status_code == 303
    assert browser.post(url, {"name": "周予宁", "kind": "natural", "version": "1"}).status_code == 409
    assert browser.post(url, {"name": "周予宁", "kind": "natural", "version": "2"}).status_code == 303

    page = browser.get(url).text
    for said in ("周予宁", "qingwu", "轮椅", "撤回", "…002X", "至 2026年3月2日"):
        assert said in page, said
    assert "周予宁" in browser.get("/units/care").text


def test_buildings_and_units_are_entered_described_and_laid_out(app, site):
    browser = Browser(app, "supervisor")
    assert "还没有楼栋" in browser.get("/units/").text

    assert browser.post("/units/buildings", {"code": ""}).status_code == 422
    made = browser.post("/units/buildings", {"code": "8号楼", "completed_on": "2024-05-20"})
    building = store.building_of_code(site, "8")
    assert made.location.endswith(building.id)
    assert browser.post(f"/units/buildings/{building.id}/units", {"entrance": "1", "room": "101", "area": "x"}).status_code == 422
    assert browser.post(f"/units/buildings/{building.id}/units", {"entrance": "1", "room": "101", "area": "80"}).status_code == 303
    assert (
        browser.post(f"/units/buildings/{building.id}", {"name": "听雨楼", "completed_on": "2024-05-21", "version": "1"}).status_code == 303
    )
    assert browser.post(f"/units/buildings/{building.id}", {"name": "观云楼", "version": "1"}).status_code == 409
    plan = {"first": "9", "buildings": "2", "entrances": "2", "floors": "6", "rooms": "2", "names": "numbers", "skip": "4"}
    shown = browser.post("/units/generate", plan | {"do": "show"})
    assert "40" in shown.text
    assert "9-1-101" in shown.text
    assert store.building_of_code(site, "9") is None, "a look writes nothing"
    assert browser.post("/units/generate", plan | {"do": "make"}).status_code == 303
    assert browser.post("/units/generate", plan | {"skip": "1 2 3 4 5 6", "do": "make"}).status_code == 409
    assert browser.post("/units/generate", plan | {"buildings": "200", "floors": "120", "rooms": "99"}).status_code == 409

    page = browser.get("/units/").text
    assert re.search(r"听雨楼.*9栋.*10栋", page, re.DOTALL)
    assert "10-2-602" in [unit.label for unit in store.every(site, store.Unit)]


def test_every_page_speaks_english_too(app, site, unit):
    browser = Browser(app, "supervisor")
    person, role = store.history(site, unit.id)[0].person.id, store.history(site, unit.id)[0].occupancy.id
    place = upload(browser, as_csv(ROWS)).location
    site.conn.execute("UPDATE staff SET lang = 'en'")
    urls = [
        "/units/",
        f"/units/buildings/{unit.building}",
        f"/units/{unit.id}",
        f"/units/{unit.id}/facts",
        f"/units/{unit.id}/enter",
        f"/units/{unit.id}/hand-over",
    ]
    urls += [f"/units/roles/{role}/end", f"/units/people/{person}", "/units/care", "/units/generate", "/units/import", place]

    for url in urls:
        text = browser.get(url).text
        assert '<html lang="en"' in text, url
        assert "Households" in text, url
        assert "住户档案" not in text, url


def test_unknown_things_are_not_there(app):
    browser = Browser(app, "supervisor")

    for url in (
        "/units/nobody",
        "/units/buildings/nobody",
        "/units/people/nobody",
        "/units/nobody/enter",
        "/units/nobody/facts",
        "/units/import/nothing",
    ):
        assert browser.get(url).status_code == 404, url


def test_a_file_with_fewer_than_five_phones_says_so(app, site, unit, act):
    browser = Browser(app)
    assert "完整档案应留 5 个电话" in browser.get(f"/units/{unit.id}").text

    person = store.history(site, unit.id)[0].person.id
    for n in range(3):
        persons.add_contact(site, act, person, ContactInput.read({"value": f"1380000700{n}"}))

    assert "完整档案应留 5 个电话" not in browser.get(f"/units/{unit.id}").text


def test_what_is_open_for_a_unit_stands_in_its_file_and_on_its_card(app, site, unit, act):
    with change(site, act) as note:
        policy = Policy("RC12", 2)
        clocks.start(
            site, act, note, kind="repair.revisit", policy=policy, start=act.now, object_id="x1", about=unit.id,
            number="WX-2026-000001", title="厨房水管漏水", waits_for="front_desk",
        )  # fmt: skip

    for url in (f"/units/{unit.id}", f"/units/{unit.id}/card"):
        text = Browser(app).get(url).text
        assert "WX-2026-000001" in text
        assert "厨房水管漏水" in text


def test_a_repair_can_be_begun_from_the_file_of_its_household(app, unit):
    desk = Browser(app)

    assert f"/repairs/new?unit={unit.id}" in desk.get(f"/units/{unit.id}").text
    assert "3-1-1803" in desk.get(f"/repairs/new?unit={unit.id}").text
