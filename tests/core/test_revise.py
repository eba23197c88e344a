"""Checklists that follow their source: nothing is lost or doubled, and what the traveller did stays."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.model import Item, Standing, State
from core.revise import reconcile
from core.sameness import normalised
from tests.core.revisions import LIST, applied, items_of, revision_of
from tests.texts import ADDED, ALERT_1_ACTIONS, ALERT_2_ACTIONS, DROPPED, REWORDED

NOW = datetime(2026, 3, 3, 6, tzinfo=UTC)
WORDS = (
    "Avoid the old bridge.",
    "Avoid the new bridge.",
    "Avoid the old bridge and its ramps.",
    "AVOID the old bridge",
    "Carry water for three days.",
    "Carry water for two days.",
    "Carry food and water for three days, and keep your phone charged.",
    "Keep your phone charged.",
    "Keep your phone charged and with you at all times.",
    "Leave Freedonia by commercial transport.",
    "Leave Freedonia by road or by commercial transport as soon as you can.",
    "Stay away from the embassy.",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8)
UNLIKE = st.lists(st.sampled_from(WORDS), max_size=6, unique_by=normalised)
HISTORIES = st.lists(TEXTS, min_size=2, max_size=5)


def used(items: Sequence[Item], draw: st.DataObject) -> list[Item]:
    """The items after a traveller has been at them."""
    done = []
    for item in items:
        state = draw.draw(st.sampled_from(State))
        standing = item.standing
        if standing is not Standing.WITHDRAWN and draw.draw(st.booleans()):
            standing = Standing.CURRENT
        done.append(
            replace(
                item,
                state=state,
                done_at=NOW if state is State.DONE else None,
                note=draw.draw(st.sampled_from(["", "IA 215"])),
                due=draw.draw(st.sampled_from([item.due, NOW + timedelta(days=1), None])),
                reminder=draw.draw(st.sampled_from([None, NOW])),
                standing=standing,
                was=item.was if standing is not Standing.CURRENT else None,
            )
        )
    return done


def by_hand(item: Item) -> tuple[object, ...]:
    return (item.state, item.done_at, item.note, item.due, item.reminder, item.detail, item.checklist)


def listed(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.standing is not Standing.WITHDRAWN]


def followed(*versions: Sequence[str]) -> list[Item]:
    """The items after these versions, untouched by the traveller."""
    items = items_of(revision_of(versions[0]))
    for version in versions[1:]:
        items = applied(items, reconcile(items, revision_of(version), LIST))
    return items


def lines(items: Sequence[Item]) -> list[str]:
    """The checklist as a person would see it."""
    box = {State.OPEN: "☐", State.DONE: "☑", State.NOT_APPLICABLE: "–"}
    order = sorted(items, key=lambda item: (item.standing is Standing.WITHDRAWN, item.position))
    return [
        f"{box[item.state]} {item.text}"
        + ("" if item.standing is Standing.CURRENT else f" [{item.standing}]")
        + (f" (was: {item.was})" if item.was else "")
        for item in order
    ]


# --- whatever happens


@given(HISTORIES, st.data())
def test_no_item_is_lost_or_doubled_and_what_the_traveller_did_stays(
    history: list[list[str]], data: st.DataObject
) -> None:
    items = items_of(revision_of(history[0]))
    for texts in history[1:]:
        before = used(items, data)
        revision = revision_of(texts)
        result = reconcile(before, revision, LIST)
        items = applied(before, result)
        assert [item.id for item in items[: len(before)]] == [item.id for item in before]
        assert [by_hand(item) for item in items[: len(before)]] == [by_hand(item) for item in before]
        assert Counter(item.text for item in listed(items)) == Counter(texts)
        assert {item.action_id for item in listed(items)} == {action.id for action in revision.actions}
        assert sorted(item.position for item in listed(items)) == list(range(len(texts)))
        for item in result.added:
            assert (item.id, item.standing, item.state, item.note) == ("", Standing.NEW, State.OPEN, "")


@given(HISTORIES, st.data())
def test_equal_wording_keeps_its_item(history: list[list[str]], data: st.DataObject) -> None:
    items = items_of(revision_of(history[0]))
    for texts in history[1:]:
        before = {item.id: item for item in used(items, data)}
        items = applied(list(before.values()), reconcile(list(before.values()), revision_of(texts), LIST))
        wanted = Counter(map(normalised, texts))
        had = Counter(normalised(item.text) for item in listed(list(before.values())))
        kept = Counter(
            normalised(item.text)
            for item in listed(items)
            if item.id in before
            and before[item.id].standing is not Standing.WITHDRAWN
            and normalised(before[item.id].text) == normalised(item.text)
        )
        assert kept == had & wanted
        for item in listed(items):
            old = before.get(item.id)
            if old and old.standing is not Standing.WITHDRAWN and normalised(old.text) == normalised(item.text):
                assert (item.standing, item.was) == (old.standing, old.was)


@given(TEXTS, TEXTS, st.data())
def test_reconciling_twice_is_reconciling_once(before: list[str], after: list[str], data: st.DataObject) -> None:
    items = used(items_of(revision_of(before)), data)
    revision = revision_of(after)
    once = applied(items, reconcile(items, revision, LIST))
    again = reconcile(once, revision, LIST)
    assert (again.changed, again.added) == ((), ())


@given(HISTORIES, st.data())
def test_the_order_in_which_items_are_handed_in_does_not_matter(history: list[list[str]], data: st.DataObject) -> None:
    items = used(followed(*history[:-1]), data)
    mixed = data.draw(st.permutations(items))
    revision = revision_of(history[-1])
    straight, other = reconcile(items, revision, LIST), reconcile(mixed, revision, LIST)
    assert {item.id: item for item in straight.changed} == {item.id: item for item in other.changed}
    assert straight.added == other.added


@given(UNLIKE, st.lists(UNLIKE, max_size=3), UNLIKE, st.data())
def test_the_order_of_delivery_does_not_matter_for_what_is_kept(
    first: list[str], between: list[list[str]], last: list[str], data: st.DataObject
) -> None:
    begun = used(items_of(revision_of(first)), data)
    always = set(map(normalised, first)).intersection(*(map(normalised, texts) for texts in (*between, last)))
    ends = []
    for order in (between, data.draw(st.permutations(between))):
        items = begun
        for texts in (*order, last):
            items = applied(items, reconcile(items, revision_of(texts), LIST))
        assert [(item.id, by_hand(item)) for item in items[: len(begun)]] == [(i.id, by_hand(i)) for i in begun]
        assert Counter(item.text for item in listed(items)) == Counter(last)
        ends.append({(item.id, item.text, item.standing) for item in items if normalised(item.text) in always})
    assert ends[0] == ends[1]
    assert {normalised(item.text) for item in begun if item.id in {name for name, _, _ in ends[0]}} >= always


@given(TEXTS, st.data())
def test_another_order_of_the_actions_moves_items_and_does_no_more(texts: list[str], data: st.DataObject) -> None:
    items = used(items_of(revision_of(texts)), data)
    moved = data.draw(st.permutations(texts))
    result = reconcile(items, revision_of(moved), LIST)
    assert result.added == ()
    after = {item.id: item for item in applied(items, result)}
    for item in items:
        assert normalised(after[item.id].text) == normalised(item.text)
        assert (after[item.id].standing, after[item.id].was) == (item.standing, item.was)


def test_items_of_another_advisory_and_ones_own_are_left_alone() -> None:
    own = replace(items_of(revision_of(WORDS[:1]))[0], id="own", advisory_id=None, action_id=None)
    other = replace(own, id="other", advisory_id="embassy:2", action_id="x")
    result = reconcile([own, other], revision_of(WORDS[:1]), LIST)
    assert result.changed == ()
    assert [item.text for item in result.added] == [WORDS[0]]


# --- step by step


def test_the_scene() -> None:
    items = [
        replace(item, state=State.DONE if number in (0, 1, 3) else State.OPEN)
        for number, item in enumerate(items_of(revision_of(ALERT_1_ACTIONS)))
    ]
    after = applied(items, reconcile(items, revision_of(ALERT_2_ACTIONS), LIST))
    assert lines(after) == [
        f"☑ {REWORDED[1]} [reworded] (was: {REWORDED[0]})",
        f"☐ {ADDED} [new]",
        f"☑ {ALERT_2_ACTIONS[2]}",
        *(f"☐ {words}" for words in ALERT_2_ACTIONS[3:]),
        f"☑ {DROPPED} [withdrawn]",
    ]


def test_a_rewording_shows_what_was_and_reworded_back_it_is_as_before() -> None:
    first, second, third = "Carry water for three days.", "Carry water for five days.", "Carry water for six days."
    assert lines(followed([first], [second])) == [f"☐ {second} [reworded] (was: {first})"]
    assert lines(followed([first], [second], [third])) == [f"☐ {third} [reworded] (was: {first})"]
    assert lines(followed([first], [second], [first])) == [f"☐ {first}"]
    assert lines(followed([first], [second], [third], [first])) == [f"☐ {first}"]


def test_marks_and_case_alone_are_no_rewording() -> None:
    assert lines(followed(["Carry water, please."], ["carry water – please"])) == ["☐ carry water – please"]


def test_what_asks_for_something_else_is_important_until_it_says_what_was_looked_at() -> None:
    three, five, soft = (
        "Carry water for three days.",
        "Carry water for five days.",
        "Please carry water for three days.",
    )
    assert [item.important for item in followed([three], [five])] == [True]
    assert [item.important for item in followed([three], [soft])] == [False]
    assert [item.important for item in followed([three], [five], [soft])] == [False]
    assert [item.important for item in followed([three], [five], [three])] == [False]
    assert [item.important for item in followed([three], [five], [])] == [True]
    assert [item.important for item in followed([], [three], [five])] == [False]  # it was never looked at


def test_what_is_new_stays_new_until_it_is_looked_at() -> None:
    assert lines(followed([], ["Carry water for two days."], ["Carry water for three days."])) == [
        "☐ Carry water for three days. [new]"
    ]


def test_withdrawn_and_listed_again_it_is_the_same_item() -> None:
    keep, drop = "Stay away from the embassy.", "Carry water for three days."
    assert lines(followed([keep, drop], [keep])) == [f"☐ {keep}", f"☐ {drop} [withdrawn]"]
    assert lines(followed([keep, drop], [keep], [keep])) == [f"☐ {keep}", f"☐ {drop} [withdrawn]"]
    back = followed([keep, drop], [keep], [drop, keep])
    assert lines(back) == [f"☐ {drop}", f"☐ {keep}"]
    assert len(back) == 2


def test_reworded_withdrawn_and_back_it_is_still_to_be_looked_at() -> None:
    first, second = "Carry water for three days.", "Carry water for five days."
    assert lines(followed([first], [second], [], [second])) == [f"☐ {second} [reworded] (was: {first})"]


def test_of_a_doubled_action_one_can_go() -> None:
    words, other = "Avoid the old bridge.", "Keep your phone charged."
    items = followed([words, other, words])
    assert lines(items) == [f"☐ {words}", f"☐ {other}", f"☐ {words}"]
    ticked = [replace(item, state=State.DONE) if item.position == 2 else item for item in items]
    after = applied(ticked, reconcile(ticked, revision_of([words, other]), LIST))
    assert sorted(lines(after)) == [f"☐ {words}", f"☐ {other}", f"☑ {words} [withdrawn]"]


def test_equal_words_count_before_the_greatest_sum() -> None:
    # The first of a doubled action went, so that the second one's id is another; both ends of it came alone.
    words = "Register your arrival, carry water, charge your telephone, lock the door."
    start, end = "Register your arrival, carry water.", "Charge your telephone, lock the door."
    items = items_of(revision_of([words, end]))
    items[0] = replace(items[0], action_id=f"{items[0].action_id}-2", state=State.DONE)
    after = applied(items, reconcile(items, revision_of([start, words]), LIST))
    assert f"☑ {words}" in lines(after)


def test_of_equal_words_under_two_headings_each_keeps_its_own() -> None:
    first, second = items_of(revision_of(["Avoid the old bridge.", "Avoid the old bridge."]))
    items = [replace(first, heading="If the river rises"), replace(second, state=State.DONE)]
    after = applied(items, reconcile(items, revision_of(["Avoid the old bridge."]), LIST))
    assert lines(after) == ["☑ Avoid the old bridge.", "☐ Avoid the old bridge. [withdrawn]"]


def test_a_split_action_is_ticked_once_at_most() -> None:
    whole = "Carry food and water for three days, and keep your phone charged."
    parts = ["Carry food and water for three days.", "Keep your phone charged."]
    items = [replace(item, state=State.DONE) for item in items_of(revision_of([whole]))]
    after = applied(items, reconcile(items, revision_of(parts), LIST))
    assert [item.text for item in sorted(listed(after), key=lambda item: item.position)] == parts
    assert sum(item.state is State.DONE for item in after) == 1


def test_two_reworded_at_once_go_to_their_own() -> None:
    before = ["Avoid the old bridge after dark.", "Avoid the new bridge after dark."]
    after = ["Avoid the new bridge after ten.", "Avoid the old bridge after ten."]
    items = items_of(revision_of(before))
    pairs = {item.was: item.text for item in applied(items, reconcile(items, revision_of(after), LIST))}
    assert pairs == {before[0]: after[1], before[1]: after[0]}


def test_two_hundred_against_two_hundred() -> None:
    before = [f"Avoid road {number} between the old bridge and the mill." for number in range(200)]
    after = [f"Avoid road {number} between the new bridge and the mill." for number in reversed(range(200))]
    items, revision = items_of(revision_of(before)), revision_of(after)
    begun = time.perf_counter()
    found = applied(items, reconcile(items, revision, LIST))
    print(f"\n200 against 200 reworded actions: {time.perf_counter() - begun:.2f} s")
    assert all(item.text == item.was.replace("old", "new") for item in found if item.was)
    assert len(found) == 200
