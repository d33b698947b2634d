"""The desk's pages about kiosks, asked for as a browser asks."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from desk.kit.clock import to_text
from desk.kit.words import word
from desk.workflows.kiosks import store as kiosks
from desk.workflows.reception import store as log
from desk.workflows.repairs.rules.choices import Category
from sync.inbox import store
from tests.client import Browser, app_of
from tests.make_households import a_unit, an_owner
from tests.make_kiosks import COMPLAINT, REPAIR, sent
from tests.make_repairs import the_unit


@pytest.fixture
def app(site, clock):
    return app_of(site, clock)


@pytest.fixture
def boss(app):
    return Browser(app, "supervisor")


@pytest.fixture
def desk(app):
    return Browser(app)


def told(site, clock, device="K1", ago=0, **beat):
    """Let a kiosk have told of itself so many minutes ago."""
    found = store.device(site, device)
    store.keep_device(site, replace(found, seen_at=clock.now() - timedelta(minutes=ago), beat=beat))


def row_of(page, device):
    return next(part for part in page.split("<tr") if f"/kiosks/k/{device}" in part)


def test_the_board_says_in_words_how_each_kiosk_stands(boss, site, clock):
    told(site, clock, "K1", queue=0, printer="ok", offset_ms=140, version="0.3.0", disk=23)
    oldest = to_text(clock.now() - timedelta(hours=2))
    told(site, clock, "K2", ago=120, queue=3, oldest_at=oldest, printer="no_paper", offset_ms=-400_000, disk=91)

    page = boss.get("/kiosks/").text

    assert "在线" in row_of(page, "K1")
    assert "lamp-ok" in row_of(page, "K1")
    away = row_of(page, "K2")
    assert [words for words in ("失去联系", "缺纸", "积压超过1小时", "磁盘将满", "时钟不准", "慢400秒") if words not in away] == []
    assert page.index("/kiosks/k/K2") < page.index("/kiosks/k/K1")  # what needs a look comes first


def test_a_board_without_kiosks_says_what_to_do(app, boss, site):
    site.conn.execute("DROP TRIGGER device_stays")
    site.conn.execute("DELETE FROM device")

    assert "还没有自助机" in boss.get("/kiosks/").text


def test_a_kiosk_is_added_and_its_code_is_shown_once(boss, site):
    page = boss.post("/kiosks/", {"name": "4栋大堂", "place": "门厅"}).text

    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page)[0]
    assert store.device(site, "K3").name == "4栋大堂"
    assert f"#{code}.-" in page
    assert code not in boss.get("/kiosks/k/K3").text
    link = re.search(r'name="link" value="([^"]+)"', page)[1]
    sheet = boss.post("/kiosks/k/K3/sheet.pdf", {"link": link})
    assert (sheet.status_code, sheet.data[:5]) == (200, b"%PDF-")


def test_a_kiosk_without_a_name_is_asked_for_one(boss, site):
    answer = boss.post("/kiosks/", {"name": ""})

    assert answer.status_code == 422
    assert len(store.devices(site)) == 2


def test_a_known_kiosk_joins_anew_and_a_link_that_is_none_draws_nothing(boss, site):
    assert "K1" in boss.post("/kiosks/k/K1/again").text
    assert boss.post("/kiosks/k/K1/sheet.pdf", {"link": "nonsense"}).status_code == 422
    assert boss.get("/kiosks/k/K9").status_code == 404


def test_a_kiosk_is_revoked_with_a_reason(boss, site):
    assert boss.post("/kiosks/k/K2/revoke", {"reason": ""}).status_code == 422
    boss.post("/kiosks/k/K2/revoke", {"reason": "被盗"})

    assert store.device(site, "K2").revoked_why == "被盗"
    assert "被盗" in boss.get("/kiosks/k/K2").text
    assert boss.post("/kiosks/k/K2/revoke", {"reason": "again"}).status_code == 409


def test_a_flag_is_seen_and_goes_when_somebody_looked(boss, site, clock):
    told(site, clock, "K1")
    store.keep_device(site, replace(store.device(site, "K1"), flags=("cloned",)))
    assert "疑被复制" in boss.get("/kiosks/k/K1").text

    boss.post("/kiosks/k/K1/looked-at", {"reason": "换过硬盘"})

    assert store.device(site, "K1").flags == ()
    assert "疑被复制" not in boss.get("/kiosks/").text


def test_what_waits_is_listed_with_its_reason_and_counted_beside_the_place(desk, site, clock):
    assert "自助机来件都已处理" in desk.get("/submissions/").text
    sent(site, clock, "repair.report", {**REPAIR, "unit": "9-9-9999"})
    sent(site, clock, "spaceship.wanted", {"what": "想要飞船"}, code="00000-00001")

    page = desk.get("/submissions/").text

    assert "卫生间顶上漏水" in page
    assert "无法识别：房号" in page
    assert "升级后受理" in page


def test_a_gap_in_the_numbers_of_a_kiosk_is_shown(desk, site, clock):
    sent(site, clock, "complaint.file", COMPLAINT | {"unit": ""})
    site.conn.execute("UPDATE inbox SET seq = 4")
    sent(site, clock, "complaint.file", COMPLAINT | {"unit": ""}, code="00000-00001")
    site.conn.execute("UPDATE inbox SET seq = 7 WHERE seq <> 4")

    assert "共7件提交，缺5件" in desk.get("/submissions/").text


def test_one_submission_is_shown_in_words_and_entered_as_a_contact(desk, site, act, clock):
    unit = the_unit(site, act)
    entry = sent(site, clock, "repair.report", {**REPAIR, "unit": "9-9-9999", "urgency": "urgent"}, minutes=47, doubtful=True)

    page = desk.get(f"/submissions/{entry.id}").text
    assert [
        words
        for words in (word(Category.WATER_LEAK), "家中", "紧急", "13800000001", "仅自称", "时钟存疑", "迟到送达", "K1-0017-7F2Q")
        if words not in page
    ] == []

    answer = desk.post(f"/submissions/{entry.id}/enter", {"unit_text": unit, "words": ""})
    contact = answer.location.rsplit("/", 1)[1]
    assert log.contact(site, contact).place == "3-1-1803"
    assert "自助机提交" in desk.get(answer.location).text
    assert answer.location in desk.get(f"/submissions/{entry.id}").text


def test_closing_needs_words_and_gives_them_back_if_they_are_refused(desk, site, clock):
    entry = sent(site, clock, "repair.report", {**REPAIR, "unit": "9-9-9999"})
    assert desk.post(f"/submissions/{entry.id}/close", {"words": ""}).status_code == 422

    desk.post(f"/submissions/{entry.id}/close", {"words": "请到前台"})
    again = desk.post(f"/submissions/{entry.id}/close", {"words": "另一句"})

    assert again.status_code == 409
    assert "请到前台" in desk.get(f"/submissions/{entry.id}").text


def test_what_was_set_aside_is_listed_until_somebody_looked(desk, site):
    store.set_aside(
        site, {"at": "2026-03-02T01:00:00.000Z", "device": "K1", "why": "bad_signature", "intent": "", "frozen": "{}", "chain": "c" * 64}
    )
    assert "签名与该自助机不符" in desk.get("/submissions/").text

    desk.post("/submissions/aside/1", {"reason": "测试机"})

    assert "签名与该自助机不符" not in desk.get("/submissions/").text


def test_a_case_from_a_kiosk_says_when_it_was_typed_and_when_it_came(desk, site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "repair.report", REPAIR, minutes=255)

    page = desk.get(f"/repairs/{entry.case_number}").text

    assert "自助机提交" in page
    assert "3月2日 04:45" in page
    assert "3月2日 09:00" in page
    assert "迟到送达" in page


def test_a_notice_is_written_changed_and_withdrawn(desk, site):
    assert "没有通知" in desk.get("/kiosks/notices").text
    assert desk.post("/kiosks/notices", {"title_zh": "停水"}).status_code == 422
    desk.post("/kiosks/notices", {"title_zh": "停水", "words_zh": "周四", "from_on": "2026-03-02", "pinned": "1"})
    [one] = kiosks.notices(site)

    desk.post(f"/kiosks/notices/{one.id}", {"title_zh": "停水改期", "words_zh": "周五", "from_on": "2026-03-09", "version": "1"})
    assert "停水改期" in desk.get(f"/kiosks/notices/{one.id}").text
    assert "lamp-paused" in desk.get("/kiosks/notices").text
    desk.post(f"/kiosks/notices/{one.id}/withdraw", {"version": "2"})

    assert "撤下" in desk.get("/kiosks/notices").text
    assert kiosks.notice(site, one.id).withdrawn_at


def test_urgent_numbers_are_set_and_a_wrong_one_comes_back(boss, site):
    assert boss.post("/kiosks/numbers", {"lift": "abc"}).status_code == 422
    boss.post("/kiosks/numbers", {"lift": "0571-85550102"})

    assert "0571-85550102" in boss.get("/kiosks/numbers").text


def test_a_card_is_issued_from_the_household_file_and_ended_there(desk, site, act):
    unit = a_unit(site, act)
    owner = an_owner(site, act, unit)
    assert "还没有人办卡" in desk.get(f"/units/{unit.id}").text

    sheet = desk.post("/kiosks/cards", {"person": owner.person, "unit": unit.id})
    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    [card] = kiosks.cards_of(site, unit.id)
    assert card.number in desk.get(f"/units/{unit.id}").text
    desk.post(f"/kiosks/cards/{card.id}/end", {"why": "lost", "version": "1"})

    assert kiosks.standing_cards(site) == []
    assert "遗失" in desk.get(f"/units/{unit.id}").text


def test_a_photo_from_a_kiosk_is_shown_with_its_case_once_it_is_here(desk, site, act, clock):
    the_unit(site, act)
    entry = sent(site, clock, "repair.report", REPAIR)
    (site.path.parent / "files").mkdir()
    (site.path.parent / "files" / "ab.jpg").write_bytes(b"a picture")
    store.keep_photo(site, store.Photo(entry.id, "c" * 64, 0, 9, "ab.jpg", "here"))
    store.keep_photo(site, store.Photo(entry.id, "d" * 64, 1, 9, "", "wanted"))

    page = desk.get(f"/repairs/{entry.case_number}").text

    assert f"/reception/kiosk/{entry.id}/0.jpg" in page
    assert "还有1张照片在途" in page
    assert desk.get(f"/reception/kiosk/{entry.id}/0.jpg").data == b"a picture"
    assert desk.get(f"/reception/kiosk/{entry.id}/1.jpg").status_code == 404
