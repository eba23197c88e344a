"""Leads the page About: what is known of this program and this profile, and, from a thread, of its parts."""

from PySide6.QtCore import QObject, Signal, qVersion

from core.commands.arguments import VERSION
from core.shipped import Part, parts
from ui.desk import Desk
from ui.pages.about import AboutPage, Facts
from ui.work import Work


class About(QObject):
    """`left`, `keys_wanted`, `tour_wanted`: from its page."""

    left = Signal()
    keys_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.page = page = AboutPage()
        page.left.connect(self.left)
        page.keys_wanted.connect(self.keys_wanted)
        page.tour_wanted.connect(self.tour_wanted)
        self._reading: Work[list[Part]] | None = Work(parts, self._show_parts, _fault, self)

    def refresh(self) -> None:
        """Show how it is now."""
        followed = {one.source for one in self._desk.health()}
        every = sorted(self._desk.known().values(), key=lambda source: source.id not in followed)
        said = []
        for source in every:
            about = source.attribution or source.issuer or source.name
            named = not source.licence or source.licence in about
            said.append(about if named else f"{about} · {source.licence}")
        self.page.show_facts(
            Facts(
                VERSION,
                str(self._desk.profile.folder),
                self._desk.is_under_passphrase(),
                list(dict.fromkeys(said)),
            )
        )

    def close(self) -> None:
        """Forget what is still being read."""
        if self._reading is not None:
            self._reading.cancel()

    def _show_parts(self, found: list[Part]) -> None:
        self._reading = None
        lines = [f"{part.name} {part.version} · {part.licence}" for part in found]
        self.page.show_parts([f"Qt {qVersion()} · LGPL-3.0-only", *lines])


def _fault(fault: Exception) -> None:
    raise fault
