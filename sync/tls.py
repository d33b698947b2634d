"""The site's own authority: one key that a kiosk is pinned to when it joins, and short-lived certificates for the desk's door.

The authority is made once and stands in the database, so that it comes back with a backup: a kiosk that joined needs no visit after a restore.
It issues for this desk only. Whom it names does not matter to a kiosk, which knows its desk by the authority and not by an address that changes.
"""

import hashlib
import ipaddress
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desk.kit.database import Database
from desk.kit.files import durable_write
from desk.kit.quiet import quietly
from sync import inbox
from sync.enrolment import PIN_LENGTH
from sync.inbox import store

LIVES = timedelta(days=400)
FOR_EVER = datetime(2099, 12, 31, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL


@dataclass(frozen=True)
class Authority:
    """The site's own authority: certificate and private key as PEM."""

    cert: str
    key: str


def authority(db: Database) -> Authority:
    """Return the site's authority, made when first asked for."""
    kept = inbox.keys(db)
    if not kept.ca_cert:
        made = _made()
        with quietly(db):
            store.keep_authority(db, made.cert, made.key)
        kept = inbox.keys(db)
    return Authority(kept.ca_cert, kept.ca_key)


def pin(cert: str) -> str:
    """Return the fingerprint of an authority's certificate (PEM) as it stands in a link; ValueError for anything else."""
    return pin_of(ssl.PEM_cert_to_DER_cert(cert))


def pin_of(der: bytes) -> str:
    """Return the fingerprint of an authority's certificate as the bytes that were signed."""
    return hashlib.sha256(der).hexdigest()[:PIN_LENGTH]


def certify(made: Authority, names: Iterable[str], now: datetime, path: Path) -> Path:
    """Write a fresh key and certificate for the desk's names and addresses to a file that nobody else may read."""
    durable_write(path, _issued(made, names, now).encode())
    path.chmod(0o600)
    return path


def serving(path: Path) -> ssl.SSLContext:
    """Return what the desk's door shows to kiosks."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(path)
    return context


def trusting(cert: str) -> ssl.SSLContext:
    """Return what a kiosk trusts: this one authority and no other, whatever its own clock says.

    Names are not compared: the authority issues for the desk only, whose address may change. Dates are not either: the clock of a kiosk whose
    battery is empty stands in 1970, and it is the desk behind this very line that tells it the time.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= NO_CHECK_TIME
    context.load_verify_locations(cadata=cert)
    return context


def looking() -> ssl.SSLContext:
    """Return a context that trusts anybody: only to fetch the authority that is then compared with the fingerprint on the sheet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _made() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LobbyDesk site authority")])
    uses = _uses(key_cert_sign=True, crl_sign=True)
    cert = (
        _builder(name, name, key.public_key(), LONG_AGO, FOR_EVER)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(uses, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(_pem(cert), _secret(key))


def _issued(made: Authority, names: Iterable[str], now: datetime) -> str:
    """Return key, certificate and authority as one PEM text."""
    ca = x509.load_pem_x509_certificate(made.cert.encode())
    signer = serialization.load_pem_private_key(made.key.encode(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is of another kind")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "LobbyDesk desk")])
    cert = (
        _builder(subject, ca.subject, key.public_key(), now - timedelta(days=1), now + LIVES)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_uses(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    return _secret(key) + _pem(cert) + made.cert


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    return builder.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)


def _uses(digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature, content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=key_cert_sign, crl_sign=crl_sign, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _alternatives(names: Iterable[str]) -> list[x509.GeneralName]:
    """Return names and addresses as a certificate holds them; what can stand in none is left out."""
    found: list[x509.GeneralName] = []
    for name in sorted(set(names)):
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            if name.isascii() and name:
                found.append(x509.DNSName(name))
    return found


def _pem(cert: x509.Certificate) -> str:
    return cert.public_bytes(serialization.Encoding.PEM).decode()


def _secret(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
