"""The right column: what exactly was said, by whom and when, and how it is kept."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.model import Revision
from core.wording import sentence, status_lines, status_words, tr, trn, trust_lines
from ui import theme
from ui.moments import day_and_time, issued
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.reader import Reader


class ReadingPane(QWidget):
    """One advisory's text. `start_wanted`: the traveller wants its checklist."""

    start_wanted = Signal(str)
    link_wanted = Signal(str)
    copy_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = build.button(tr("Back"), self.back_wanted.emit, "link")
        self.back.hide()
        self.issuer = build.label(look="caps")
        self.title = build.label(look="heading")
        self.badge = build.Badge()
        self.dates = build.label(look="muted")
        self.status = build.label()
        self.where = build.button(tr("Where it says so"), self._show_evidence, "link")
        self.act = build.button("", self._start, "primary")
        self.reader = Reader()
        self.reader.link_wanted.connect(self.link_wanted)
        self.kept = build.label(look="muted")
        self.copy = build.button(tr("Copy link"), self._copy, "link")
        self.browse = build.button(tr("Open in browser"), self._browse, "link")
        self._revision: Revision | None = None
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(16))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.issuer, self.title, self.badge, self.dates, self.status):
            layout.addWidget(widget)
        acts = Flow(theme.px(12))
        acts.addWidget(self.act)
        acts.addWidget(self.where)
        layout.addLayout(acts)
        self.top_rule, self.bottom_rule = self._rules = build.rule(), build.rule()
        layout.addWidget(self.top_rule)
        layout.addWidget(self.reader, 1)
        layout.addWidget(self.bottom_rule)
        layout.addWidget(self.kept)
        links = QHBoxLayout()
        links.setSpacing(theme.px(8))
        links.addWidget(self.copy)
        links.addWidget(self.browse)
        links.addStretch(1)
        layout.addLayout(links)
        self._fill = QWidget()
        layout.addWidget(self._fill, 1)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._revision = None
        self.title.setText(tr("Nothing chosen"))
        self.dates.setText(tr("Choose an item or an advisory to read what exactly was said."))
        self.issuer.setText("")
        self.badge.show_words("", "", "")
        for widget in (self.act, self.status, self.where, self.reader, self.kept, self.copy, self.browse, *self._rules):
            widget.hide()
        self._fill.show()

    def show_own(self, line: str) -> None:
        """An item that no issuer stands behind."""
        self.show_nothing()
        self.title.setText(tr("No issuer's words"))
        self.dates.setText(line)

    def restyle(self) -> None:
        """The theme has changed: the text is laid out anew in its colours."""
        revision, marked = self._revision, self.reader.marked
        if revision is not None:
            level = revision.level
            self.badge.show_words(level.words if level else "", *theme.level_colours(level.value if level else None))
            self.reader.show_text(revision.text)
            self.reader.mark(*(marked or (None, None)))

    def shown(self) -> str | None:
        """The id of the advisory shown."""
        return self._revision.advisory_id if self._revision else None

    def show_revision(self, revision: Revision, *, has_list: bool, in_list: bool) -> None:
        """Show a text. `has_list`: its checklist is started; `in_list`: it is the one beside."""
        same = self._revision is not None and self._revision == revision
        self._revision = revision
        self.issuer.setText(revision.issuer.upper())
        self.title.setText(revision.title)
        level = revision.level
        self.badge.show_words(level.words if level else "", *theme.level_colours(level.value if level else None))
        self.dates.setText(_dates(revision))
        known = [sentence(status_words(revision.status))] if revision.status else []
        lines = "\n".join([*known, *trust_lines(revision)])
        self.status.setText(lines)
        self.status.setVisible(bool(lines))
        self.status.setToolTip("\n".join(status_lines(revision)))
        self.status.setAccessibleDescription(self.status.toolTip())
        self.where.setVisible(bool(revision.evidence))
        count = len(revision.actions)
        words = trn("Start a checklist of {count} action", "Start a checklist of {count} actions", count)
        if has_list:
            words = tr("Open its checklist")
        self.act.setText(words)
        self.act.setAccessibleName(words)
        self.act.setVisible(not in_list and (has_list or count > 0))
        if not same:
            self.reader.show_text(revision.text)
        self.kept.setText(_kept(revision))
        host = urlsplit(revision.url).hostname if revision.url else None
        for widget in (self.reader, self.kept, self.top_rule, self.bottom_rule):
            widget.show()
        self._fill.hide()
        self.copy.setVisible(host is not None)
        self.browse.setVisible(host is not None)

    def _show_evidence(self) -> None:
        """Mark the sentence that a status word comes from; again, that of the next one."""
        places = [(one.start, one.end) for one in self._revision.evidence] if self._revision else []
        if places:
            at = places.index(self.reader.marked) + 1 if self.reader.marked in places else 0
            self.reader.mark(*places[at % len(places)])

    def _start(self) -> None:
        if self._revision:
            self.start_wanted.emit(self._revision.advisory_id)

    def _copy(self) -> None:
        if self._revision and self._revision.url:
            self.copy_wanted.emit(self._revision.url)

    def _browse(self) -> None:
        if self._revision and self._revision.url:
            self.link_wanted.emit(self._revision.url)


def _dates(revision: Revision) -> str:
    parts = []
    if revision.issued:
        parts.append(
            tr("issued {time}").format(time=issued(revision.issued, datetime.now(UTC), is_date=revision.issued_is_date))
        )
    parts.append(tr("revision {number}").format(number=revision.number))
    return " · ".join(parts)


def _kept(revision: Revision) -> str:
    size = max(1, round(len(revision.text.plain.encode()) / 1000))
    since = day_and_time(revision.fetched, datetime.now(UTC)) if revision.fetched else ""
    kept = tr("Kept offline since {time} · {size} kB · plain text, nothing loaded from outside")
    kept = kept.format(time=since, size=size)
    host = urlsplit(revision.url).hostname if revision.url else None
    return kept + ("\n" + tr("Source: {host}").format(host=host) if host else "")
