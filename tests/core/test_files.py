"""Files attached to items, and the order by hand: kept encrypted, bounded, taken back, gone when nothing needs them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import InputError
from core.model import State
from core.store import checklists, files, ordering, own_lists, undo
from core.store.open import Store
from core.store.undo import KEPT, Act
from tests.profiles import Made, publish, scene
from tests.texts import ADDED, ALERT_2

NOW = datetime(2026, 5, 15, 12, 0, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The alert with its list."""
    return scene(tmp_path / "profile")


def names(store: Store, *items: str) -> list[str]:
    return [one.name for one in files.attached(store, items)]


def held_bytes(store: Store) -> int:
    row = store.row("SELECT coalesce(sum(length(data)), 0) FROM attachment_data")
    assert row is not None
    assert isinstance(row[0], int)
    return row[0]


def test_a_file_is_kept_encrypted_and_taken_back_and_done_again(made: Made) -> None:
    first, second = made.items[:2]
    secret = b"visa of the tests " * 4000
    with made.store() as store:
        held = files.attach(store, first, "/home/she/Visa & papers.pdf", secret, NOW)
        assert (held.name, held.size) == ("Visa & papers.pdf", len(secret))
        assert (names(store, first, second), names(store, second)) == ([held.name], [])
        files.remove(store, held.id)
        with pytest.raises(InputError, match="unknown-file"):
            files.content(store, held.id)
    with made.store() as store:  # over a restart
        back = undo.undo(store)
        assert back is not None
        assert (back.act, back.words) == (Act.DETACH, held.name)
        assert back.checklist == checklists.items_by_id(store, [first])[0].checklist
        assert files.content(store, held.id) == secret
        undo.undo(store)
        assert names(store, first) == []
        undo.redo(store)
        assert files.content(store, held.id) == secret
    for file in made.profile.folder.rglob("*"):
        assert not file.is_file() or b"visa of the tests" not in file.read_bytes()


def test_there_is_a_bound_to_one_file_and_to_all(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made.items[0]
    with made.store() as store:
        with pytest.raises(InputError, match="file-too-large-to-attach"):
            files.attach(store, first, "film.mp4", bytes(files.MAX_BYTES + 1), NOW)
        monkeypatch.setattr(files, "MAX_IN_ALL", 100)
        files.attach(store, first, "one", bytes(60), NOW)
        with pytest.raises(InputError, match="no-room-to-attach"):
            files.attach(store, first, "two", bytes(60), NOW)
        with pytest.raises(InputError, match="unknown-item"):
            files.attach(store, "nothing", "two", bytes(10), NOW)
        assert names(store, first) == ["one"]
        assert held_bytes(store) == 60


def test_bytes_go_when_no_act_can_bring_them_back(made: Made) -> None:
    first = made.items[0]
    with made.store() as store:
        held = files.attach(store, first, "one", bytes(60), NOW)
        name = own_lists.new_list(store, "Mine", NOW)
        (item,) = own_lists.add_items(store, name, ["Papers"])
        files.attach(store, item.id, "two", bytes(30), NOW)
        files.remove(store, held.id)
        own_lists.remove(store, item.id)
        undo.undo(store)
        assert names(store, item.id) == ["two"]
        undo.redo(store)
        files.attach(store, first, "three", bytes(1), NOW)
        assert held_bytes(store) == 91
        for number in range(KEPT + 1):
            checklists.set_note(store, first, f"{number}")
        files.attach(store, first, "four", bytes(1), NOW)
        assert held_bytes(store) == 2
        assert sorted(names(store, first)) == ["four", "three"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\she\\visa.pdf", "visa.pdf"),
        (".hidden", "hidden"),
        ("a\u202efdp.exe\n", "afdp.exe"),
        ("", "file"),
        ("..", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_a_name_and_nothing_else(name: str, plain: str) -> None:
    assert files.plain_name(name) == plain


def test_the_order_by_hand_is_kept_within_a_list_and_over_all(made: Made) -> None:
    with made.store() as store:
        ids = list(made.items)
        (held,) = checklists.all_lists(store)
        ordering.move(store, ids, ids[3], ids[0], over_all=False)
        wanted = [ids[3], *ids[:3], *ids[4:]]
        assert [item.id for item in checklists.items(store, held.id)] == wanted
        mine = own_lists.new_list(store, "Mine", NOW)
        (own,) = own_lists.add_items(store, mine, ["Papers"])
        every = [item.id for item in checklists.items(store)]
        ordering.move(store, every, own.id, next(one for one in every if one != own.id), over_all=True)
        assert checklists.items(store)[0].id == own.id
        assert [item.id for item in checklists.items(store, held.id)] == wanted
        checklists.set_state(store, [own.id], State.DONE, NOW)
        undo.undo(store)
        back = undo.undo(store)
        assert back is not None
        assert (back.act, back.words) == (Act.MOVE, "Papers")
        assert [item.id for item in checklists.items(store)] == every
        undo.undo(store)
        undo.undo(store)
        undo.undo(store)
        assert [item.id for item in checklists.items(store, held.id)] == ids


def test_what_comes_after_the_order_was_given_stands_behind(made: Made) -> None:
    with made.store() as store:
        (held,) = checklists.all_lists(store)
        ids = list(made.items)
        ordering.move(store, ids, ids[-1], ids[0], over_all=False)
    publish(made, ALERT_2)
    with made.store() as store:
        found = [item.text for item in checklists.items(store, held.id) if item.standing != "withdrawn"]
        assert found[-1] == ADDED
        assert checklists.items(store, held.id)[0].id == ids[-1]
