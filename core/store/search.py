"""Words looked up over every kept revision, offline, in the encrypted index."""

import re
from typing import cast

from core.model import Hit
from core.store.open import Store

OPEN_MARK, CLOSE_MARK = "\x02", "\x03"


def search(store: Store, words: str, *, unfinished: bool = False, limit: int = 200) -> list[Hit]:
    """Revisions that hold all the words, the best first, one hit an advisory (its newest revision that has them).

    The words are literal; with `unfinished` the last one may be the beginning of a word. No words, no hits.
    """
    found = re.findall(r"[^\W_]+", words)[:20]
    if not found:
        return []
    query = " ".join(f'"{word}"' for word in found) + ("*" if unfinished and words[-1:].isalnum() else "")
    # The inner limit is what the index may cost; a revision of every advisory fits in it many times.
    rows = store.rows(
        "SELECT r.advisory_id, r.number, r.title, snippet(words, -1, ?2, ?3, '…', 18) AS near, bm25(words, 4.0, 1.0) "
        "FROM words JOIN revision r ON r.rowid = words.rowid WHERE words MATCH ?1 "
        "ORDER BY bm25(words, 4.0, 1.0), r.number DESC LIMIT 2000",
        query,
        OPEN_MARK,
        CLOSE_MARK,
    )
    best: dict[str, Hit] = {}
    for row in rows:
        hit = Hit(*cast(tuple[str, int, str, str], row[:4]))
        held = best.get(hit.advisory_id)
        if held is None or hit.revision > held.revision:
            best[hit.advisory_id] = hit
    return list(best.values())[:limit]
