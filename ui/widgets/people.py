"""Under a row: one box for each of those who travel together, ticked where that one has done the item.

A box is saved as soon as it is pressed, like the tick of a row; what could not be saved springs back with a sentence.
"""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtWidgets import QCheckBox

from core.wording import tr
from ui import theme
from ui.widgets import build
from ui.widgets.flow import Flow
from ui.widgets.row_editor import RowEditor


class PeoplePanel(RowEditor):
    """`people`: who they are, and what each is called here; `done`: those who have done the item."""

    stays = True

    def __init__(self, people: Mapping[str, str], done: Collection[str]) -> None:
        self.boxes = {person: QCheckBox() for person in people}
        super().__init__(tr("Who has done the item"), next(iter(self.boxes.values())))
        self._done: Collection[str] = ()
        self.leave.setText(tr("Close"))
        self._column.setSpacing(theme.px(2))
        self._column.addWidget(build.label(tr("Who has done it"), "muted"))
        for person, box in self.boxes.items():
            self._column.addWidget(build.Choice(people[person], box))
            box.setAccessibleName(tr("Done by {name}").format(name=people[person]))
            box.clicked.connect(self.save_wanted)
        self._column.addWidget(self.refusal)
        acts = Flow(0)
        acts.addWidget(self.leave)
        self._column.addLayout(acts)
        self.show_done(done)

    def people(self) -> Sequence[str]:
        """Who has a box."""
        return tuple(self.boxes)

    def show_done(self, done: Collection[str]) -> None:
        """Show who has done it, as it is kept."""
        self._done = done
        self.refusal.hide()
        self._spring_back()

    def _spring_back(self) -> None:
        for person, box in self.boxes.items():
            box.setChecked(person in self._done)

    def said(self) -> dict[str, bool]:
        """The boxes that say something else than what is kept."""
        return {
            person: box.isChecked() for person, box in self.boxes.items() if box.isChecked() != (person in self._done)
        }

    def is_changed(self) -> bool:
        return bool(self.said())

    def refuse(self, sentence: str) -> None:
        self._spring_back()
        super().refuse(sentence)
