"""`desk verify` finds every edit, cut and loss, also with heads that stand outside the database."""

import pytest

from desk import checks
from desk.kit.files import append_line, keep_file
from desk.kit.journal import store as journal

UNLOCK = ("DROP TRIGGER journal_keeps", "DROP TRIGGER journal_stays", "DROP TRIGGER payload_keeps", "DROP TRIGGER payload_stays")
FREE = ("DROP TRIGGER number_keeps", "DROP TRIGGER number_stays")


def codes(site, heads=()):
    return {code for code, _details in checks.findings(site, heads)}


def do(site, *statements):
    for text in (*UNLOCK, *FREE, *statements):
        site.db().conn.execute(text)


def test_a_site_as_it_was_written_has_no_findings(lived):
    head = journal.head(lived.db())

    assert codes(lived, [head, (head[0], head[1][:10])]) == set()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE journal SET actor = 'x' WHERE seq = 2", "journal.edited"),
        ("UPDATE journal_payload SET payload = '{}' WHERE seq = 2", "journal.payload_edited"),
        ("DELETE FROM journal_payload WHERE seq = 2", "journal.payload_gone"),
        ("UPDATE number SET n = 9 WHERE n = 2", "number.gap"),
    ],
)
def test_what_was_done_behind_the_desks_back_is_found(lived, statement, code):
    do(lived, statement)

    assert code in codes(lived)


def test_a_removed_entry_is_found(lived):
    do(lived, "DELETE FROM journal_payload WHERE seq = 2", "PRAGMA foreign_keys=OFF", "DELETE FROM journal WHERE seq = 2")

    assert "journal.gap" in codes(lived)


def test_a_tail_cut_with_its_counter_is_found_by_the_head_that_was_written_down(lived):
    seq, head = journal.head(lived.db())
    append_line(lived.heads, f"2026-03-02T01:10:00.000Z {seq} {head}")
    do(
        lived,
        "DELETE FROM journal_payload WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE sqlite_sequence SET seq = 2 WHERE name = 'journal'",
    )

    assert "journal.tail_cut" in codes(lived)


def test_a_tail_cut_is_found_by_a_head_read_from_paper(lived):
    seq, head = journal.head(lived.db())
    do(
        lived,
        "DELETE FROM journal_payload WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE sqlite_sequence SET seq = 2 WHERE name = 'journal'",
    )

    assert codes(lived) == set()
    assert codes(lived, [(seq, head[:10])]) == {"journal.tail_cut"}


def test_two_heads_told_for_one_entry_are_both_compared(lived):
    seq, head = journal.head(lived.db())

    assert "journal.not_the_known_head" in codes(lived, [(seq, head), (seq, "0123456789")])
    assert "journal.not_the_known_head" in codes(lived, [(seq, "0123456789"), (seq, head)])


def test_a_line_that_a_power_cut_tore_is_left_out(tmp_path):
    path = tmp_path / "heads.txt"
    path.write_text("2026 3 0123456789abcdef\nbroken\n2026 x 0123456789\n2026 4 012", "utf-8")

    assert checks.written_heads(path) == [(3, "0123456789abcdef")]


def test_a_broken_reference_and_an_edited_photo_are_found(lived):
    photo = keep_file(lived.files, b"leak", ".jpg")
    (lived.files / photo).write_bytes(b"dry")
    do(lived, "PRAGMA foreign_keys=OFF", "INSERT INTO session VALUES ('s', 'ghost', 'a', 'a', '', '', NULL, 0, NULL, '')")

    assert codes(lived) == {"file.photo_edited", "file.reference"}
