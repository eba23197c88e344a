"""What the words of an instruction say wherever they stand: their id, situation, urgency, kind of response. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from core.commanding import leading_condition, matches
from core.due import due_within
from core.model import Urgency
from core.rules import Rules
from core.sameness import action_id

_JOINTS = (";", ",", "،", "؛")


def unjoined(words: str, rules: Rules) -> str:
    """Words without what joins them to the next item of their list: a semicolon, "and"."""
    ends = words.rstrip()
    if ends.endswith(_JOINTS) or ends.lower().endswith(rules.joined):
        return rules.ending.sub("", words)
    return words


@dataclass(frozen=True, slots=True)
class Instruction:
    """What an action's words say wherever they stand. `within`: when it is due, counted from the issuer's time."""

    id: str
    text: str
    condition: str | None
    urgency: Urgency
    within: timedelta | None
    response_type: str | None
    is_to_read: bool


@lru_cache(maxsize=20_000)
def said_by(words: str, rules: Rules, *, has_condition: bool) -> Instruction:
    """Remembered, because issuers say the same of one country after another. `has_condition`: their heading has one."""
    words = unjoined(words, rules).strip()
    condition, instruction = None, words
    if not has_condition and matches(rules.not_conditions, words) is None:
        before = leading_condition(words, rules)
        if before is not None and len(before) < len(words) - 1:
            condition, instruction = before, words[len(before) + 1 :].strip(" .")
    instruction = rules.please.sub("", instruction)
    urgency = matches(rules.urgencies, words)
    response = matches(rules.responses, instruction)
    return Instruction(
        action_id(words),
        words,
        condition,
        Urgency(urgency.label) if urgency else Urgency.UNKNOWN,
        due_within(words, rules),
        response.label if response else None,
        instruction.split(" ", 1)[0].lower() in rules.reading,
    )
