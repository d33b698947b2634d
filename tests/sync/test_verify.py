"""What `desk verify` finds of the replication: a sum that is not its rows', a sequence beyond the counter, a submission that was edited."""

import pytest

from sync import verify
from tests.sync.world import make_blank, world


@pytest.fixture
def town(tmp_path):
    desk, (kiosk,) = world(tmp_path / "town", make_blank(tmp_path / "blank.sqlite"))
    desk.put("a", "apple", "pub")
    kiosk.wish("hello")
    kiosk.round()
    return desk


def test_a_desk_as_it_was_written_has_no_findings(town):
    assert list(verify.findings(town.db)) == []


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("UPDATE pub SET doc = '{\"name\":\"pear\"}' WHERE id = 'a'", ("feed.sum", "pub")),
        ("DELETE FROM pub WHERE id = 'a'", ("feed.sum", "pub")),
        ("UPDATE feed_counter SET seq = 0", ("feed.sequence", "kiosk:K1")),
    ],
)
def test_a_feed_that_was_changed_by_hand_is_found(town, harm, found):
    town.db.conn.execute(harm)

    assert found in [(code, details["scope"]) for code, details in verify.findings(town.db)]


def test_a_submission_that_was_edited_is_found(town):
    town.db.conn.execute("DROP TRIGGER inbox_was_said")
    town.db.conn.execute("UPDATE inbox SET frozen = replace(frozen, 'wish', 'wash')")

    assert [code for code, _ in verify.findings(town.db)] == ["inbox.edited"]
