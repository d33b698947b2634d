"""No sentence of the house threatens with water, power, heat, gas or the door (Civil Code 944), shames anybody, or promises the impossible."""

import re

import pytest

from tests.house.tree import files, name, parsed, python_files, sentences, text_files

WITHOUT = re.compile(
    r"(?:否则|逾期|不交|不缴|拒交|拒缴|欠费|将|予以|采取)[^。；\n]{0,24}(?:停止?|断|限|切断)(?:供|用)?[水电气暖热]"
    r"|停水停电|断水断电"
    r"|(?:停用|锁|限制|禁止)[^。；\n]{0,6}(?:门禁|门卡|出入小区|进入小区|电梯卡)"
    r"|(?:张贴|公布|曝光|公示)[^。；\n]{0,10}(?:欠费(?:业主|住户|名单)|黑名单)"
    r"|绝对(?:保证|不会)|保证百分之百|百分之百满意"
    r"|\b(?:cut|shut|turn|switch)(?:ting)?\s+off\s+(?:your|the|his|her|their)\s+(?:water|power|electricity|heat(?:ing)?|gas)\b"
    r"|\bname and shame\b|\bblacklist",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "threat", ["逾期不交，将停止供水", "否则断电", "欠费业主停用门禁卡", "张贴欠费业主名单", "或者停水停电", "we will cut off your water"]
)
def test_the_lint_knows_a_threat(threat):
    assert WITHOUT.search(threat)


@pytest.mark.parametrize("fine", ["家里停电了，请电工来看", "计划停水通知：明日9:00至12:00", "请关闭水阀", "逾期的工单", "欠费金额"])
def test_the_lint_lets_everyday_words_pass(fine):
    assert not WITHOUT.search(fine)


def test_no_catalog_and_no_template_threatens():
    looked_at = [path for path in files() if path.suffix in (".po", ".html")]

    assert looked_at
    assert [f"{name(path)}: {hit.group()}" for path in looked_at for hit in WITHOUT.finditer(path.read_text(encoding="utf-8"))] == []


def test_no_form_and_no_sentence_in_code_threatens():
    """The lists of what is forbidden, in rule books and in the check on edited wording, are the one exception."""
    found = [
        f"{name(path)}:{line}: {hit.group()}"
        for path in python_files()
        if path.name not in ("rules.py", "wording.py")
        for line, text in sentences(parsed(path))
        for hit in WITHOUT.finditer(text)
    ]

    assert found == []


def test_the_documents_do_not_threaten_either():
    found = [name(path) for path in text_files() if path.suffix == ".md" and WITHOUT.search(path.read_text(encoding="utf-8"))]

    assert found == []
