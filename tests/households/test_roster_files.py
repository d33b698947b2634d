"""Files that may be a roster: read, or refused for a reason that says what to do."""

import io
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock_time

import openpyxl
import pytest

from desk.kit.problems import Unclear
from desk.kit.words import learn, problem_words, using
from desk.workflows.households.roster import gate, reading
from desk.workflows.households.roster.reader import answer, text_of
from desk.workflows.households.workflow import WORKFLOW
from tests.households.rosters import HEAD, as_csv, as_xlsx, bomb, with_entry, with_sheet

ROW = ("3", "1", "1803", "周予安", "13800000001", "", "89.37")
XXE = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>"""
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "haha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 20 if n > 1 else b"&a;" * 20) for n in range(1, 9))
    + b"]><worksheet><sheetData><row><c t='inlineStr'><is><t>&a8;</t></is></c></row></sheetData></worksheet>"
)
FAR = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"""


def rows_of(data: bytes, name: str = "roster.xlsx") -> list[tuple[str, ...]]:
    return [cells for _number, cells in reading.read(name, data).rows]


def refused(data: bytes) -> str:
    began = time.monotonic()
    with pytest.raises(Unclear) as problem:
        reading.read("roster", data)
    assert time.monotonic() - began < 45
    return problem.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("comma", [",", "\t", ";"])
def test_a_csv_file_is_read_in_the_encodings_of_the_field(encoding, comma):
    assert rows_of(as_csv([ROW], encoding=encoding, comma=comma)) == [ROW]


def test_a_workbook_is_read_with_its_numbers_as_people_wrote_them():
    days = datetime(2024, 6, 30)
    data = as_xlsx([(3, 1.0, 1803.0, "周予安", 13800000001.0, None, 89.37), ("3", "1", 1804, True, 0.1 + 0.2, days, 1e-9)])

    assert rows_of(data) == [("3", "1", "1803", "周予安", "13800000001", "", "89.37"), ("3", "1", "1804", "是", "0.3", "2024-06-30", "0")]


def test_a_number_that_excel_has_cut_is_seen_as_cut():
    assert "E+" in text_of(110105194912310021.0)


def test_a_head_below_a_title_is_found_and_rows_keep_their_numbers():
    sheet = reading.read("a.xlsx", as_xlsx([ROW], above=2))

    assert [number for number, _cells in sheet.rows] == [4]
    assert sheet.head.columns["room"] == 2


def test_empty_rows_and_columns_before_the_table_do_not_shift_the_numbers():
    book = openpyxl.Workbook()
    for column, (title, cell) in enumerate(zip(HEAD, ROW, strict=True), 3):
        book.active.cell(5, column, title)
        book.active.cell(7, column, cell)
    out = io.BytesIO()
    book.save(out)

    assert [number for number, _cells in reading.read("a.xlsx", out.getvalue()).rows] == [7]


def test_a_merged_building_counts_for_all_its_rows():
    data = as_xlsx(
        [("3", "1", "101", "甲一", "", "", ""), ("", "", "102", "乙二", "", "", ""), ("", "", "103", "丙三", "", "", "")],
        merge=["A2:A4", "B2:B4"],
    )

    assert [cells[:3] for cells in rows_of(data)] == [("3", "1", "101"), ("3", "1", "102"), ("3", "1", "103")]


def test_the_sheet_that_holds_the_roster_is_taken():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([ROW])))
    book.create_sheet("封面", 0).append(["锦绣花园"])
    out = io.BytesIO()
    book.save(out)

    assert rows_of(out.getvalue()) == [ROW]


def test_a_bomb_is_refused_fast_and_before_it_is_opened():
    data = bomb()
    assert len(data) < 2 << 20
    began = time.monotonic()

    assert refused(data) == "roster.bomb"
    assert time.monotonic() - began < 1


def test_a_bomb_that_lies_about_its_size_dies_in_the_child():
    honest = as_xlsx([])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            body = (
                b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 3_000_000
                if "sheet1" in entry.filename
                else old.read(entry.filename)
            )
            new.writestr(entry.filename, body)
    data = bytearray(out.getvalue())
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (40_000).to_bytes(4, "little")  # says it unpacks to 40 KB

    assert refused(bytes(data)) in {"roster.bomb", "roster.damaged", "roster.too_many_cells", "roster.no_head"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "roster.empty_file"),
        (with_entry(as_xlsx([ROW]), "xl/vbaProject.bin", b"macro"), "roster.macros"),
        (with_entry(as_xlsx([ROW]), "xl/embeddings/oleObject1.bin", b"x"), "roster.macros"),
        (with_entry(as_xlsx([ROW]), "../../etc/cron.d/x", b"x"), "roster.damaged"),
        (with_entry(as_xlsx([ROW]), "big.bin", b"\0" * (65 << 20)), "roster.bomb"),
        (as_xlsx([ROW])[:3000], "roster.damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "roster.damaged"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "roster.old_excel"),
        (b"%PDF-1.7 ...", "roster.no_table"),
        (b"MZ\x90\x00", "roster.no_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "roster.no_table"),
        (b"\x00\x01\x02" * 100, "roster.encoding"),
        ("楼号,房间\n".encode("gb18030") + b"\xff\xff\xff", "roster.encoding"),
        (as_csv([ROW], head=("a", "b", "c", "d", "e", "f", "g")), "roster.no_head"),
        (as_csv([]), "roster.no_rows"),
        (as_csv([("", " ", "", "", "", "", "")]), "roster.no_rows"),
        (b"," * 20_000 + b"\n", "roster.too_many_cells"),
        (b'"' + b"x" * (5 << 20) + b'",1\n', "roster.damaged"),
        (b"a,b\n" * 100_001, "roster.too_many_cells"),
        (with_sheet(as_xlsx([]), FAR), "roster."),
        (with_sheet(as_xlsx([]), b"<worksheet><sheetData><row>"), "roster."),
        (with_sheet(as_xlsx([]), XXE), "roster."),
        (with_sheet(as_xlsx([]), LAUGHS), "roster."),
        (b"x" * (gate.MOST_BYTES + 1), "roster.too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_roster_is_refused_with_its_reason(data, code):
    assert refused(data).startswith(code)


def test_two_hundred_files_in_a_workbook_are_too_many():
    out = io.BytesIO(as_xlsx([ROW]))
    with zipfile.ZipFile(out, "a") as book:
        for n in range(200):
            book.writestr(f"x{n}", b"")

    assert refused(out.getvalue()) == "roster.bomb"


def test_an_entity_reads_no_file_of_the_desk():
    found = answer("xlsx", with_sheet(as_xlsx([]), XXE))

    assert "root:" not in str(found)


def test_a_cell_that_is_a_formula_is_read_as_what_it_shows_or_as_nothing():
    (cells,) = rows_of(as_xlsx([("3", "1", "1803", '=HYPERLINK("http://x","周")', "", "", "")]))

    assert "HYPERLINK" not in cells[3]


def test_every_refusal_says_in_both_languages_what_to_do():
    learn(WORKFLOW.problems)
    for code in [code for code in WORKFLOW.problems if code.startswith("roster.")]:
        for lang in ("zh", "en"):
            with using(lang):
                said = problem_words(Unclear(code, most=12))
            assert said != code
            assert len(said) > 8


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("csv", as_csv([ROW], encoding="utf-16"), None),
        ("csv", b"\xff\xfe\x00", "roster.encoding"),
        ("csv", "楼号\x00房间".encode(), "roster.encoding"),
        ("csv", b"," * 300, "roster.too_many_cells"),
        ("csv", b'"' + b"x" * (2 << 20), "roster.damaged"),
        ("xlsx", as_xlsx([ROW]), None),
        ("xlsx", as_xlsx([ROW], merge=["A2:A9"]), None),
        ("xlsx", as_xlsx([["x"] * 300]), "roster.too_many_cells"),
        ("xlsx", b"nonsense", "roster.damaged"),
    ],
)
def test_the_reader_answers_with_cells_or_with_a_problem(kind, data, found):
    said = answer(kind, data)

    assert said.get("problem") == found
    if found is None:
        assert [row for row in said["rows"] if "周予安" in row] == [list(ROW)]


def test_without_a_known_head_the_first_sheet_is_what_was_read():
    assert answer("xlsx", as_xlsx([], head=("甲", "乙")))["rows"] == [["甲", "乙"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (3, "3"),
        (2.50, "2.5"),
        (date(2024, 6, 30), "2024-06-30"),
        (clock_time(20), "20:00:00"),
        (datetime(2024, 6, 30, 8, 5), "2024-06-30 08:05"),
    ],
)
def test_a_cell_becomes_what_a_person_would_type(value, text):
    assert text_of(value) == text


def test_a_locked_workbook_is_no_table():
    data = bytearray(as_xlsx([ROW]))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1

    assert refused(bytes(data)) == "roster.no_table"
