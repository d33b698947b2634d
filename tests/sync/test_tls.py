"""The site's own authority: made once, known by its fingerprint, and the only one a kiosk trusts."""

import socket
import ssl
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from sync import tls
from sync.enrolment import PIN_LENGTH
from tests.sync.wire import fronted

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def certificate(path):
    """The desk's own certificate in a file: behind the key, before the authority."""
    return x509.load_pem_x509_certificates(path.read_bytes())[0]


def test_the_authority_is_made_once_and_comes_back_with_a_backup(toy, tmp_path):
    desk, _kiosk = toy
    made = tls.authority(desk.db)
    desk.restore(desk.backup(tmp_path / "copy.sqlite"))

    assert tls.authority(desk.db) == made
    assert len(tls.pin(made.cert)) == PIN_LENGTH


def test_the_certificate_names_the_desk_and_nobody_else_may_read_its_key(toy, tmp_path):
    desk, _kiosk = toy
    path = tls.certify(tls.authority(desk.db), ("127.0.0.1", "desk.lan", "物业", ""), NOW, tmp_path / "front.pem")
    names = certificate(path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [str(name.value) for name in names] == ["127.0.0.1", "desk.lan"]
    assert certificate(path).not_valid_after_utc == NOW + tls.LIVES


def test_each_start_issues_a_fresh_certificate(toy, tmp_path):
    desk, _kiosk = toy
    first = certificate(tls.certify(tls.authority(desk.db), ("a",), NOW, tmp_path / "front.pem"))
    second = certificate(tls.certify(tls.authority(desk.db), ("a",), NOW, tmp_path / "front.pem"))

    assert first.serial_number != second.serial_number
    assert first.public_key() != second.public_key()


def test_a_kiosk_whose_clock_stands_in_another_year_still_reaches_its_desk(toy):
    """The desk's clock stands in 1999 here: seen from this machine its certificate ended long ago."""
    desk, _kiosk = toy
    authority = tls.authority(desk.db)
    desk.clock.at = datetime(1999, 1, 1, tzinfo=UTC)
    with fronted(desk) as front:
        ended = certificate(desk.folder / "front.pem").not_valid_after_utc
        with tls.trusting(authority.cert).wrap_socket(socket.create_connection(("127.0.0.1", front.port), timeout=5)) as line:
            version = line.version()

    assert ended < datetime.now(UTC) - timedelta(days=1000)
    assert version


def test_a_certificate_of_another_authority_is_refused(toy, make_world):
    desk, _kiosk = toy
    stranger, _ = make_world(1)
    context = tls.trusting(tls.authority(desk.db).cert)
    with (
        fronted(stranger) as front,
        socket.create_connection(("127.0.0.1", front.port), timeout=5) as line,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        context.wrap_socket(line, do_handshake_on_connect=True)


def test_the_system_s_authorities_are_not_trusted(toy):
    desk, _kiosk = toy

    assert [ca["subject"] for ca in tls.trusting(tls.authority(desk.db).cert).get_ca_certs()] == [
        ((("commonName", "LobbyDesk site authority"),),)
    ]


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE----"])
def test_what_is_no_certificate_has_no_fingerprint(text):
    with pytest.raises(ValueError, match="PEM"):
        tls.pin(text)
