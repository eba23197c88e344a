"""How long after the issuer's time an action is due by its own words: "within 24 hours". Pure."""

from datetime import timedelta

from core.rules import Rules


def due_within(words: str, rules: Rules) -> timedelta | None:
    """The duration in the words; None without one."""
    span = rules.duration.search(words) if rules.duration is not None else None
    if span is None:
        return None
    said = span["count"].lower()
    count = rules.numbers[said] if said in rules.numbers else int(said)
    return timedelta(hours=count) if span["hours"] else timedelta(days=count)
