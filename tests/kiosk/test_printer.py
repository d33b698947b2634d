"""The slip printer against a real file, a real FIFO, and a print queue's programs: in order, whole, and never an error in a screen."""

import os
import stat
import threading
import time
from pathlib import Path

import pytest

from desk.kit.words import using
from forms.catalog.kiosk_slip import FORM
from forms.thermal import escpos, raster
from kiosk.printer import Printer, State, spelled
from kiosk.printing import UNSTICK, Queue, What, meaning
from tests.forms import make


def bytes_of(words):
    return escpos(raster(FORM, words))


class Fifo:
    """A printer at the other end of a FIFO that takes as much as the test says."""

    def __init__(self, folder):
        self.path = folder / "printer"
        os.mkfifo(self.path)
        self.reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)

    def take_all(self):
        taken = b""
        while True:
            try:
                piece = os.read(self.reader, 1 << 16)
            except BlockingIOError:
                return taken
            if not piece:
                return taken
            taken += piece

    def unplug(self):
        os.close(self.reader)


@pytest.fixture
def fifo(tmp_path):
    return Fifo(tmp_path)


def taking(fifo, until):
    """Take bytes in a thread until the event is set, and a little after; return the thread and what it took."""
    taken = []

    def run():
        while not until.is_set():
            taken.append(fifo.take_all())
            time.sleep(0.01)
        taken.append(fifo.take_all())

    thread = threading.Thread(target=run)
    thread.start()
    return thread, taken


def test_no_printer_is_a_state_and_prints_nothing():
    printer = Printer("")

    assert printer.state() == (State.NONE, "本机没有打印机。")
    assert printer.print_slip(make.kiosk_slip()) is False


def test_slips_stand_in_a_file_one_after_the_other(tmp_path):
    printer = Printer(str(tmp_path / "slips.bin"))
    first, second = make.kiosk_slip(), make.kiosk_slip("en", number="K3-0018-AAAA")

    assert printer.state().state is State.OK
    assert printer.print_slip(first)
    assert printer.print_slip(second)

    assert (tmp_path / "slips.bin").read_bytes() == bytes_of(first) + bytes_of(second)
    assert stat.S_IMODE((tmp_path / "slips.bin").stat().st_mode) == 0o600


def test_a_printer_gets_the_whole_slip_although_it_takes_it_piece_by_piece(fifo):
    done = threading.Event()
    thread, taken = taking(fifo, done)

    printed = Printer(str(fifo.path)).print_slip(make.kiosk_slip())
    done.set()
    thread.join()

    assert printed
    assert b"".join(taken) == bytes_of(make.kiosk_slip())


def test_slips_of_two_screens_do_not_mix(fifo):
    done = threading.Event()
    thread, taken = taking(fifo, done)
    printer = Printer(str(fifo.path))
    slips = [make.kiosk_slip(number=f"K3-00{n}-AAAA") for n in (10, 11, 12)]

    screens = [threading.Thread(target=printer.print_slip, args=(slip,)) for slip in slips]
    for screen in screens:
        screen.start()
    for screen in screens:
        screen.join()
    done.set()
    thread.join()

    left = b"".join(taken)
    for slip in slips:
        assert left.count(bytes_of(slip)) == 1
        left = left.replace(bytes_of(slip), b"")
    assert left == b""


def test_a_printer_that_takes_nothing_more_is_given_up_and_said_to_be_stuck(fifo):
    printer = Printer(str(fifo.path), patience=0.2)

    assert printer.print_slip(make.kiosk_slip()) is False

    assert printer.state() == (State.ERROR, "打印机没有响应。")
    with using("en"):
        assert printer.state().words == "The printer does not answer."


def test_after_a_slip_that_was_cut_off_the_next_one_prints_well(fifo):
    printer = Printer(str(fifo.path), patience=0.2)
    printer.print_slip(make.kiosk_slip())
    begun = fifo.take_all()
    done = threading.Event()
    thread, taken = taking(fifo, done)

    assert printer.print_slip(make.kiosk_slip())
    assert printer.print_slip(make.kiosk_slip())
    done.set()
    thread.join()

    slip = bytes_of(make.kiosk_slip())
    assert 0 < len(begun) < len(slip)
    assert b"".join(taken) == UNSTICK + slip + slip
    assert printer.state().state is State.OK


def test_a_wipe_stops_the_slip_that_is_being_written_and_those_that_wait(fifo):
    printer = Printer(str(fifo.path), patience=30)
    results = []
    screens = [threading.Thread(target=lambda: results.append(printer.print_slip(make.kiosk_slip()))) for _ in range(2)]
    for screen in screens:
        screen.start()
    time.sleep(0.5)

    begun = time.monotonic()
    printer.cancel()
    for screen in screens:
        screen.join()

    assert results == [False, False]
    assert time.monotonic() - begun < 5
    assert printer.state().state is State.OK
    assert len(fifo.take_all()) < len(bytes_of(make.kiosk_slip()))


def test_a_printer_that_is_not_there_is_an_error_and_nothing_is_made_in_its_place(tmp_path):
    for path in ("/dev/usb/lp-none", str(tmp_path / "no" / "folder" / "slips")):
        printer = Printer(path)

        assert printer.state().state is State.ERROR
        assert printer.print_slip(make.kiosk_slip()) is False
        assert printer.state().words == "打印机未连接。"
        assert not Path(path).exists()


def test_an_unplugged_printer_is_an_error_and_works_again_when_it_is_back(fifo):
    printer = Printer(str(fifo.path))
    fifo.unplug()

    assert printer.print_slip(make.kiosk_slip()) is False
    assert printer.state() == (State.ERROR, "打印机未连接。")

    fifo.reader = os.open(fifo.path, os.O_RDONLY | os.O_NONBLOCK)
    done = threading.Event()
    thread, _ = taking(fifo, done)
    assert printer.print_slip(make.kiosk_slip())
    done.set()
    thread.join()
    assert printer.state().state is State.OK


def test_a_character_device_that_says_nothing_of_itself_is_taken_to_be_ready():
    printer = Printer("/dev/null")

    assert printer.state().state is State.OK
    assert printer.print_slip(make.kiosk_slip())


def test_a_full_device_is_out_of_paper():
    printer = Printer("/dev/full")

    assert printer.print_slip(make.kiosk_slip()) is False
    assert printer.state() == (State.NO_PAPER, "打印机缺纸。")


@pytest.mark.parametrize(
    ("status", "what"), [(0x18, What.OK), (0x38, What.NO_PAPER), (0x30, What.NO_PAPER), (0x10, What.FAULT), (0x90, What.FAULT)]
)
def test_the_status_byte_is_read_as_the_kernel_says(status, what):
    assert meaning(status) is what


def test_a_character_that_no_font_has_is_spelled_out_and_the_slip_is_printed(tmp_path):
    words = make.kiosk_slip(content="漏水😀", why=("一", "二🙏"))

    assert Printer(str(tmp_path / "slips")).print_slip(words)

    assert spelled(words).content == "漏水「U+1F600」"
    assert spelled(words).why[1] == "二「U+1F64F」"
    assert spelled(make.kiosk_slip()) == make.kiosk_slip()


LP = """#!/bin/sh
echo "lp $*" >> "{log}"
cat > "{folder}/paper.pdf"
echo "request id is lobby-7 (1 file(s))"
"""
LPSTAT = """#!/bin/sh
cat "{folder}/says"
exit $(cat "{folder}/ends")
"""
CANCEL = """#!/bin/sh
echo "cancel $*" >> "{log}"
exit 1
"""


@pytest.fixture
def queue(tmp_path, monkeypatch):
    """A print queue: programs of the names that a system has, which note what they are asked."""
    for name, script in (("lp", LP), ("lpstat", LPSTAT), ("cancel", CANCEL)):
        (tmp_path / name).write_text(script.format(log=tmp_path / "log", folder=tmp_path))
        (tmp_path / name).chmod(0o755)
    (tmp_path / "says").write_text("printer lobby is idle.  enabled since Mon\n")
    (tmp_path / "ends").write_text("0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_a_queue_gets_the_slip_on_its_paper_and_the_wipe_takes_back_what_cannot_come_out(queue):
    printer = Printer("lp:lobby")

    assert printer.print_slip(make.kiosk_slip())
    (queue / "says").write_text("printer lobby is idle.\n\tAlerts: media-empty-error")
    printer.cancel()
    printer.cancel()

    assert (queue / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert (queue / "log").read_text().splitlines() == ["lp -d lobby -t K3-0017-7F2Q", "cancel lobby-7"]


def test_a_slip_that_is_just_coming_out_is_left_to_the_resident_and_an_old_one_is_taken_back(queue):
    now = [0.0]
    way = Queue("lobby", "A5", lambda: now[0])
    way.put(make.kiosk_slip(), threading.Event(), 10)

    now[0] = 5.0
    way.cancel()
    left = (queue / "log").read_text().count("cancel")
    now[0] = 60.0
    way.cancel()

    assert left == 0
    assert (queue / "log").read_text().splitlines()[1:] == ["cancel lobby-7"]


def test_a_queue_may_have_a_roll(queue):
    assert Printer("lp:lobby:80mm").print_slip(make.kiosk_slip())
    roll = (queue / "paper.pdf").read_bytes()
    assert Printer("lp:lobby").print_slip(make.kiosk_slip())

    assert roll != (queue / "paper.pdf").read_bytes()


@pytest.mark.parametrize(
    ("says", "ends", "state"),
    [
        ("printer lobby is idle.  enabled since Mon", "0", State.OK),
        ("printer lobby disabled since Mon -\n\tpaused", "0", State.ERROR),
        ("printer lobby is idle.\n\tAlerts: media-empty-error", "0", State.NO_PAPER),
        ("lpstat: Invalid destination name", "1", State.ERROR),
    ],
)
def test_the_state_of_a_queue_is_what_the_system_says(queue, says, ends, state):
    (queue / "says").write_text(says)
    (queue / "ends").write_text(ends)

    assert Printer("lp:lobby").state().state is state


def test_a_system_without_a_print_queue_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    printer = Printer("lp:lobby")

    assert printer.print_slip(make.kiosk_slip()) is False
    assert printer.state() == (State.ERROR, "打印机未连接。")
