"""Brings what is kept into the side and the pages of the middle, each as a whole.

What may be large is read as `ui/reads.py` does, and comes a moment later.
"""

from PySide6.QtCore import QObject

from ui import where
from ui.desk import Desk
from ui.pages.advisories import AdvisoriesPage
from ui.reads import Reads
from ui.widgets.side import Side


class Filling(QObject):
    """Knows the pages that it fills, and nothing of how one comes to them."""

    def __init__(self, desk: Desk, reads: Reads, side: Side, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._reads, self._side = desk, reads, side

    def side(self) -> None:
        """The trip, and the counts of the places."""
        self._side.show_counts(sum(one.total - one.done for one in self._desk.lists()), self._desk.unread())
        self._reads.ask("side", lambda desk: where.glance(desk.trips(), desk.summaries()), self._show_glance)

    def _show_glance(self, glance: where.Glance) -> None:
        self._side.show_trip(glance.trip)
        self._side.show_fresh(glance.fresh)

    def advisories(self, page: AdvisoriesPage) -> None:
        """The advisories that fit what is in the page's field."""
        words = page.field.text()
        self._reads.ask(
            "middle",
            lambda desk: where.advisories_that_fit(words, desk.summaries(), desk.trips()),
            lambda found: page.show_lines(*found),
        )

    def hits(self, page: AdvisoriesPage) -> None:
        """What every text ever kept has of the words in the page's field."""
        words = page.field.text().strip()
        self._reads.ask("middle", lambda desk: where.finds(words, desk.find), lambda found: page.show_lines(*found))

    def nothing(self) -> None:
        """The middle shows something else now."""
        self._reads.forget("middle")
