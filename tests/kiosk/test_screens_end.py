"""How a visit ends: the warning and its big button, the timer of the page and that of the server, and that nothing is left."""

from kiosk.sessions import READING, SLACK, TAPPING, WARNING, Visits
from tests.kiosk.app_on import go_to_review, go_to_words, kiosk_on, tap

PHONE = "13800138000"


def left_to_find(page):
    """Whatever the browser still holds of its own accord."""
    return page.evaluate(
        "async () => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie, await caches.keys(), (await indexedDB.databases()).length]"
    )


def test_an_idle_screen_warns_for_twenty_seconds_and_can_be_kept_ten_times(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        page.clock.install()
        go_to_words(page, kiosk)
        page.locator("textarea").fill("水管爆了")
        page.clock.run_for((TAPPING - 2) * 1000)
        early = page.locator("#idle").is_visible()
        page.locator("h1").click()
        kept = []
        for _ in range(11):
            page.clock.run_for((TAPPING + 1) * 1000)
            kept.append(page.locator("#idle").is_visible())
            page.locator("[data-stay]").click()
        words = page.locator("textarea").input_value()
        page.clock.run_for((TAPPING + 1) * 1000)
        told = page.locator("#idle [data-left]").inner_text()

        page.clock.run_for((WARNING + 1) * 1000)

        page.wait_for_url(kiosk.origin + "/")
        page.context.close()

    assert not early
    assert kept == [True] * 11
    assert words == "水管爆了"
    assert 15 <= int(told) <= WARNING
    assert kiosk.visits.now().is_fresh


def test_screens_to_read_stand_longer(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        page.clock.install()
        kiosk.look("en")
        page.goto(kiosk.origin + "/notices/n1")

        page.clock.run_for((TAPPING + 5) * 1000)
        before = page.locator("#idle").is_visible()
        page.clock.run_for((READING - TAPPING) * 1000)

        after = page.locator("#idle").is_visible()
        page.context.close()

    assert (before, after) == (False, True)


def test_a_first_screen_that_nobody_touched_is_left_standing(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        page.clock.install()
        page.goto(kiosk.origin + "/")

        page.clock.run_for(10 * 60 * 1000)

        warned = page.locator("#idle").is_visible()
        page.context.close()

    assert not warned


def test_the_end_leaves_nothing_in_the_page_the_history_or_the_server(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        tap(page, ".strip button[value=large]")
        go_to_review(page, kiosk)
        visit = kiosk.visits.now()
        draft = visit.draft("repair")

        page.locator(".strip .leave").click()
        page.wait_for_url(kiosk.origin + "/")
        seen = [page.content()]
        for _ in range(25):
            page.go_back()
            seen.append(page.content())
        page.goto(kiosk.origin + "/do/repair/review")
        seen.append(page.content())

        found = left_to_find(page)
        settings = page.locator("html").get_attribute("class").strip()
        page.context.close()

    assert [one for one in seen if PHONE in one or "张先生" in one or "1803" in one] == []
    assert found == [[], [], "", [], 0]
    assert (draft.answers, visit.drafts, visit.typed, settings) == ({}, {}, {}, "")


def test_a_page_of_the_resident_before_is_not_taken(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_words(page, kiosk)
        page.locator("textarea").fill("前一位写的")
        kiosk.visits.end()

        tap(page, ".foot .main")

        where, held = page.url, kiosk.visits.now()
        page.context.close()

    assert where == kiosk.origin + "/"
    assert held.drafts == {}


def test_the_server_ends_a_visit_whose_page_no_longer_answers(browser, tmp_path):
    steady = [1000.0]
    with kiosk_on(tmp_path, steady=steady) as kiosk:
        page = kiosk.enter(browser)
        go_to_words(page, kiosk)
        page.close()
        steady[0] += TAPPING + WARNING + SLACK - 1
        before = dict(kiosk.visits.now().draft("repair").answers)

        steady[0] += 2

        assert before["room"] == "1803"
        assert kiosk.visits.now().drafts == {}


def test_a_visit_is_ended_by_the_timer_alone_and_the_machine_forgets():
    steady, forgotten = [0.0], []
    visits = Visits(lambda: forgotten.append(1), lambda: steady[0])
    visits.now().draft("repair").answers["phone"] = PHONE
    visits.touch()
    steady[0] = TAPPING + WARNING + SLACK + 1

    visits._ring()  # what the timer calls; nobody waits for it

    assert forgotten == [1]
    assert visits.now().is_fresh


def test_what_a_resident_types_is_never_written_to_the_disk_in_clear(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_review(page, kiosk)
        tap(page, ".foot .main")
        page.context.close()

    files = [path for path in (tmp_path / "kiosk").rglob("*") if path.is_file()]
    assert len(files) > 2
    assert [path.name for path in files if PHONE.encode() in path.read_bytes() or "张先生".encode() in path.read_bytes()] == []
