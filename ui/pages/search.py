"""Words found in every text that was ever kept. Choosing a find shows its text, the words marked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.finding import Sought, sought
from core.model import Kind
from core.store.search import Only
from core.wording import tr
from ui.widgets.filters import Option
from ui.widgets.rows_page import RowsPage


class SearchPage(RowsPage):
    """A field and filters for place, issuer, kind and the newest revision alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Search offline text"), tr("Words to find in every text ever kept"), parent)
        bar = self.filters
        bar.add_choice("place", tr("Place"), [Option(tr("All places"), "")])
        bar.add_choice("issuer", tr("Issuer"), [Option(tr("All issuers"), "")])
        kinds = [
            Option(tr("All kinds"), ""),
            Option(tr("Advice for a country"), Kind.COUNTRY),
            Option(tr("Alerts"), Kind.ALERT),
            Option(tr("Lists"), Kind.LIST),
            Option(tr("Quoted by others"), Kind.REPORT),
        ]
        bar.add_choice("kind", tr("Kind"), kinds)
        bar.add_box("newest", tr("Newest revision only"))

    def show_choices(self, countries: Sequence[Option], issuers: Sequence[Option]) -> None:
        """What there is to choose from."""
        self.filters.show_options("place", [Option(tr("All places"), ""), *countries])
        self.filters.show_options("issuer", [Option(tr("All issuers"), ""), *issuers])

    def sought(self) -> Sought:
        """The words as far as they are typed."""
        return sought(self.field.text(), unfinished=True)

    def only(self) -> Only:
        """Which revisions are looked in."""
        bar = self.filters
        kind = bar.value("kind")
        return Only(
            country=bar.value("place") or None,
            issuer=bar.value("issuer") or None,
            kind=Kind(kind) if kind else None,
            newest=bar.is_on("newest"),
        )
