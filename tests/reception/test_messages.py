"""A file of residents' messages: all of it once, each with its own time, and every two characters of it found as LIKE finds them."""

import csv
import itertools
import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from desk.kit import search
from desk.kit.clock import SITE_ZONE, to_text
from desk.kit.journal import store as journal
from desk.kit.journal import verify
from desk.kit.problems import Unclear
from desk.kit.terminal import Terminal
from desk.workflows.reception import commands, store
from desk.workflows.reception.inputs import Reply
from desk.workflows.reception.messages import import_messages
from desk.workflows.reception.rules import ContactChannel, ContactState
from desk.workflows.reception.terminal import messages
from tests.reception.given import SAMPLE, given_file

HEAD = "message_id,user,subject,sent_at,body,reply,replied_at\n"
HAN_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")


@pytest.fixture
def given():
    """The rows of the file as they stand in it."""
    with given_file().open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def all_contacts(site):
    return store.listed(site, store.Filter(), 100_000)


def test_every_message_is_taken_whole_and_with_its_own_time(site, act, given):
    done = import_messages(site, act, given_file().read_bytes(), "messages.csv")

    kept = {row.external_id: row for row in all_contacts(site)}
    assert (done.new, done.known, done.faults) == (len(given), 0, ())
    assert len(kept) == len(given)
    for row in given:
        contact = kept[row["message_id"]]
        assert contact.words == row["body"].replace("\r\n", "\n").strip().strip("\u3000")
        assert contact.received_at == datetime.fromisoformat(row["sent_at"]).replace(tzinfo=SITE_ZONE)
        assert (contact.channel, contact.sender) == (ContactChannel.MESSAGE, row["user"])


def test_a_reply_is_kept_as_the_answer_with_its_own_time(site, act, given):
    import_messages(site, act, given_file().read_bytes(), "messages.csv")

    for contact in all_contacts(site):
        row = next(row for row in given if row["message_id"] == contact.external_id)
        assert (contact.state is ContactState.ANSWERED) is bool(row["reply"])
        if row["reply"]:
            assert contact.answer == row["reply"].strip().strip("\u3000")
            assert contact.answered_at == datetime.fromisoformat(row["replied_at"]).replace(tzinfo=SITE_ZONE)


def test_a_second_import_doubles_nothing(site, act, given):
    data = given_file().read_bytes()
    import_messages(site, act, data, "messages.csv")
    before, entries = all_contacts(site), journal.head(site)[0]

    again = import_messages(site, act, data, "messages.csv")

    assert (again.new, again.known, again.answered) == (0, len(given), 0)
    assert all_contacts(site) == before
    assert journal.head(site)[0] == entries + 1
    assert list(verify(site)) == []


def test_two_characters_find_exactly_what_like_finds(site, act, given):
    import_messages(site, act, given_file().read_bytes(), "messages.csv")
    texts = [row["subject"] + row["body"] + row["reply"] for row in given]
    pairs = sorted({pair for text in texts for pair in HAN_PAIR.findall(text)})
    often = ["物业", "业主", "小区", "电梯", "停车", "地库", "垃圾", "充电", "噪音", "漏水"]

    for pair in [*often, *pairs[:: max(len(pairs) // 300, 1)], "龘龘", "的的"]:
        like = site.rows(
            "SELECT id FROM intake WHERE subject LIKE :like OR words LIKE :like OR answer LIKE :like OR person LIKE :like",
            {"like": f"%{pair}%"},
        )
        found = search.find(site, pair, limit=100_000, kinds=("intake",))
        assert {hit.object for hit in found} == {row["id"] for row in like}, pair
    assert len(pairs) > 50


def test_a_message_that_was_answered_later_takes_its_reply_with_the_next_file(site, act):
    import_messages(site, act, SAMPLE.read_bytes(), "first.csv")
    newer = SAMPLE.read_text(encoding="utf-8").replace(
        "请公布今年的收费标准和收支情况。,,", "请公布今年的收费标准和收支情况。,已在公告栏公布。,2024-04-05T09:00:00"
    )

    done = import_messages(site, act, newer.encode(), "second.csv")

    contact = store.of_external(site, "messages", "90006")
    assert (done.new, done.known, done.answered) == (0, 6, 1)
    assert (contact.answer, to_text(contact.answered_at)) == ("已在公告栏公布。", "2024-04-05T01:00:00.000Z")


def test_an_answer_that_the_desk_gave_is_not_replaced_by_a_file(site, act):
    import_messages(site, act, SAMPLE.read_bytes(), "first.csv")
    commands.answer(site, act, store.of_external(site, "messages", "90006").id, Reply(answer="前台已答复"))

    import_messages(site, act, SAMPLE.read_text(encoding="utf-8").replace("收支情况。,,", "收支情况。,别的答复,").encode(), "second.csv")

    assert store.of_external(site, "messages", "90006").answer == "前台已答复"


def test_rows_that_cannot_be_read_are_reported_and_the_others_kept(site, act):
    data = (
        HEAD
        + "1,u,s,2024-03-02T08:00:00,可以读,,\n,u,s,2024-03-02T08:00:00,没有编号,,\n3,u,s,yesterday,没有时间,,\n4,u,s,2024-03-02T08:00:00,,,\n"
    )
    data += f"5,u,s,2024-03-02T08:00:00,{'长' * 4001},,\n6,u,s,2024/3/2 08:00,错,,\n"

    done = import_messages(site, act, data.encode(), "bad.csv")

    assert done.new == 1
    assert [(fault.row, fault.column) for fault in done.faults] == [
        (3, "message_id"),
        (4, "sent_at"),
        (5, "body"),
        (6, "body"),
        (7, "sent_at"),
    ]
    assert [row.words for row in all_contacts(site)] == ["可以读"]


def test_more_than_five_hundred_rows_are_several_transactions(site, act):
    data = HEAD + "".join(f"{n},u{n},s,2024-03-02T08:00:00,第{n}条,,\n" for n in range(501))

    done = import_messages(site, act, data.encode(), "many.csv")

    summaries = [entry.payload["new"] for entry in journal.of_object(site, "import:messages")]
    assert done.new == 501
    assert summaries == [1, 500]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_excel_saves_in_china_is_read(site, act, encoding):
    import_messages(site, act, (HEAD + "1,u,题目,2024-03-02T08:00:00,正文,,\n").encode(encoding), "excel.csv")

    assert [(row.subject, row.words) for row in all_contacts(site)] == [("题目", "正文")]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04\x00\x00zip", b"message_id,body\n1,x\n"])
def test_a_file_that_is_no_table_of_messages_is_refused_and_leaves_nothing(site, act, data):
    with pytest.raises(Unclear) as problem:
        import_messages(site, act, data, "x.csv")

    assert list(problem.value.details["fields"]) == ["file"]
    assert journal.head(site) == (0, "")


def test_an_empty_table_is_said_to_be_empty(site, act):
    done = import_messages(site, act, HEAD.encode(), "empty.csv")

    assert (done.new, done.known, done.faults) == (0, 0, ())


def test_messages_wait_from_the_oldest_on(site, act):
    import_messages(site, act, SAMPLE.read_bytes(), "messages.csv")

    waiting = store.listed(site, store.Filter(state="open"))

    assert [row.external_id for row in waiting] == ["90002", "90003", "90005", "90006"]
    assert all(one.received_at <= two.received_at for one, two in itertools.pairwise(waiting))
    assert waiting[0].received_at == datetime(2024, 3, 5, 5, 5, 11, tzinfo=UTC)


def test_the_command_says_what_became_of_the_file(site, act):
    desk = Terminal(lambda: (site, act))

    first = CliRunner().invoke(messages, [str(SAMPLE)], obj=desk)
    second = CliRunner().invoke(messages, [str(SAMPLE)], obj=desk)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "新增6条" in first.output
    assert "新增0条" in second.output
    assert len(all_contacts(site)) == 6
