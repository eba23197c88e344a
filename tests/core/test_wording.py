"""Every sentence that the core can cause: there is one for each message, it is whole, and it can be translated."""

import ast
import gettext
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import errors, notices, wording
from core.freshness import freshness
from core.model import Message
from core.wording import COUNTED, SENTENCES, say, sentence, span

ROOT = Path(wording.__file__).resolve().parents[1]
FILES = sorted([ROOT / "main.py", *(ROOT / "core").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
MAKERS = {
    name for name, held in vars(errors).items() if isinstance(held, type) and issubclass(held, errors.SafeConductError)
} | {"Message"}
BEHAVIOUR = {"retry_after_seconds"}  # what an error tells the program, not the user
SPECIAL = {"changed-actions"}  # put together by `say` from what is not nought
# Where a message is not made from a constant: by the expression, and what it can be.
PASSED_ON = {
    "message_id",  # the family handing its id to the root
    "name",  # a message read back from storage
    "fault",  # of a descriptor: the two below
    "_LINES.get(change.kind, 'notice-text')",
}
DYNAMIC = {*notices._LINES.values(), "notice-text", "passphrase-unreadable", "key-unreadable"}
NOW = datetime(2026, 3, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Use:
    """One place that makes a message. `values` are the names it gives, None where that cannot be told."""

    where: str
    id: str
    values: frozenset[str] | None


def called(node: ast.Call) -> str:
    function = node.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def constants(node: ast.expr) -> list[str] | None:
    """The strings that an expression can be, or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        first, second = constants(node.body), constants(node.orelse)
        return None if first is None or second is None else first + second
    return None


def values(node: ast.Call, maker: str) -> frozenset[str] | None:
    if maker != "Message":
        names = [keyword.arg for keyword in node.keywords]
        return None if None in names else frozenset(name for name in names if name) - BEHAVIOUR
    if len(node.args) < 2:
        return frozenset()
    keys = node.args[1].keys if isinstance(node.args[1], ast.Dict) else None
    if keys is None or not all(isinstance(key, ast.Constant) for key in keys):
        return None
    return frozenset(str(key.value) for key in keys if isinstance(key, ast.Constant))


def calls() -> Iterator[tuple[str, ast.Call]]:
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def uses() -> tuple[list[Use], list[str]]:
    """Every place that makes a message, and the expressions of those whose id is no constant."""
    found: list[Use] = []
    passed_on: list[str] = []
    for where, node in calls():
        maker = called(node)
        if maker not in MAKERS or not node.args:
            continue
        ids = constants(node.args[0])
        if ids is None:
            passed_on.append(ast.unparse(node.args[0]))
        found += [Use(where, name, values(node, maker)) for name in ids or []]
    return found, passed_on


USES, EXPRESSIONS = uses()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(message_id: str) -> tuple[str, ...]:
    return COUNTED.get(message_id) or (SENTENCES[message_id],)


def test_many_messages_are_found() -> None:
    assert len(USES) > 70
    assert set(EXPRESSIONS) <= PASSED_ON


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.id} {use.where}")
def test_every_message_has_a_sentence_and_all_that_it_needs(use: Use) -> None:
    if use.id in SPECIAL:
        assert use.values is None or use.values >= {"new", "reworded", "gone"}
        return
    assert use.id in SENTENCES.keys() | COUNTED.keys()
    if use.values is not None:
        for form in forms(use.id):
            assert placeholders(form) <= use.values


def test_every_sentence_is_used() -> None:
    assert {*SENTENCES, *COUNTED} - {use.id for use in USES} - DYNAMIC == set()
    assert set(DYNAMIC) <= SENTENCES.keys()
    assert not SENTENCES.keys() & COUNTED.keys()


def test_no_sentence_shouts_or_begins_with_what_is_filled_in() -> None:
    for form in (form for name in {*SENTENCES, *COUNTED} for form in forms(name)):
        assert "!" not in form
        assert form == form.strip()
        assert "  " not in form
        if form[0] == "{":  # a name at the start would get a capital that is not its own
            assert form.startswith("{issuer}: ") or form.startswith("{count} ")
    for _, node in calls():
        if called(node) in {"tr", "trn", "N_"}:
            for words in (words for argument in node.args for words in constants(argument) or []):
                assert "!" not in words


def test_whole_sentences_end_and_clauses_do_not() -> None:
    for name, words in SENTENCES.items():
        if words[0].isupper() or words[0] in "“{":
            assert words.endswith(".") or name.startswith("notice-"), name
        else:
            assert not words.endswith("."), name
            assert sentence(words).endswith(".")


def dummy(message_id: str) -> Message:
    names = placeholders("".join(forms(message_id)))
    return Message(message_id, {name: 7 if name in {"count", "number"} else f"<{name}>" for name in names})


@pytest.fixture
def abroad(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every text is itself in brackets."""

    class Abroad(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return f"[{message}]"

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return f"[{msgid1 if n == 1 else msgid2}]"

    monkeypatch.setattr(wording, "_catalogue", Abroad)


@pytest.mark.parametrize("message_id", [*SENTENCES, *COUNTED])
def test_every_sentence_can_be_translated_and_keeps_its_values(message_id: str, abroad: None) -> None:
    message = dummy(message_id)
    words = say(message)
    assert re.fullmatch(r"\[.+\]", words)
    for value in message.values.values():
        assert str(value) in words


def test_what_is_put_together_can_be_translated(abroad: None) -> None:
    counts = Message("changed-actions", {"new": 1, "reworded": 2, "gone": 3})
    assert say(counts) == "[1 new], [2 reworded], [3 no longer listed]."
    assert say(Message("changed-actions", {"new": 0, "reworded": 0, "gone": 0})).startswith("[How urgent")
    for minutes in (0, 1, 59, 60, 2000, 9000):
        assert re.fullmatch(r"\[\d+ \w+\]", span(timedelta(minutes=minutes)))
    problem = Message("no-connection")
    for last in (None, NOW, NOW - timedelta(hours=9)):
        for trouble in (None, problem):
            for stale in (True, False):
                assert freshness(last, trouble, NOW, stale=stale).startswith("[")


def test_a_list_of_values_is_said_with_commas() -> None:
    assert say(Message("country-unknown", {"codes": ["UK", "EL"]})) == "These are no ISO countries: UK, EL."


def test_values_are_never_read_as_placeholders() -> None:
    assert say(Message("unknown-item", {"item": "{0} {item} %s"})).startswith("No item has the id {0} {item} %s.")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=-5), "0 min"),
        (timedelta(seconds=119), "1 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=9, minutes=59), "9 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_span_is_rounded_down(length: timedelta, words: str) -> None:
    assert span(length) == words


@pytest.mark.parametrize(
    ("last", "problem", "stale", "words"),
    [
        (None, None, False, "Not checked yet"),
        (None, "no-connection", False, "Never verified: no connection"),
        (0, None, False, "Checked just now"),
        (0, "no-connection", False, "Could not be verified just now: no connection"),
        (9, None, False, "Checked 9 h ago"),
        (9, None, True, "Not verified for 9 h"),
        (9, "too-slow", True, "Not verified for 9 h: no whole answer in time"),
    ],
)
def test_freshness_is_never_better_than_the_truth(
    last: int | None, problem: str | None, stale: bool, words: str
) -> None:
    verified = None if last is None else NOW - timedelta(hours=last)
    assert freshness(verified, Message(problem) if problem else None, NOW, stale=stale) == words
