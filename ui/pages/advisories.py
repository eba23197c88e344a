"""The advisories kept: one row each, filtered and sorted as one likes. Choosing one shows its text."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from core.store.choosing import NO_LEVEL, Order, Wanted
from core.wording import tr
from ui.widgets.filters import Option
from ui.widgets.rows_page import RowsPage

TRIP = "trip"


class AdvisoriesPage(RowsPage):
    """A field and filters for place, level, issuer, newness and what was not opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Advisories"), tr("Filter by words in the title, or a country"), parent)
        bar = self.filters
        bar.add_choice("place", tr("Place"), [Option(tr("All places"), "")])
        levels = [Option(tr("Level {value}").format(value=value), str(value)) for value in (4, 3, 2, 1)]
        none = Option(tr("No common level"), str(NO_LEVEL))
        bar.add_choice("level", tr("Common level"), [Option(tr("All levels"), ""), *levels, none])
        bar.add_choice("issuer", tr("Issuer"), [Option(tr("All issuers"), "")])
        days = [Option(tr("New today"), "1"), Option(tr("New in 3 days"), "3"), Option(tr("New in 7 days"), "7")]
        bar.add_choice("since", tr("When it came"), [Option(tr("At any time"), ""), *days])
        orders = [
            Option(tr("Newest first"), ""),
            Option(tr("Highest level first"), Order.LEVEL),
            Option(tr("By place"), Order.PLACE),
            Option(tr("By issuer"), Order.ISSUER),
        ]
        bar.add_choice("order", tr("Order"), orders, is_order=True)
        bar.add_box("unread", tr("Not opened yet"))

    def show_choices(self, countries: Sequence[Option], issuers: Sequence[Option], *, trips: bool) -> None:
        """What there is to choose from. `trips`: the places of the trips can be asked for."""
        near = [Option(tr("Places of your trips"), TRIP)] if trips else []
        self.filters.show_options("place", [Option(tr("All places"), ""), *near, *countries])
        self.filters.show_options("issuer", [Option(tr("All issuers"), ""), *issuers])

    def wanted(self, visited: frozenset[str]) -> Wanted:
        """What is asked for. `visited`: the places of the trips."""
        bar = self.filters
        place, level, since = bar.value("place"), bar.value("level"), bar.value("since")
        return Wanted(
            words=self.field.text(),
            countries=visited if place == TRIP else frozenset({place} if place else ()),
            issuer=bar.value("issuer") or None,
            level=int(level) if level else None,
            since=datetime.now(UTC) - timedelta(days=int(since)) if since else None,
            unread=bar.is_on("unread"),
            reading=self.current(),
        )

    def order(self) -> Order:
        """What comes first."""
        return Order(self.filters.value("order") or Order.NEWEST)
