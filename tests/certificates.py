"""Papers for the HTTPS servers of the tests: good ones, and each kind of bad one. Made fresh, never kept."""

import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_HOSTS = ("127.0.0.1", "localhost")


class Tls(StrEnum):
    """What is wrong, if anything. A client that is not given `roots` meets an unknown root."""

    VALID = "valid"
    WRONG_HOST = "wrong host"
    EXPIRED = "expired"
    NOT_YET = "not yet valid"
    SELF_SIGNED = "self-signed"


@dataclass(frozen=True, slots=True)
class Papers:
    """A server's context, and the PEM file of the authority that a client may trust."""

    context: ssl.SSLContext
    roots: Path


@lru_cache(maxsize=1)
def _authority() -> trustme.CA:
    return trustme.CA()


def issue(kind: Tls) -> Papers:
    """Make a server's papers. The caller unlinks `roots`."""
    authority = _authority()
    now = datetime.now(UTC)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    match kind:
        case Tls.VALID:
            authority.issue_cert(*_HOSTS).configure_cert(context)
        case Tls.WRONG_HOST:
            authority.issue_cert("elsewhere.example.org").configure_cert(context)
        case Tls.EXPIRED:
            day = now - timedelta(days=1)
            authority.issue_cert(*_HOSTS, not_before=day - timedelta(days=90), not_after=day).configure_cert(context)
        case Tls.NOT_YET:
            day = now + timedelta(days=30)
            authority.issue_cert(*_HOSTS, not_before=day, not_after=day + timedelta(days=90)).configure_cert(context)
        case Tls.SELF_SIGNED:
            _load_self_signed(context, now)
    with tempfile.NamedTemporaryFile(prefix="roots-", suffix=".pem", delete=False) as file:
        file.write(authority.cert_pem.bytes())
    return Papers(context, Path(file.name))


def trusting(roots: Path, folder: Path) -> str:
    """A PYTHONPATH under which this very program has an authority in place of the shipped roots, its children too."""
    folder.mkdir()
    patch = f"import certifi\ncertifi.where = lambda: {str(roots)!r}\n"
    (folder / "sitecustomize.py").write_text(patch, encoding="utf-8")
    return str(folder)


def _load_self_signed(context: ssl.SSLContext, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    names = [x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")]
    paper = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = paper.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(pem)
        file.flush()
        context.load_cert_chain(file.name)
