"""When an action is due by its own words: "within 24 hours" counts from the issuer's time. Pure."""

from datetime import datetime, timedelta

from core.rules import Rules


def due_by_words(words: str, issued: datetime | None, rules: Rules) -> datetime | None:
    """The issuer's time plus the duration in the words; None without either."""
    span = rules.duration.search(words) if rules.duration is not None and issued is not None else None
    if span is None or issued is None:
        return None
    said = span["count"].lower()
    count = rules.numbers[said] if said in rules.numbers else int(said)
    return issued + (timedelta(hours=count) if span["hours"] else timedelta(days=count))
