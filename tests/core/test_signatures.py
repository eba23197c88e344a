"""Signed alerts: only the key that we were given counts, and only what it signed is read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod
from signxml.signer import XMLSigner

from core import check, intake, saving, wording
from core.commands import shapes
from core.errors import FormatError
from core.model import HealthState, Message, Revision, Source, Verified
from core.store import advisories, sources
from core.store.open import Store
from tests.profiles import cheap_profile
from tests.servers import LoopbackFeed
from tests.texts import cap_alert

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
PLAIN = cap_alert("Move your car to higher ground.")
NAMESPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"


@dataclass(frozen=True)
class Signer:
    """A key with its certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    def pem(self, path: Path) -> str:
        path.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return str(path)

    def sign(self, alert: bytes, *, reference: str | None = None) -> bytes:
        root = etree.fromstring(alert)
        signer = XMLSigner(
            method=SignatureConstructionMethod.enveloped,
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        signed = signer.sign(root, key=self.key, cert=[self.certificate], reference_uri=reference)
        return bytes(etree.tostring(signed))


def signer(name: str, *, until: datetime = NOW + timedelta(days=900)) -> Signer:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=900))
        .not_valid_after(until)
        .sign(key, hashes.SHA256())
    )
    return Signer(key, made)


OFFICE, STRANGER = signer("River Office of the Tests"), signer("Stranger")


@pytest.fixture
def source(tmp_path: Path) -> Source:
    keys = OFFICE.pem(tmp_path / "office.pem")
    return Source("floods", "Floods", "River Office", "https://floods.example.org/", format="cap", keys=keys)


def read(data: bytes, source: Source) -> Revision:
    (revision,) = intake.take(data, source, NOW).revisions
    return revision


def refused(data: bytes, source: Source) -> str:
    with pytest.raises(FormatError) as caught:
        intake.take(data, source, NOW)
    return caught.value.message.id


def altered(data: bytes) -> bytes:
    assert b"higher ground" in data
    return data.replace(b"higher ground", b"the old bridge")


def test_signed_with_the_key_that_we_were_given(source: Source) -> None:
    revision = read(OFFICE.sign(PLAIN), source)
    assert revision.verified is Verified.SIGNED
    assert [action.text for action in revision.actions] == ["Move your car to higher ground."]
    assert revision.warnings == ()
    assert shapes.advisory(revision)["verified"] == "signed"
    assert wording.trust_lines(revision) == ["Signed, and the signature is right."]


def test_any_of_several_keys_will_do(source: Source, tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_text(Path(STRANGER.pem(tmp_path / "s.pem")).read_text() + Path(source.keys or "").read_text())
    assert read(OFFICE.sign(PLAIN), source._replace(keys=str(both))).verified is Verified.SIGNED


def test_without_a_key_a_signature_says_nothing_and_that_is_said(source: Source) -> None:
    revision = read(OFFICE.sign(PLAIN), source._replace(keys=None))
    assert (revision.verified, revision.warnings) == (Verified.UNSIGNED, (Message("signature-unchecked"),))
    assert wording.trust_lines(revision) == [
        "It carries a signature, which could not be checked: no key of this source is known."
    ]
    unsigned = read(PLAIN, source)
    assert (unsigned.verified, unsigned.warnings, wording.trust_lines(unsigned)) == (Verified.UNSIGNED, (), [])


def test_what_was_altered_or_signed_by_another_is_refused(source: Source) -> None:
    assert refused(altered(OFFICE.sign(PLAIN)), source) == "signature-wrong"
    # Its certificate comes along, and stands for nothing.
    assert refused(STRANGER.sign(PLAIN), source) == "signature-wrong"
    assert (
        refused(OFFICE.sign(PLAIN).replace(b"SignatureValue>", b"SignatureValue>AAAA", 1), source) == "signature-wrong"
    )


def test_a_certificate_that_has_run_out_counts_no_more(source: Source, tmp_path: Path) -> None:
    old = signer("Old office", until=NOW - timedelta(days=1))
    assert refused(old.sign(PLAIN), source._replace(keys=old.pem(tmp_path / "old.pem"))) == "signature-wrong"


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_keys_that_cannot_be_read_are_the_sources_problem(
    source: Source, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "odd.pem"
    if content is not None:
        path.write_bytes(content)
    assert refused(PLAIN, source._replace(keys=str(path))) == "keys-unreadable"


def signature_of(signed: bytes) -> bytes:
    start = signed.index(b"<ds:Signature")
    return signed[start : signed.index(b"</ds:Signature>") + len(b"</ds:Signature>")]


def test_a_true_alert_wrapped_in_a_false_one_is_all_that_is_read(source: Source) -> None:
    """The false alert's signature is the true alert's, which stands inside it: only the true one may be read."""
    true = PLAIN.replace(b"<alert ", b'<alert Id="true" ')
    signed = OFFICE.sign(true, reference="true")
    signature = signature_of(signed)
    inner = signed.replace(signature, b"").partition(b"?>")[2] or signed.replace(signature, b"")
    false = altered(PLAIN).replace(b"</info>", b"</info>" + signature + b"<note>" + inner + b"</note>")
    try:
        found = intake.take(false, source, NOW).revisions
    except FormatError as error:
        assert error.message.id == "signature-wrong"
        return
    assert all("old bridge" not in action.text for one in found for action in one.actions)


def test_what_is_hidden_inside_the_signature_is_never_read(source: Source) -> None:
    """The signature itself is not covered by the signature: nothing in it is an alert's."""
    inside = altered(PLAIN).partition(b"?>")[2].replace(b"tests-2026-0001", b"tests-2026-0002")
    signed = OFFICE.sign(PLAIN)
    hidden = signed.replace(b"</ds:Signature>", b"<ds:Object>" + inside + b"</ds:Object></ds:Signature>")
    for known in (source, source._replace(keys=None)):
        revision = read(hidden, known)
        assert [action.text for action in revision.actions] == ["Move your car to higher ground."]


def test_each_alert_of_an_envelope_by_its_own_signature(source: Source) -> None:
    second = PLAIN.replace(b"tests-2026-0001", b"tests-2026-0002")
    signed = OFFICE.sign(PLAIN)
    envelope = b"<alerts>" + signed + second.partition(b"?>")[2] + b"</alerts>"
    found = {one.verified for one in intake.take(envelope, source, NOW).revisions}
    assert found == {Verified.SIGNED, Verified.UNSIGNED}
    assert (
        refused(b"<alerts>" + altered(signed) + second.partition(b"?>")[2] + b"</alerts>", source) == "signature-wrong"
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db", bytes(32)) as opened:
        yield opened


@pytest.mark.parametrize("kind", ["Alert", "Update", "Cancel"])
def test_what_is_signed_is_changed_by_nothing_unsigned(store: Store, source: Source, kind: str) -> None:
    saving.save_document(store, [read(OFFICE.sign(PLAIN), source)], (), NOW, first_look=False)
    (held,) = advisories.kept(store)
    false = altered(PLAIN).replace(b"03T08:10", b"03T09:10")
    if kind != "Alert":
        named = b"<references>floods@example.org,tests-2026-0001,2026-03-03T08:10:00+03:00</references>"
        false = false.replace(b"tests-2026-0001", b"tests-2026-0002")
        false = false.replace(b"<msgType>Alert</msgType>", f"<msgType>{kind}</msgType>".encode())
        false = false.replace(b"<scope>Public</scope>", b"<scope>Public</scope>" + named)
    for signs in (False, True):
        data = OFFICE.sign(false) if signs else false
        saved = saving.save_document(store, [read(data, source)], (), NOW, first_look=False)
        assert saved.refused == (() if signs else (held.id,))
        assert bool(saved.changes) == signs
    assert advisories.newest(store, held.id) != held.newest


def test_a_source_whose_signature_is_wrong_fails_and_keeps_what_it_had(tmp_path: Path, source: Source) -> None:
    profile, key = cheap_profile(tmp_path / "profile")
    with LoopbackFeed() as feed:
        known = {"floods": source._replace(url=feed.url("/floods"), from_user=True)}
        with Store.open(profile.database, key) as opened, opened.transaction():
            sources.follow(opened, ["floods"], [])

        def look() -> tuple[HealthState, str]:
            report = check.check(lambda: Store.open(profile.database, key), known, deadline_s=5)
            (health,) = report.sources
            return health.state, health.problem.id if health.problem else ""

        for data, told in (
            (OFFICE.sign(PLAIN), (HealthState.VERIFIED, "")),
            (altered(OFFICE.sign(PLAIN)), (HealthState.FAILING, "signature-wrong")),
            (altered(PLAIN), (HealthState.FAILING, "signature-missing")),
            (OFFICE.sign(PLAIN), (HealthState.VERIFIED, "")),
        ):
            feed.publish("/floods", data)
            assert look() == told
        with Store.open(profile.database, key) as opened:
            (held,) = advisories.kept(opened)
    assert held.newest.number <= 2  # it has run out meanwhile, and nothing else
    assert "higher ground" in held.newest.text.plain
