"""The `kiosk` command at a terminal: how it stands, and the file that a person carries where no line will be."""

from desk.kit.files import durable_write
from kiosk.cli import REFUSED, main
from kiosk.local import LocalMachine
from sync.batch import take_batch
from tests.kiosk.joined import joined_kiosk


def test_what_waits_is_carried_to_the_desk_and_the_answer_home(tmp_path, capsys):
    desk, machine, cable = joined_kiosk(tmp_path)
    cable.cut = True
    saved = machine.submit("wish@1", {"words": "漏水"})
    folder, out, back = str(tmp_path / "kiosk"), tmp_path / "stick.ldk", tmp_path / "stick.ldk.answer"

    exported = main(["export", str(out), "--data", folder, "--lang", "zh"])
    durable_write(back, take_batch(desk.engine, out.read_bytes()))
    taken = main(["take", str(back), "--data", folder, "--lang", "zh"])

    said = capsys.readouterr().out
    assert (exported, taken) == (0, 0)
    assert list(desk.wishes()) == [saved.id]
    assert LocalMachine(tmp_path / "kiosk").find(saved.code).reached_at is not None
    assert "1 件" in said
    assert "尚待送达 0 件" in said


def test_a_file_that_was_changed_on_the_way_is_refused_with_a_sentence(tmp_path, capsys):
    desk, machine, _ = joined_kiosk(tmp_path)
    machine.submit("wish@1", {"words": "漏水"})
    folder, out, back = str(tmp_path / "kiosk"), tmp_path / "stick.ldk", tmp_path / "back"
    main(["export", str(out), "--data", folder])
    answer = bytearray(take_batch(desk.engine, out.read_bytes()))
    answer[-5] ^= 1
    durable_write(back, bytes(answer))

    code = main(["take", str(back), "--data", folder, "--lang", "zh"])

    assert code == REFUSED
    assert "文件" in capsys.readouterr().err
    assert LocalMachine(tmp_path / "kiosk").link().waiting == 1


def test_the_status_tells_whose_it_is_and_what_waits(tmp_path, capsys):
    _, machine, _ = joined_kiosk(tmp_path)
    machine.submit("wish@1", {"words": "漏水"})

    main(["status", "--data", str(tmp_path / "kiosk"), "--lang", "en"])
    joined = capsys.readouterr().out
    main(["status", "--data", str(tmp_path / "nothing"), "--lang", "en"])

    assert "Kiosk K1" in joined
    assert "Waiting to be sent: 1" in joined
    assert "has not joined a desk" in capsys.readouterr().out


def test_a_kiosk_that_has_not_joined_has_nothing_to_carry(tmp_path, capsys):
    code = main(["export", str(tmp_path / "x"), "--data", str(tmp_path / "nothing"), "--lang", "en"])

    assert code == REFUSED
    assert "has not joined a desk" in capsys.readouterr().err
