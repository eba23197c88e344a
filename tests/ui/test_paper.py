"""What goes on paper: read back from the PDF by another program, as whoever prints it would see it."""

import re
import subprocess
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from core import intake
from core.model import Item, Revision, State
from core.store import checklists
from tests.profiles import EMBASSY
from tests.texts import Alert, embassy_feed
from tests.ui.drawing import NOON, item
from ui.desk import Desk
from ui.paper.setting import Pages, pdf, print_on, set_card, set_text, usual_paper
from ui.paper.sheet import Part, Sheet

CONTACTS = (
    "<ul><li>Leave at once by <b>commercial</b> means.</li><li>Keep documents with you.</li></ul>"
    "<p>Embassy switchboard: +964 770 555 0101</p><p>Duty officer: duty.baghdad@example.org</p>"
)
ARABIC = "غادر البلاد فورا بوسائل النقل التجارية. رقم السفارة: +964 770 555 0101"


def revision(body: str = CONTACTS) -> Revision:
    alert = Alert("Security alert: <i>leave</i> & go", "https://iq.usembassy.gov/a/", body, "3 Mar 2026 05:10:00 GMT")
    return intake.take(embassy_feed([alert]), EMBASSY, NOON).revisions[0]._replace(number=3)


def sheet(items: list[Item], held: Revision | None = None, attribution: str = "From: Embassy (public).") -> Sheet:
    return Sheet("Leave Freedonia", [Part("Leave Freedonia", items, held, attribution)], NOON)


def printed(pages: Pages, folder: Path, page: int | None = None) -> str:
    """The words of a PDF as `pdftotext` reads them, white space folded, without the marks of direction."""
    file = folder / "out.pdf"
    file.write_bytes(pdf(pages))
    only = ["-f", str(page), "-l", str(page)] if page else []
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", *only, str(file), "-"], check=True, capture_output=True)
    words = unicodedata.normalize("NFKC", done.stdout.decode())  # Arabic letters come in the shapes they were drawn in
    return " ".join(re.sub("[\u2066-\u2069\u202a-\u202e]", "", words).split())


def pages_of(folder: Path) -> int:
    done = subprocess.run(["pdfinfo", str(folder / "out.pdf")], check=True, capture_output=True, text=True)
    return int(re.search(r"Pages:\s+(\d+)", done.stdout)[1])  # type: ignore[index]  # it always says


def test_the_card_says_what_is_open_who_said_it_and_when(tmp_path: Path) -> None:
    due = datetime(2026, 5, 16, 18, 0, tzinfo=UTC)
    items = [
        item("a", "Leave at once.", note="bus at 17:40\nseat 14C", due=due),
        item("b", "Buy water.", State.DONE),
        item("c", "Shave the dog.", State.NOT_APPLICABLE),
    ]
    words = printed(set_card(sheet(items, revision()), usual_paper()), tmp_path)
    here = due.astimezone()
    for said in ("Leave Freedonia", "☐ Leave at once.", "bus at 17:40", "seat 14C", f"{here:%H:%M}", "16 May 2026",
                 "3 Mar 2026", "revision 3", "iq.usembassy.gov", "From: Embassy (public).",
                 "Embassy switchboard: +964 770 555 0101", "duty.baghdad@example.org", "no government"):  # fmt: skip
        assert said in words, said
    assert "Buy water" not in words
    assert "Shave" not in words
    assert pages_of(tmp_path) == 1


@pytest.mark.parametrize(("count", "all_there"), [(20, True), (38, True), (400, False)])
def test_a_long_list_stays_on_its_page(tmp_path: Path, count: int, all_there: bool) -> None:
    items = [item(str(n), f"Item number {n}x: fill a bottle.") for n in range(count)]
    words = printed(set_card(sheet(items, revision()), usual_paper()), tmp_path)
    shown = len(re.findall(r"Item number \d+x", words))
    assert pages_of(tmp_path) == 1
    assert (shown == count) is all_there
    if not all_there:
        assert f"and {count - shown} more" in words
        assert shown > 30
    assert "+964 770 555 0101" in words
    assert "From: Embassy" in words


def test_what_is_most_urgent_is_what_stays(tmp_path: Path) -> None:
    items = [item(str(n), f"Item number {n}x: fill a bottle.") for n in range(400)]
    items.append(replace(item("z", "Leave within the hour."), due=NOON))
    assert "Leave within the hour." in printed(set_card(sheet(items), usual_paper()), tmp_path)


def test_right_to_left_stands_in_its_own_direction(tmp_path: Path) -> None:
    text = revision(f"<ul><li>{ARABIC}</li></ul><p>English after it.</p>")
    pages = set_card(sheet([item("a", ARABIC), item("b", "Leave now.")], text), usual_paper())
    assert "غادر البلاد فورا" in printed(pages, tmp_path)
    document = pages.document
    blocks = [document.findBlockByNumber(n) for n in range(document.blockCount())]
    (arabic,) = [one for one in blocks if one.text().startswith("☐") and "غادر" in one.text()]
    (english,) = [one for one in blocks if "Leave now." in one.text()]
    inside = document.pageSize().width()
    line = arabic.layout().lineAt(0)
    assert line.naturalTextRect().right() > inside - 400  # it begins at the right edge
    assert english.layout().lineAt(0).naturalTextRect().left() < 400
    assert "غادر البلاد فورا" in printed(set_text(sheet([], text), usual_paper()), tmp_path)


def test_the_whole_text_goes_over_pages_and_loses_nothing(tmp_path: Path) -> None:
    body = "".join(f"<p>Paragraph {n}x of the text. " + "Stay at home. " * 30 + "</p>" for n in range(60))
    pages = set_text(sheet([], revision(body)), usual_paper())
    words = printed(pages, tmp_path)
    assert pages_of(tmp_path) == pages.count() > 3
    assert [int(n) for n in re.findall(r"Paragraph (\d+)x", words)] == list(range(60))
    assert f"Page 2 of {pages.count()}" in printed(pages, tmp_path, page=2)
    assert "From: Embassy" in words


def test_markup_is_words(tmp_path: Path) -> None:
    evil = '<img src="file:/c.png"> <b>now</b>'
    words = printed(set_card(sheet([item("a", evil)], revision()), usual_paper()), tmp_path)
    assert evil in words


def test_several_lists_say_which_item_is_of_which(tmp_path: Path) -> None:
    one = Part("Leave Freedonia", [item("a", "Leave at once.")], revision(), "From: Embassy.")
    two = Part("Pack", [item("b", "Take cash.", advisory_id=None)], None, "")
    words = printed(set_card(Sheet("To do", [one, two], NOON), usual_paper()), tmp_path)
    for said in ("To do", "Leave at once. Leave Freedonia", "Take cash. Pack", "Leave Freedonia: ", "revision 3"):
        assert said in words, said


def test_a_printer_takes_the_same_pages(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(usual_paper())
    assert print_on(printer, set_card(sheet([item("a", "Leave at once.")], revision()), usual_paper()))
    done = subprocess.run(["pdftotext", str(tmp_path / "printed.pdf"), "-"], check=True, capture_output=True)
    assert "Leave at once." in done.stdout.decode()


def test_ink_stays_inside_the_margins() -> None:
    pages = set_card(sheet([item(str(n), "Leave at once. " * 8) for n in range(30)], revision()), usual_paper())
    size = pages.size().toSize()
    image = QImage(size, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    pages.draw(painter, 0)
    painter.end()
    bits, length = bytes(cast(memoryview, image.constBits())), image.bytesPerLine()
    rows = [bits[y * length :][: size.width()] for y in range(size.height())]
    inked = [y for y, row in enumerate(rows) if min(row) < 200]
    columns = [x for x in range(size.width()) if any(row[x] < 200 for row in rows)]
    assert 40 <= inked[0] < inked[-1] <= size.height() - 40
    assert 40 <= columns[0] < columns[-1] <= size.width() - 40


def test_of_the_real_store(desk: Desk, tmp_path: Path) -> None:
    (held,) = desk.lists()
    assert held.advisory_id is not None
    whole = desk.revision(held.advisory_id)
    assert whole is not None
    made = Sheet(held.title, [Part(held.title, desk.items(held.id), whole, "From: Embassy.")], datetime.now(UTC))
    words = printed(set_card(made, usual_paper()), tmp_path)
    for one in checklists.items(desk._store, held.id):
        assert " ".join(one.text.split()) in words
