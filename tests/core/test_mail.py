"""Saved mails: the words of the alert in them, whatever their coding; broken ones are refused in one line."""

import base64
import quopri
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import intake
from core.errors import FormatError
from core.model import Revision, Source

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
HEAD = (
    "Received: from gate.example (gate.example [192.0.2.1])\r\nFrom: Duty Desk <desk@embassy.example>\r\n"
    "To: you@example.org\r\nSubject: =?utf-8?q?Alert=3A_caf=C3=A9s_closed?=\r\n"
    "Date: Tue, 03 Mar 2026 05:10:00 +0000\r\nMIME-Version: 1.0\r\n"
)
WORDS = "Actions to Take:\n\n• Keep off the café pier.\n• Carry water; and\n\nAssistance:\n\n• Call 555 0100\n"
DASHED = WORDS.replace("•", "-")
PAGE = "<p>Actions to Take:</p><ul><li>Keep off the café pier.</li><li>Carry water; and</li></ul>"


def taken(data: bytes) -> Revision:
    source = Source("file", "file", "", "https://example.org/")
    (revision,) = intake.take(data, source, NOW, fetched=False).revisions
    return revision


def mail(kind: str, coding: str, body: bytes) -> bytes:
    return f"{HEAD}Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    "data",
    [
        mail("text/plain; charset=utf-8", "8bit", WORDS.encode()),
        mail("text/plain; charset=iso-8859-15", "quoted-printable", quopri.encodestring(DASHED.encode("iso-8859-15"))),
        mail("text/plain; charset=nonsense", "base64", base64.encodebytes(WORDS.encode())),
        mail("text/html; charset=utf-8", "base64", base64.encodebytes(PAGE.encode())),
        mail(
            "multipart/alternative; boundary=b", "8bit",
            b"--b\r\nContent-Type: text/plain\r\n\r\nSee the other part.\r\n--b\r\n"
            b"Content-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode() + b"\r\n--b--\r\n",
        ),
    ],
    ids=["plain", "quoted", "base64", "html", "alternative"],
)  # fmt: skip
def test_a_saved_alert_is_read(data: bytes) -> None:
    revision = taken(data)
    assert [action.text for action in revision.actions] == ["Keep off the café pier.", "Carry water"]
    assert (revision.title, revision.issued, revision.issuer) == (
        "Alert: cafés closed", datetime(2026, 3, 3, 5, 10, tzinfo=UTC), "",
    )  # fmt: skip


def test_attachments_are_not_read() -> None:
    data = mail(
        "multipart/mixed; boundary=b", "8bit",
        b"--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=x.html\r\n\r\n" + PAGE.encode()
        + b"\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease carry cash.\r\n--b--\r\n",
    )  # fmt: skip
    assert [action.text for action in taken(data).actions] == ["Please carry cash."]


def test_a_text_with_colons_is_no_mail() -> None:
    revision = taken(b"Where: the pier\nWhen: now\n\nActions to take:\n\n- Keep off the pier.\n")
    assert [action.text for action in revision.actions] == ["Keep off the pier."]


@given(
    st.binary(max_size=600), st.sampled_from(["text/plain", "multipart/mixed; boundary=b", "message/rfc822", "\x00"])
)
def test_whatever_follows_the_head_is_read_or_refused(body: bytes, kind: str) -> None:
    with suppress(FormatError):
        assert taken(mail(kind, "base64", body)).issuer == ""
