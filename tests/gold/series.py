"""The revised documents, each as its issuer's feed would have shown it: one item that changes from state to state.

A state is a captured Markdown file. It goes in as RSS, so that it is read as a source's item is, and a document
without any action is a state too.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from xml.sax.saxutils import escape

from core import intake
from core.model import Kind, Revision, Source
from tests.gold.real import CAPTURES

REVISIONS = CAPTURES / "revisions"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
_US_TITLE = re.compile(r"^### +(.{2,60} - (Level [1-4]: [A-Z][A-Za-z ]+?))\s*$", re.MULTILINE)
# What the pages of Canada and Ireland head themselves with; the first that stands there is the country's.
_HEADLINE = re.compile(
    r"(?P<one>(?:take normal security|normal) precautions)|(?P<two>high degree of caution)"
    r"|(?P<three>avoid non-essential travel)|(?P<four>avoid all travel|do not travel)",
    re.IGNORECASE,
)
_VALUES = ("one", "two", "three", "four")


@dataclass(frozen=True)
class Document:
    """One page of one issuer: its path below the captures, its address, and its states, the oldest first."""

    name: str
    files: tuple[Path, ...]

    @property
    def address(self) -> str:
        return f"https://example.org/{self.name}"


@cache
def documents() -> tuple[Document, ...]:
    """Every document, in the order of its name; none where the captures are absent."""
    folders = sorted({path.parent for path in REVISIONS.rglob("[0-9]*_*.md")})
    return tuple(
        Document(str(folder.relative_to(REVISIONS)), tuple(sorted(folder.glob("[0-9]*_*.md")))) for folder in folders
    )


def item(document: Document, path: Path) -> str:
    """One state as an item of a feed, with the level that the page heads itself with."""
    from markdown_it import MarkdownIt

    words = path.read_text(encoding="utf-8")
    issuer, place, page = document.name.split("/")
    title, level = f"{place} {page}".replace("_", " "), ""
    american, headline = _US_TITLE.search(words), _HEADLINE.search(words)
    if issuer == "unitedstates" and american:
        title, level = american[1], american[2]
    elif issuer in ("canada", "ireland") and "security" not in page and headline:
        level = f"Level {_VALUES.index(headline.lastgroup or 'one') + 1}: {headline[0]}"
    category = f'<category domain="Threat-Level">{escape(level)}</category>' if level else ""
    body = MarkdownIt("commonmark", {"html": False}).render(words)
    day = datetime.strptime(path.stem.split("_")[1], "%Y-%m-%d").replace(tzinfo=UTC)
    return (
        f"<item><title>{escape(title)}</title><link>{document.address}</link><guid>{document.address}</guid>"
        f"<pubDate>{day:%a, %d %b %Y} 12:00:00 +0000</pubDate>{category}"
        f"<description>{escape(body)}</description></item>"
    )


def feed(*items: str) -> bytes:
    """A feed of these items."""
    return "".join(chain(['<rss version="2.0"><channel><title>Pages</title>'], items, ["</channel></rss>"])).encode()


@cache
def state(document: Document, path: Path) -> Revision:
    """One state as it is read."""
    source = Source("series", "series", "", "https://example.org/", kind=Kind.COUNTRY)
    (revision,) = intake.take(feed(item(document, path)), source, NOW).revisions
    return revision
