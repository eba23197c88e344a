"""A sealed copy gives back what it holds to its passphrase alone, and says in a sentence why it gives nothing."""

import hashlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import sealed, wrapping
from core.errors import InputError, LockedError, SafeConductError
from core.wording import SENTENCES
from tests.profiles import CHEAP

PHRASE = "a phrase for this copy"
HELD = b'{"held": "Leave by road"}'


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase that is cheap to try; what the program writes is measured elsewhere."""
    monkeypatch.setattr(wrapping, "COST", CHEAP)


def refusal(data: bytes, phrase: str = PHRASE) -> tuple[type[SafeConductError], str]:
    with pytest.raises(SafeConductError) as caught:
        sealed.opened(data, phrase)
    assert caught.value.message.id in SENTENCES
    return type(caught.value), caught.value.message.id


@given(held=st.binary(max_size=200_000))
def test_what_was_sealed_is_opened_again(held: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "COST", CHEAP)
        assert sealed.opened(sealed.seal(held, PHRASE), PHRASE) == held


def test_a_passphrase_typed_on_another_keyboard_opens_it() -> None:
    assert sealed.opened(sealed.seal(HELD, "naïve caf\u0065\u0301"), "nai\u0308ve café") == HELD


def test_nothing_that_it_holds_can_be_seen_and_no_two_are_alike() -> None:
    one, other = sealed.seal(HELD, PHRASE), sealed.seal(HELD, PHRASE)
    assert b"Leave" not in one
    assert PHRASE.encode() not in one
    about = len(sealed.MAGIC) + 14
    assert not any(one[at : at + 16] == other[at : at + 16] for at in range(about, len(one) - 16, 16))


def test_its_length_tells_an_order_of_magnitude_alone() -> None:
    lengths = {len(sealed.seal(bytes(size), PHRASE)) for size in (0, 1, 700, 20_000, (1 << 16) - 4)}
    assert len(lengths) == 1
    (least,) = lengths
    assert len(sealed.seal(bytes((1 << 16) - 3), PHRASE)) == least + (1 << 16)


def test_what_is_too_large_is_refused_before_a_passphrase_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "wrap", None)
    with pytest.raises(InputError, match="copy-too-large"):
        sealed.seal(bytes(1 << 25), PHRASE)


def test_a_short_passphrase_protects_nothing() -> None:
    with pytest.raises(InputError, match="passphrase-short"):
        sealed.seal(HELD, "1234567")


def test_each_fault_has_its_own_words() -> None:
    whole = sealed.seal(HELD, PHRASE)
    newer = whole[:16] + (2).to_bytes(2) + whole[18:]
    assert refusal(whole, PHRASE + "!") == (LockedError, "copy-wrong-passphrase")
    assert refusal(b"# A list\n- [ ] Water") == (InputError, "copy-not-ours")
    assert refusal(whole[:10]) == (InputError, "copy-not-ours")
    assert refusal(newer) == (InputError, "copy-newer")
    for length in (16, 18, 60, 113, len(whole) // 2, len(whole) - 1):
        assert refusal(whole[:length]) == (InputError, "copy-cut-off")
    assert refusal(whole + b"\n") == (InputError, "copy-changed")
    for place in (20, 40, 60, 100, 110, 200, len(whole) - 1):
        assert refusal(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]) == (InputError, "copy-changed")


def resummed(head: bytes, rest: bytes) -> bytes:
    """A copy whose head was changed on purpose, its sum with it."""
    return head + hashlib.sha256(head).digest()[:8] + rest


@pytest.mark.parametrize(
    ("passes", "lanes", "memory", "size"),
    [
        (0, 1, 8, 1 << 16), (9, 1, 8, 1 << 16), (65535, 1, 8, 1 << 16), (1, 0, 8, 1 << 16), (1, 9, 128, 1 << 16),
        (1, 1, 7, 1 << 16), (1, 1, (1 << 17) + 1, 1 << 16), (1, 1, (1 << 32) - 1, 1 << 16), (1, 1, 8, 0),
        (1, 1, 8, (1 << 16) + 1), (1, 1, 8, 1 << 15), (1, 1, 8, 1 << 26), (1, 1, 8, (1 << 32) - 1),
    ],
)  # fmt: skip
def test_no_number_of_a_head_is_believed(
    passes: int, lanes: int, memory: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sealed.seal(HELD, PHRASE)
    about = struct.pack(">16sHHHII", sealed.MAGIC, 1, passes, lanes, memory, size)
    monkeypatch.setattr(wrapping, "_derive", None)  # nothing is spent on it
    assert refusal(resummed(about + whole[30:106], whole[114:])) == (InputError, "copy-changed")


def test_a_head_that_was_changed_on_purpose_opens_nothing() -> None:
    whole = sealed.seal(HELD, PHRASE)
    about = struct.pack(">16sHHHII", sealed.MAGIC, 1, *CHEAP._replace(iterations=2), 1 << 16)
    assert refusal(resummed(about + whole[30:106], whole[114:])) == (LockedError, "copy-wrong-passphrase")


@given(st.data())
def test_any_damage_is_one_of_these_sentences(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wrapping, "COST", CHEAP)
        whole = bytearray(sealed.seal(HELD, PHRASE))
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
        cut = data.draw(st.none() | st.integers(0, len(whole)))
        try:
            assert sealed.opened(bytes(whole[:cut]), PHRASE) == HELD  # two strokes at one place may cancel out
        except SafeConductError as error:
            assert error.message.id.startswith("copy-")
