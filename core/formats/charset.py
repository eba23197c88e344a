"""Bytes that say one charset and are in another, into UTF-8 that says so. It knows no format but XML's first line.

What is read well as it is stays as it is, byte by byte: signatures are over bytes.
"""

import re

_DECLARED = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']", re.I
)
# What is written so on the wire is read as Windows-1252, which has a letter at every place that they have one.
_LATIN = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252", "iso_8859-1"}
_UTF8 = {"utf-8", "utf8"}
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UNMARKED = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"), (b"{\x00", "utf-16-le"), (b"\x00{", "utf-16-be"))


def mended(data: bytes) -> bytes:
    """The same XML in the charset that it says it is in, JSON out of UTF-16; anything else as it came.

    JSON has to be UTF-8 (RFC 8259, 8.1): what says so and is not was damaged.
    """
    for start, name in (*_WIDE, *_UNMARKED):
        if data.startswith(start):
            return _said(data.decode(name, "replace").lstrip("\ufeff").encode())
    if data.isascii() or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<":
        return data
    found = _DECLARED.match(data)
    says = found[1].decode("ascii").lower() if found else "utf-8"
    if says not in _LATIN | _UTF8:
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _said(_guessed(data))
    return data if says in _UTF8 else _said(data)


def _guessed(data: bytes) -> bytes:
    """Bytes that are no UTF-8: a text with a broken letter where most are whole, else Windows-1252."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return (text if whole > broken else data.decode("cp1252", "replace")).encode()


def _said(data: bytes) -> bytes:
    """XML in UTF-8 whose first line says so."""
    found = _DECLARED.match(data)
    return data[: found.start(1)] + b"utf-8" + data[found.end(1) :] if found else data
