"""Signatures inside alerts: whether the key that a source's entry names made them, and what exactly they vouch for.

CAP 1.2, 3.3.2.1: an enveloped signature of XML-Signature. Only a certificate that we were given counts, never one
that the alert brings along, and only the bytes that the signature covers are handed on: what stands around, beside or
inside the signature is nobody's word. Called only where a source has keys: the packages cost 100 ms.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import FormatError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import XMLParser

_MAX_BYTES = 1_000_000
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


def keys_in(file: str) -> list["Certificate"]:
    """The certificates of a PEM file. FormatError: there are none, or it cannot be read."""
    from cryptography import x509

    try:
        with Path(file).open("rb") as opened:
            found = x509.load_pem_x509_certificates(opened.read(_MAX_BYTES))
    except (OSError, ValueError) as error:
        raise FormatError("keys-unreadable") from error
    return found


def vouched_alerts(data: bytes, file: str, tags: Sequence[str], now: datetime) -> list[bytes | None]:
    """Of each alert of a document, in order, the XML that its signature vouches for; None where it has no signature.

    `data`: already known to be well-formed and free of a document type; `file`: the PEM file of the source's keys;
    `tags`: what an alert's element is called. FormatError: a signature is wrong, or the keys cannot be read.
    """
    from lxml import etree

    keys = keys_in(file)
    try:
        root = etree.fromstring(data.strip(b"\xef\xbb\xbf \t\r\n"), _parser())
    except (etree.LxmlError, ValueError) as error:
        raise FormatError("xml-unreadable") from error
    alerts = [
        element for element in root.iter(*tags) if not any(parent.tag in tags for parent in element.iterancestors())
    ]
    return [
        _vouched(etree.tostring(alert, with_tail=False), keys, now) if alert.find(SIGNATURE) is not None else None
        for alert in alerts
    ]


def _parser() -> "XMLParser":
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _vouched(alert: bytes, keys: Sequence["Certificate"], now: datetime) -> bytes:
    """What one of the keys vouches for. FormatError: none of them made the signature, or something was changed."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from lxml import etree
    from signxml.algorithms import SignatureMethod
    from signxml.exceptions import SignXMLException
    from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

    expected = SignatureConfiguration(
        location="./",
        expect_references=1,
        signature_methods=frozenset(
            one
            for one in SignatureMethod
            if one.name.startswith(("RSA_", "ECDSA_", "SHA2", "SHA3", "SHA5")) and not one.name.endswith("SHA1")
        ),
        verification_time=now,
    )
    for key in keys:
        try:
            root = etree.fromstring(alert, _parser())
            held = XMLVerifier().verify(root, x509_cert=key, expect_config=expected)
        except (SignXMLException, UnsupportedAlgorithm, etree.LxmlError, ValueError, NotImplementedError):
            continue  # another of the keys may have made it
        if isinstance(held, VerifyResult):  # one reference, as `expected` demands
            return bytes(held.signed_data)
    raise FormatError("signature-wrong")
