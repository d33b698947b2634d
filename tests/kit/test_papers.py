"""The paper register: frozen words, counted copies, voids, and check codes that nobody can make up."""

import dataclasses
import io

import pytest
from pypdf import PdfReader
from sqlite_utils.utils import sqlite3 as engine

from desk.kit import papers
from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.journal import change
from desk.kit.journal import store as journal
from desk.kit.problems import Missing, Refused
from forms.catalog.promise_slip import PromiseSlipWords


def slip(**said: object) -> PromiseSlipWords:
    needed = {
        field.name: "—"
        for field in dataclasses.fields(PromiseSlipWords)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING and field.type in (str, "str")
    }
    return PromiseSlipWords(**(needed | {"site": "翠湖花园", "number": "WX-2026-000017", "issued": "2026-03-02 09:00"} | said))


def issue(site: Database, act: Act, **said: object) -> papers.Paper:
    with change(site, act) as note:
        note("order.reported", "order-1", "unit-1")
        return papers.issue(site, act, note, "promise_slip", "WX-2026-000017", "order-1", "unit-1", slip(**said))


def text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_paper_carries_its_check_code_and_the_journals_head(site: Database, act: Act):
    paper = issue(site, act)

    printed = text(papers.print_out(site, act, paper.id)).replace("\n", "")

    assert paper.code in printed
    assert paper.head[:10] in printed
    assert (paper.head_seq, paper.head) == (1, journal.of_object(site, "order-1")[-1].hash)


def test_every_copy_after_the_first_is_marked_and_logged(site: Database, act: Act):
    paper = issue(site, act)

    first, second, third = (papers.print_out(site, act, paper.id) for _ in range(3))

    assert "补打" not in text(first)
    assert "补打" in text(second)
    assert text(second) != text(third)
    assert papers.of(site, paper.id).prints == 3
    assert [e.payload["copy"] for e in journal.of_object(site, "order-1") if e.act == "paper.printed"] == [3, 2, 1]


def test_a_copy_is_drawn_from_the_register_byte_for_byte(site: Database, act: Act):
    paper = issue(site, act)

    assert papers.preview(site, paper.id) == papers.print_out(site, act, paper.id)


def test_a_voided_paper_says_so_for_ever(site: Database, act: Act):
    paper = issue(site, act)
    papers.void(site, act, paper.id, "写错了房号")

    assert "作废" in text(papers.preview(site, paper.id))
    with pytest.raises(Refused):
        papers.void(site, act, paper.id, "再来一次")


def test_only_the_true_code_opens_a_paper(site: Database, act: Act):
    paper = issue(site, act)

    assert papers.check(site, paper.number, paper.code) == papers.of(site, paper.id)
    assert papers.check(site, paper.number, paper.code.lower().replace("-", "")) is not None
    assert papers.check(site, "WX-2026-000018", paper.code) is None
    for wrong in ("AAAAA-AAAAA", "", "编号", paper.code[:-1]):
        assert papers.check(site, paper.number, wrong) is None


def test_a_character_that_no_font_has_is_refused_before_anything_is_kept(site: Database, act: Act):
    with pytest.raises(Refused) as caught:
        issue(site, act, number="WX-\U0001f600")

    assert any("1F600" in problem for problem in caught.value.details["problems"])
    assert journal.of_object(site, "order-1") == []


def test_an_issued_paper_refuses_to_be_changed_and_an_edit_is_found(site: Database, act: Act):
    paper = issue(site, act)

    with pytest.raises(engine.IntegrityError):
        site.conn.execute("UPDATE paper SET number = 'x'")
    assert list(papers.verify(site)) == []
    site.conn.execute("DROP TRIGGER paper_keeps")
    site.conn.execute("UPDATE paper SET words = replace(words, '翠湖', '碧湖')")
    assert [code for code, _ in papers.verify(site)] == ["paper.edited"]
    assert papers.of(site, paper.id).id == paper.id


def test_a_paper_that_is_not_there_and_a_size_that_does_not_exist_are_said(site: Database, act: Act):
    paper = issue(site, act)

    with pytest.raises(Missing):
        papers.of(site, "nothing")
    with pytest.raises(Refused):
        papers.print_out(site, act, paper.id, "A0")
    assert papers.of(site, paper.id).prints == 0
