"""Who of those who travel together has done an item: said in its row, and ticked for each in a panel under it."""

from PySide6.QtCore import QObject

from core.model import Item
from core.wording import tr
from ui.desk import Desk
from ui.models.items import name_of
from ui.pages.checklist import ChecklistPage
from ui.widgets.people import PeoplePanel


class People(QObject):
    """The company of each list, as it was when the page was shown last."""

    def __init__(self, desk: Desk, page: ChecklistPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._companies: dict[str, tuple[str, ...]] = {}

    def show(self) -> None:
        """Say in the rows who has done what."""
        self._companies = self._desk.journeys.companies()
        self._page.model.show_companies(self._companies, self._desk.journeys.come_in())

    def of(self, item: Item) -> tuple[str, ...]:
        """Who does the list of an item together; none where the traveller does it alone."""
        return self._companies.get(item.checklist, ())

    def panel(self, item: Item) -> PeoplePanel | None:
        """The boxes of an item; None where the traveller does its list alone, which is said."""
        company = self.of(item)
        if company:
            return PeoplePanel({person: name_of(person) for person in company}, item.doers)
        self._page.refuse(
            tr(
                "You do this list alone. Companions are named on the page of the current trip (Ctrl+J); they share "
                "every list but those for other places."
            )
        )
        return None

    def save(self, item_id: str, panel: PeoplePanel) -> None:
        """Save the boxes that were pressed, and show the item as it is then."""
        said = panel.said()
        if said:
            item = self._desk.journeys.set_people(item_id, said)
            panel.show_done(item.doers)
            self._page.model.show_saved(item)

    def freshen(self, item_id: str, panel: PeoplePanel) -> bool:
        """Show in the boxes what is kept now; False: they are not the boxes of this item any more."""
        item = next((one for one in self._page.model.items() if one.id == item_id), None)
        if item is None or self.of(item) != panel.people():
            return False
        if not panel.is_changed():
            panel.show_done(item.doers)
        return True
