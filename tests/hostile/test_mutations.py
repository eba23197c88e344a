"""Some of the damaged captures; all ten thousand by `python -m tests.hostile.mutations`."""

import pytest

from tests.hostile import mutations

SOME = 120


@pytest.mark.skipif(not mutations.DATA.is_dir(), reason="the captures are not here")
def test_a_damaged_capture_is_read_or_refused() -> None:
    statuses, _, _, wrong = mutations.run(SOME, 0)
    assert [one for one in wrong if " took " not in one] == []  # how long, is for a quiet machine to say
    assert statuses[0] > SOME // 10
    assert statuses[2] > SOME // 10
