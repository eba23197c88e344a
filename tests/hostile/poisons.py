"""Answers made to cost their reader time, memory or its life, each of about so many bytes. They are of our own making.

Each is what one server sends; nothing here is parsed. `good` in a name: there is something in it to be taken.
"""

from collections.abc import Callable

_HEAD = b"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>t</title>"
_TAIL = b"</channel></rss>"
Poison = Callable[[int], bytes]


def _channel(inner: bytes) -> bytes:
    return _HEAD + inner + _TAIL


def _item(body: bytes, *, title: bytes = b"Alert", raw: bool = False) -> bytes:
    words = body if raw else b"<![CDATA[" + body + b"]]>"
    return (
        b"<item><title>" + title + b"</title><link>https://example.org/poison</link><description>"
        + words + b"</description></item>"
    )  # fmt: skip


def _full(unit: bytes, size: int) -> bytes:
    return unit * (size // len(unit))


def _html(unit: str) -> Poison:
    """One entry whose markup repeats this."""
    return lambda size: _channel(_item(_full(unit.encode(), min(size, 2_000_000))))


def _words(unit: str) -> Poison:
    """One entry under a heading that commands, whose one paragraph repeats this."""
    return lambda size: _channel(
        _item(b"<p><b>Actions to take:</b></p><p>" + _full(unit.encode(), min(size, 2_000_000)) + b"</p>")
    )


def _entities(size: int) -> bytes:
    """Ten entities, each ten of the one before."""
    kinds = [b'<!ENTITY a "aaaaaaaaaa">']
    for one, other in zip("abcdefghij", "bcdefghijk", strict=True):
        kinds.append(b'<!ENTITY %s "%s">' % (other.encode(), b"&%s;" % one.encode() * 10))
    return b"<!DOCTYPE rss [" + b"".join(kinds) + b"]><rss><channel>" + b"<item>&k;</item>" * (size // 10_000) + _TAIL


XML: dict[str, Poison] = {
    "entities that explode": _entities,
    "ten megabytes of entities": lambda size: _channel(_item(_full(b"&amp;#38;", size), raw=True)),
    "elements nested without end": lambda size: _channel(b"<a>" * (size // 7) + b"</a>" * (size // 7)),
    "elements nested in an entry": lambda size: _channel(
        _item(b"<a>" * (size // 7) + b"x" + b"</a>" * (size // 7), raw=True)
    ),
    "millions of elements": lambda size: _channel(_full(b"<a/>", size)),
    "millions of entries": lambda size: _channel(_full(b"<item/>", size)),
    "one huge attribute": lambda size: _channel(b'<item a="' + b"x" * size + b'"/>'),
    "many attributes": lambda size: _channel(b"<item " + b" ".join(b'a%d="x"' % n for n in range(size // 12)) + b"/>"),
    "many names": lambda size: _channel(b"".join(b"<a%d/>" % n for n in range(size // 10))),
    "never closed": lambda size: _HEAD + _full(b"<a>", size),
    "never closed but at the end": lambda size: _channel(_full(b"<a>", size)),
    "malformed, without end": lambda size: _channel(_item(_full(b"<b", size), title=b"&nope; <b>", raw=True)),
    "malformed, many entries": lambda size: _channel(
        _full(b"<item><title>&nope; <b></title><link>http://example.org/</link></item>", size)
    ),
    "instructions before the feed": lambda size: b"<?xml?>" * (4000 // 7) + b"x" * 100,
    "comments before the feed": lambda size: b"<!---->" * (4000 // 7) + b"x" * 100,
    "comments behind the feed": lambda size: b"<rss>&nope;</rss>" + b"<!---->" * 280 + b"x",
    "a title of entities": lambda size: _channel(_item(b"x", title=_full(b"a &amp;lt; ", size))),
    "lists in lists": lambda size: (
        b'{"format":1,"id":"a","title":"t","sections":' + b"[" * (size // 2) + b"]" * (size // 2)
    ),
    "objects in objects": lambda size: b'{"format":1,"x":' + b'{"a":' * (size // 6) + b"1" + b"}" * (size // 6) + b"}",
    "a number without end": lambda size: b'{"format":' + b"1" * size + b"}",
    "zeros": lambda size: bytes(size),
}

BODIES: dict[str, Poison] = {
    "divisions nested": _html("<div>"),
    "lists nested": _html("<ul><li>"),
    "tables nested": _html("<table><tr><td>"),
    "closings hidden from a count": _html("<div><!--</div>-->"),
    "closings in attributes": _html("<div a='</div>'>"),
    "many formats at once": lambda size: _channel(
        _item(b"".join(b"<b a=%d>" % n for n in range(2000)) + _full(b"<p>x", min(size, 1_500_000)))
    ),
    "formats and tables": _html("<b><table>x<i>"),
    "links nested": _html("<a href='https://example.org/'><p>"),
    "a tag without end": lambda size: _channel(_item(b"<a " + _full(b"a=1 ", min(size, 2_000_000)))),
    "many breaks": _html("x<br>"),
    "comments that never end": _html("<!--"),
    "declarations": _html("<?"),
    "svg and math": _html("<svg><math>"),
    "no-break spaces": _html("&nbsp;"),
    "middle dots": _html("· x "),
    "ampersands": _html("&amp;"),
    "open brackets": _html("<"),
    "many entries": lambda size: _channel(
        b"".join(_item(b"<div>" * 2500).replace(b"poison", b"poison%d" % n) for n in range(size // 12_600))
    ),
}

TEXTS: dict[str, Poison] = {
    "sentences": _words("Avoid. "),
    "telephone numbers": _words("12 (1 "),
    "mail addresses": _words("a.b@c.d-"),
    "bullets": _words("a • "),
    "colons": _words("you: "),
    "conditions": _words("if you should, when you must, "),
    "audiences": _words("U.S. citizens who should be advised to "),
    "combining marks": _words("a\u0315\u0300"),
    "spaces of all kinds": _words("\u00a0\u2003\u200b "),
    "joiners": _words("\u200d"),
    "bullets and links": lambda size: _channel(
        _item(
            b"<p><b>Actions to take:</b></p><p>"
            + b"<a href='https://a.b/'>x</a>" * 6000
            + _full("a • ".encode(), min(size, 1_500_000))
        )
    ),
}
