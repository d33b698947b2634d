"""Rosters for tests, good ones and bad ones, made as other programs make them."""

import csv
import io
import zipfile
from collections.abc import Sequence

import openpyxl

from tests.client import Browser

HEAD = ("楼号", "单元", "房间", "业主名称", "手机号", "身份证号", "建筑面积")


def as_csv(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, encoding: str = "utf-8", comma: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=comma)
    writer.writerows([head, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD, above: int = 0, merge: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(above):
        sheet.append(["锦绣花园业主名单"])
    for row in [head, *rows]:
        sheet.append(list(row))
    for cells in merge:
        sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with one more file inside."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return out.getvalue()


def with_sheet(data: bytes, xml: bytes) -> bytes:
    """Return a workbook whose first sheet is this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, xml if entry.filename == "xl/worksheets/sheet1.xml" else old.read(entry.filename))
    return out.getvalue()


def bomb(megabytes: int = 199) -> bytes:
    """Return a small workbook that unpacks to a large sheet of zeros."""
    return with_sheet(as_xlsx([]), b"<worksheet><sheetData>" + b"<row></row>" * (megabytes * 95_000) + b"</sheetData></worksheet>")


def upload(browser: Browser, data: bytes, name: str = "名单.csv"):
    return browser.client.post(
        "/units/import", data={"csrf": browser.csrf(), "file": (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )


ROWS = [("3", "1", "1803", "周予安", "13800000001", "11010519491231002X", "89.37"), ("3", "1", "1804", "林小满", "1380000", "", "")]
