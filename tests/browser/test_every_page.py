"""Every page of the product on the demo community: in both languages and themes, on a desk and on a phone, for the roles that may see it."""

import json
import re
from html import unescape

import pytest
from playwright.sync_api import Page

from desk.workflows.repairs.rules.choices import Stage
from tests.browser.addresses import (
    DOORS,
    ELSEWHERE,
    EYES,
    FILES,
    PARTS,
    Address,
    all_addresses,
    eye_of,
    files,
    gets,
    orders,
    parts,
    roles_of,
)
from tests.browser.community import Community
from tests.browser.conftest import AXE, axe, watch
from tests.browser.reading import Ear, Found, typed_in, words_of

LOOKS = [("zh", "light"), ("en", "dark")]
SLICES = 3  # so that two processes share the work
PHONE = {"width": 360, "height": 800}
DESKTOP = {"width": 1366, "height": 768}


def test_no_page_is_left_out(community):
    looked_at = {one.endpoint for one in all_addresses(community)}
    asked_for = {one.endpoint for one in parts(community)}

    assert set(gets(community)) - looked_at - asked_for - set(FILES) - ELSEWHERE == set()
    assert asked_for == PARTS
    assert {one.endpoint for one in files(community)} == set(FILES)
    assert set(DOORS) <= looked_at


def test_the_community_has_an_order_at_every_stage(community):
    assert set(orders(community)) == {stage.value for stage in Stage}


@pytest.mark.parametrize("n", range(SLICES))
@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_every_page_is_accessible_silent_and_fits(browser, community, lang, theme, n):
    community.look(lang, theme)
    problems: list[str] = []
    pages: dict[str, Page] = {}

    for one in all_addresses(community)[n::SLICES]:
        if one.role not in pages:
            pages[one.role] = watch(community.context(browser, one.role, lang, dark=theme == "dark").new_page(), problems)
            pages[one.role].add_init_script(AXE.read_text("utf-8"))
        look_at(pages[one.role], community.url + one.path, problems)
    for page in pages.values():
        page.context.close()

    assert problems == []


def look_at(page: Page, url: str, problems: list[str]) -> None:
    """Open a page on the desk, look at it closely, and see that it fits on a phone too."""
    page.set_viewport_size(DESKTOP)
    answer = page.goto(url, wait_until="commit")
    page.wait_for_selector("html[data-ready]")
    if answer is None or answer.status != 200 or page.url.split("?")[0] != url.split("?")[0]:
        problems.append(f"{url}: {answer and answer.status} at {page.url}")
    problems.extend(axe(page))
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{url} is wider than {size['width']} px: {widest(page)}")


def widest(page: Page) -> str:
    """Return what sticks out of the screen."""
    return str(
        page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
              .map(one => one.outerHTML.slice(0, 90)).slice(0, 3).join(' | ')"""
        )
    )


@pytest.mark.parametrize(("lang", "theme"), LOOKS)
def test_the_pages_of_a_phone_are_accessible_there(browser, community, lang, theme):
    community.look(lang, theme)
    problems: list[str] = []
    for role, paths in phone_pages(community).items():
        page = watch(community.context(browser, role, lang, dark=theme == "dark", size=(360, 800)).new_page(), problems)
        for path in paths:
            page.goto(community.url + path, wait_until="commit")
            page.wait_for_selector("html[data-ready]")
            problems += axe(page)
        page.context.close()

    assert problems == []


def phone_pages(community: Community) -> dict[str, list[str]]:
    """Return what a worker has on the phone, and the pages that everybody opens."""
    mine = [one.path for one in all_addresses(community) if one.endpoint == "repairs.my_order" and "?do=" in one.path]
    return {
        "maintenance": ["/repairs/mine", *mine],
        "front_desk": ["/", "/repairs/", "/repairs/new", "/reception/", f"/repairs/{orders(community)['signed']}"],
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_role_reads_every_page_in_its_language(community, lang):
    community.look(lang, "light")
    ear, looked, wrong = Ear(lang, typed_in(community)), 0, Found()
    addresses = [*all_addresses(community), *parts(community)]
    for role in community.staff:
        client = community.client(role)
        for one in addresses:
            if one.endpoint in DOORS or role not in roles_of(community, one.endpoint) or not is_for(community, role, one):
                continue
            answer = client.get(one.path, headers={"HX-Request": "true"} if one.endpoint in PARTS else {})
            looked += 1
            wrong.add(f"{role} {one.path}", [f"status {answer.status_code}"] if answer.status_code != 200 else [])
            wrong.add(f"{role} {one.path}", ear.faults(words_of(answer.text)))

    assert looked > 300
    print(wrong)
    assert str(wrong) == ""


def is_for(community: Community, role: str, one: Address) -> bool:
    """Tell whether a page is this role's to look at: an uploaded roster is only its uploader's."""
    return one.endpoint != "households.report" or role == eye_of(community, one.endpoint)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_doors_speak_the_visitors_language(community, lang):
    ear, wrong = Ear(lang, typed_in(community)), Found()
    for one in all_addresses(community):
        if one.endpoint in DOORS and not one.role:
            answer = community.app.test_client().get(one.path, headers={"Accept-Language": lang})
            wrong.add(one.path, ear.faults(words_of(answer.text)))

    print(wrong)
    assert str(wrong) == ""


def test_every_file_arrives_as_what_it_is(community):
    wrong = []
    for one in files(community):
        client = community.client(one.role).client if one.role else community.app.test_client()
        with client.get(one.path) as answer:
            if answer.status_code != 200 or answer.mimetype != FILES[one.endpoint] or not answer.data:
                wrong.append((one.path, answer.status_code, answer.mimetype))

    assert wrong == []


def test_a_sheet_is_not_shown_on_paper_that_it_is_not_made_for(community):
    (slip,) = community.ids("SELECT min(id) FROM paper WHERE kind = 'leak_slip'")

    assert community.client("front_desk").get(f"/papers/{slip}.pdf?size=A4").status_code == 409


def test_the_next_case_leads_to_a_case_or_back_to_the_list(community):
    client = community.client("front_desk").client

    answer = client.get("/repairs/next")

    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("role", EYES)
def test_no_link_of_a_start_page_leads_nowhere(community, role):
    client = community.client(role).client
    found = links(client.get("/").text)

    assert len(found) > 5
    assert [(url, status) for url in found if (status := client.get(url).status_code) not in (200, 303)] == []


def links(html: str) -> list[str]:
    """Return where a page's links lead inside the desk."""
    return sorted({unescape(url).split("#")[0] for url in re.findall(r'<a [^>]*href="(/[^"]*)"', html)})


def test_the_reader_sees_what_should_not_be_there():
    html = """<p title="on_site">Save the report 保存 None</p><script id="words" type="application/json">{"a": "repair.not_now"}</script>"""

    said = words_of(html)
    assert said == ["on_site", "Save the report 保存 None", json.loads('"repair.not_now"')]
    assert len(Ear("zh", "").faults(said)) >= 4
    assert any("保存" in fault for fault in Ear("en", "").faults(said))
