"""Hostile HTML or text in; plain text with blocks, and a safe HTML made anew from those, out.

Nothing of the issuer's markup is passed on: it is cleaned (nh3), what the cleaner wrote is read once, and what is
kept is words, block structure and https addresses. `safe_html` writes tags of our own around escaped words, so
that no attribute, style, image or script of a source can ever reach a reader. This room decides nothing
about what the words mean.
"""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

from core.addresses import safe_address
from core.bounds import CONTROLS, MAX_CHARACTERS
from core.model import Block, BlockKind, Link, Text
from core.sanitising import Sanitised, sanitised

MAX_BLOCKS = 50_000
MAX_DEPTH = 6
_LABEL = 45
_LINES = 4
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
ITEM_SIGN = "• "

# The cleaner writes tags in lower case, quotes attributes and closes what is open in its order. In words and attributes
# it escapes what could be taken for the beginning or the end of a tag.
_HREF = re.compile(r' href="([^"]*)"')
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))
_VOID = {"", "br", "hr"}  # the first: before any tag
_LISTS = {"ol", "ul"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    "article", "blockquote", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "section", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_ENDS_LINE = _BLOCKS | {f"/{name}" for name in _BLOCKS} | {"br"}
_STRONG = {"b", "strong"} | _HEADINGS
# What a typed list uses for a bullet. A dash or star must be followed by a space, a number by a dot or bracket.
_MARKER = re.compile(
    r"^(?:[•·▪●◦‣∙■□○◎◯➢►▶▸◆◇→⁃⦁⬤※・①-⑳\u2600-\u27bf\uf076\uf0a7\uf0b7\uf0d8\uf0fc\U0001f300-\U0001faff]\ufe0f?\s*"
    r"|[-‐-―−*+oØ]\s+|[-‐–—](?=[^\W\d_a-z])|\(?(?:\d{1,2}|[a-h](?=[.)]\s)|(?:i{1,3}|iv|vi{0,3})(?=\)|\.\s))"
    r"(?:[.)/][-–]?(?:\s+|(?=[^\W\d_]))|\s?[-–](?!\s?\d)\s+|[ºª°]\s?[-.)–]?\s+)|\d{1,2}(?=[A-ZÀ-Þ][a-zß-ÿ])|（[\d]{1,2}）\s*)"
)
_INNER_MARKER = re.compile(
    r"(?<=\S)\s+[•▪●‣∙]\s*(?=\S)"
    r"|(?<=[.;!?؛])\s+(?:·|[-–—*](?=\s+[^\Wa-z_])|\(?\d{1,2}(?:[.)]|[-–](?!\d)))\s+(?=\S)"
)
# What every such mark has in folded words; most blocks have none.
_MAY_PART = re.compile(r" (?:[•▪●‣∙]|(?<=[.;!?؛] )[·\-–—*(\d])")
# The same of ASCII alone, found in half the time: it begins with a class of signs.
_MAY_PART_ASCII = re.compile(r"[.;!?] [-*(\d]")
# "You should: - stay inside - call home": a mark behind a colon, which then parts the words as often as it stands.
_OPENED_LIST = re.compile(r":\s+([-–—*·○➢►]|o(?= )|\(?(?:[1١]\s?[.)-]|a\)))\s+")
_NUMBERS = r"(?<=\S)\s+(?:(?:and|et|und|y|en)\s+)?\(?(?:\d{1,2}\s?[.)-]|[a-h]\))\s+(?=\S)"
_NUMBER = re.compile(r"\(?\d{1,2}[.)]?")
_LONGEST_NUMBER = 4
_SPACE = re.compile(r"\s+")
_LINK_START = itemgetter(0)


def fold(text: str) -> str:
    """One line of clean words: controls dropped, every run of white space one space, NFC."""
    return _spaced(text).strip()


def _spaced(text: str) -> str:
    """Words without controls, every run of white space one space, NFC."""
    if not text.isprintable():
        # These are most of what cannot be printed; what then can, has neither controls nor other white space.
        text = text.replace("\n", " ").replace("\u00a0", " ").replace("\t", " ")
        if not text.isprintable():
            return _SPACE.sub(" ", unicodedata.normalize("NFC", CONTROLS.sub("", text)))
    while "  " in text:
        text = text.replace("  ", " ")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@dataclass(slots=True)
class _Line:
    """A block being filled: its words as pieces, which of them are strong, and the links by piece."""

    kind: BlockKind
    depth: int = 0
    pieces: list[tuple[str, bool, str | None]] = field(default_factory=list)
    is_linked: bool = False


# What words stand in: their kind, depth, strength and address, and what is around the open item of the innermost list.
_Outer = tuple[BlockKind, int, bool, str | None, "_Outer | None"]


def _lines(cleaned: str, base: str | None) -> list[_Line]:
    """What the cleaner wrote, as lines: a tag of a block and a line break end one, words begin one.

    An item that is opened in another, with no list between them, stands beside it: somebody forgot to close that one.
    """
    lines: list[_Line] = []
    line: _Line | None = None
    stands: _Outer = (BlockKind.PARAGRAPH, 0, False, None, None)
    outer: list[_Outer] = []
    for part in f">{cleaned}".split("<"):
        tag, _, words = part.partition(">")
        name = "a" if tag.startswith("a ") else tag
        if name in _ENDS_LINE:
            line = None
        if name[:1] == "/":
            stands = outer.pop()
        elif name not in _VOID:
            kind, depth, strong, url, around = within = stands
            if name == "a":
                address = _HREF.search(tag)
                stands = (kind, depth, strong, safe_address(_decoded(address[1]) if address else "", base), around)
            elif name == "li":
                within = around or within
                stands = (BlockKind.ITEM, min(within[1] + 1, MAX_DEPTH), within[2], within[3], within)
            elif name in _LISTS:
                stands = (kind, depth, strong, url, None)
            elif name in _STRONG:
                stands = (BlockKind.HEADING if name in _HEADINGS else kind, depth, True, url, around)
            outer.append(within)
        if words:
            if "&" in words:
                words = _decoded(words)
            if line is None and not words.isspace():
                if len(lines) >= MAX_BLOCKS:
                    break
                line = _Line(stands[0], stands[1])
                lines.append(line)
            if line is not None:
                line.pieces.append((words, stands[2], stands[3]))
                if stands[3] is not None:
                    line.is_linked = True
    return lines


def _decoded(words: str) -> str:
    """Words without the escapes that the cleaner writes; its hard spaces are spaces."""
    words = words.replace("&nbsp;", " ")
    if "&" in words:
        for escape, sign in _ESCAPES:
            words = words.replace(escape, sign)
    return words


def from_html(markup: str, base: str | None = None) -> Text:
    """Cleaned text of an issuer's HTML. `base` resolves relative addresses; without it they are dropped.

    What should be HTML and has no tag is plain text with line breaks of its own: feeds say either in one field.
    """
    return read(sanitised(markup), base)


def read(markup: Sanitised, base: str | None) -> Text:
    """What `from_html` makes of HTML once it is sanitised; who has many texts sanitises all of them first."""
    return from_plain(markup.words) if markup.is_plain else _assemble(_lines(markup.words, base))


def from_plain(text: str) -> Text:
    """Cleaned text of plain words: a blank line ends a paragraph, a line with a bullet begins an item."""
    lines: list[_Line] = []
    text = text[:MAX_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n>") * 2 > text.count("\n"):  # what a mail passes on
        text = _QUOTED.sub("", text)
    for paragraph in re.split(r"\n\s*\n", text):
        rows = [row for row in paragraph.split("\n") if row.strip()]
        # Wrapped by a machine, some lines would go on in lower case.
        is_lines = len(rows) >= _LINES and all(row.lstrip()[:1].isupper() for row in rows)
        is_lines |= bool(rows) and rows[0].rstrip().endswith(":") and all(row[0].isspace() for row in rows[1:])
        for row, following in zip(rows, [*rows[1:], ""], strict=False):
            fresh = _MARKER.match(row.strip()) is not None
            after_heading = bool(lines) and lines[-1].pieces[-1][0].rstrip().endswith((":", "："))
            after_heading |= len(rows) > 1 and row is rows[1] and _is_label(rows[0], row)
            is_heading = row.rstrip().endswith((":", "：")) and _MARKER.match(following.strip()) is not None
            if row is rows[0] or fresh or after_heading or is_lines or is_heading:
                lines.append(_Line(BlockKind.PARAGRAPH))
            lines[-1].pieces.append((row + "\n", False, None))
    return _assemble(lines)


def _is_label(first: str, second: str) -> bool:
    """Whether the first line of a paragraph is a heading: short and open-ended, as no line wrapped by a machine is."""
    first, second = first.strip(), second.strip()
    return len(first) <= _LABEL and first[-1].isalnum() and second[0].isupper() and len(second) > len(first)


def _typed(lines: list[_Line]) -> Iterator[tuple[_Line, str | None]]:
    """The lines with those parted that hold typed items; with the folded words of a line where they are known.

    A paragraph that starts with a typed bullet is an item; bullets inside one line begin items of their own.
    """
    number = None  # a cell of a table, or a line, that holds nothing but a number: the next is its item
    for line in lines:
        pieces = line.pieces
        whole = fold(pieces[0][0] if len(pieces) == 1 else "".join([words for words, _, _ in pieces]))
        if number is not None:
            if line.kind is BlockKind.PARAGRAPH and whole[:1].isalpha():
                line.kind, line.depth = BlockKind.ITEM, 1
            else:
                yield number, None
            number = None
        if len(whole) <= _LONGEST_NUMBER and line.kind is BlockKind.PARAGRAPH and _NUMBER.fullmatch(whole):
            number = line
            continue
        # No bullet begins with a large letter of ASCII, and most lines do.
        marker = None if "A" <= whole[:1] <= "Z" else _MARKER.match(whole)
        opened = _OPENED_LIST.search(whole) if ": " in whole else None
        if line.kind is not BlockKind.HEADING and (marker or opened or _may_part(whole)):
            yield from ((part, None) for part in _parted(line, whole, marker, opened))
        else:
            # Composed signs could stand across two pieces, and links have to be placed.
            is_composed = whole.isascii() or len(pieces) == 1
            yield line, whole if is_composed and not line.is_linked else None
    if number is not None:
        yield number, None


def _may_part(whole: str) -> bool:
    """Whether folded words may hold a typed bullet."""
    return (_MAY_PART_ASCII if whole.isascii() else _MAY_PART).search(whole) is not None


def _parted(line: _Line, whole: str, marker: re.Match[str] | None, opened: re.Match[str] | None) -> Iterator[_Line]:
    inner = _INNER_MARKER
    if opened is not None and opened[1][-1] in ".)-" and len(opened[1]) > 1:
        inner = re.compile(_NUMBERS)
    elif opened is not None and whole.count(f" {opened[1]} ") > 1:
        inner = re.compile(rf"(?<=\S)\s+{re.escape(opened[1])}\s+(?=\S)")
    if not (marker or inner.search(whole)):
        yield line
        return
    if (
        inner is _INNER_MARKER
        and marker is None
        and line.kind is not BlockKind.ITEM
        and whole.count("•") < 2
        and not _opens_list(whole)
    ):
        yield line
        return
    kind, depth = line.kind, line.depth
    if marker:
        kind, depth = BlockKind.ITEM, max(depth, 1)
    current = _Line(kind, depth)
    left = marker[0].strip() if marker else ""
    for text, strong, url in line.pieces:
        text = _SPACE.sub(" ", CONTROLS.sub("", text))
        if left and text.strip():
            text, left = _unmarked(text.lstrip(), left)
            if not text.strip():  # the bullet stood alone in its own element
                continue
        # A bullet may follow words of the piece before: look at it with one character of what stands ahead.
        ahead = current.pieces[-1][0][-1:] if current.pieces else ""
        parts = inner.split(("." if ahead.strip() else "") + text) if ahead else inner.split(text)
        if ahead.strip():
            parts[0] = parts[0][1:]
        for index, part in enumerate(parts):
            if index:
                yield current
                current = _Line(BlockKind.ITEM, max(depth, 1))
            current.pieces.append((part, strong, url))
    yield current


def _unmarked(text: str, marker: str) -> tuple[str, str]:
    """A piece without the marker that its line starts with, and what of the marker is in the next: "<b>1</b>. Go"."""
    if own := _MARKER.match(text):
        return text[own.end() :], ""
    if text.startswith(marker):
        return text[len(marker) :], ""
    return ("", marker[len(text) :].strip()) if marker.startswith(text) else (text, "")


def _opens_list(whole: str) -> bool:
    """ "Actions to take: • one. • two": words that end in a colon just before the first bullet."""
    return re.search(r":\s*[•▪●‣∙]", whole) is not None


def _assemble(lines: list[_Line]) -> Text:
    """Lines to text: white space folded, offsets counted, blocks and links placed."""
    plain: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    length = 0
    for line, whole in islice(_typed(lines), MAX_BLOCKS):
        words, spans = _folded(line) if whole is None else (whole, [])
        if not _has_word(words):
            continue
        is_item = line.kind is BlockKind.ITEM
        between = ""
        if blocks:
            between = "\n" if is_item and blocks[-1].kind is BlockKind.ITEM else "\n\n"
        lead = between + ("  " * (line.depth - 1) + ITEM_SIGN if is_item else "")
        start = length + len(lead)
        blocks.append(Block(line.kind, start, start + len(words), line.depth if is_item else 0, _is_strong(line)))
        if spans:
            links += [Link(start + a, start + b, url) for a, b, url in spans]
        plain += [lead, words]
        length = start + len(words)
    return Text("".join(plain), tuple(blocks), tuple(links))


def _is_strong(line: _Line) -> bool:
    """Whether all of its words are."""
    for text, is_strong, _ in line.pieces:  # noqa: SIM110  # every line of every text comes here
        if not is_strong and _has_word(text):
            return False
    return True


def _has_word(text: str) -> bool:
    return text[:1].isalnum() or any(map(str.isalnum, text))


def _folded(line: _Line) -> tuple[str, list[tuple[int, int, str]]]:
    """The words of a line with white space folded, and where its links stand in them."""
    out = ""
    spans: list[tuple[int, int, str]] = []
    for text, _, url in line.pieces:
        text = _spaced(text)
        if text[:1] == " " and (not out or out[-1] == " "):
            text = text.lstrip(" ")
        start = len(out)
        out += text
        if url and text.strip():
            if spans and spans[-1][2] == url and not out[spans[-1][1] : start].strip():
                spans[-1] = (spans[-1][0], len(out.rstrip()), url)
            else:
                spans.append((start, len(out.rstrip()), url))
    out = out.rstrip()
    return out, [(a, min(b, len(out)), url) for a, b, url in spans if a < len(out)] if spans else spans


def joined(first: Text, second: Text) -> Text:
    """Two texts as one, the second a paragraph of its own."""
    if not first.plain:
        return second
    by = len(first.plain) + 2
    return Text(
        f"{first.plain}\n\n{second.plain}",
        first.blocks + tuple(b._replace(start=b.start + by, end=b.end + by) for b in second.blocks),
        first.links + tuple(link._replace(start=link.start + by, end=link.end + by) for link in second.links),
    )


def safe_html(text: Text) -> str:
    """The text as HTML of our own making: `h3 p ul li a b` around escaped words, https links only."""
    out: list[str] = []
    depth = 0
    for block in text.blocks:
        wanted = block.depth if block.kind is BlockKind.ITEM else 0
        out += ["<ul>"] * (wanted - depth) + ["</ul>"] * (depth - wanted)
        depth = wanted
        tag = {BlockKind.HEADING: "h3", BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "li"}[block.kind]
        inner = _linked(text, block)
        out.append(f"<{tag}><b>{inner}</b></{tag}>" if block.strong and tag == "p" else f"<{tag}>{inner}</{tag}>")
    return "\n".join(out + ["</ul>"] * depth)


def links_within(text: Text, start: int, end: int) -> tuple[Link, ...]:
    """The links that begin from `start` to before `end`; links stand in order."""
    links = text.links
    if not links or links[-1].start < start:
        return ()
    first = bisect_left(links, start, key=_LINK_START)
    return links[first : bisect_left(links, end, lo=first, key=_LINK_START)]


def _linked(text: Text, block: Block) -> str:
    out: list[str] = []
    at = block.start
    for link in links_within(text, block.start, block.end):
        if link.start >= at and link.url.startswith("https://"):
            out.append(html.escape(text.plain[at : link.start]))
            out.append(f'<a href="{html.escape(link.url)}">{html.escape(text.plain[link.start : link.end])}</a>')
            at = link.end
    return "".join([*out, html.escape(text.plain[at : block.end])])


def clean_note(text: str) -> str:
    """A traveller's own words: their line breaks stay, control characters go."""
    lines = (fold(line) for line in re.split(r"\r\n|[\r\n\u2028\u2029]", text))
    return "\n".join(lines).strip()
