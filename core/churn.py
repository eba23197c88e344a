"""Entries that a source gives another name while they stay: which advisory each of them is. Pure.

Some publishers make a new identifier each time that they publish. The old name goes and the new one comes in the same
answer; were they taken for two, a checklist would follow an advisory that never changes again.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence

from core.model import Kind, Revision
from core.sameness import normalised

_Key = Callable[[Revision], Hashable | None]


def _by_words(held: Revision) -> Hashable | None:
    """The same title and words. Of alerts only in the same issue: the next shelling is told in the same words."""
    words = normalised(held.text.plain)
    issued = held.issued if held.kind is not Kind.COUNTRY else None
    return (held.kind, normalised(held.title), words, issued) if words else None


def _by_address(held: Revision) -> Hashable | None:
    """The same address, of a country's page; alerts often share one."""
    return (held.kind, held.url) if held.kind is Kind.COUNTRY and held.url else None


def renamed(came: Sequence[Revision], gone: Sequence[Revision]) -> dict[str, str]:
    """Of the entries that came those that are ones that went: their new id, and the advisory's.

    What is not plain (two that are alike on either side, a message that speaks of others) stays apart.
    """
    found: dict[str, str] = {}
    for key in (_by_words, _by_address):
        new = _alone([one for one in came if one.dispatch is None and one.advisory_id not in found], key)
        old = _alone([one for one in gone if one.advisory_id not in found.values()], key)
        found |= {new[held].advisory_id: old[held].advisory_id for held in new if held in old}
    return found


def _alone(revisions: Sequence[Revision], key: _Key) -> dict[Hashable, Revision]:
    keys = [(key(one), one) for one in revisions]
    counts = Counter(held for held, _ in keys)
    return {held: one for held, one in keys if held is not None and counts[held] == 1}


def under_known_names(revisions: Sequence[Revision], names: Mapping[str, str]) -> list[Revision]:
    """The revisions, each as one of the advisory that its id leads to; what they say of others, of those likewise."""
    return [_under_known_name(one, names) for one in revisions]


def _under_known_name(one: Revision, names: Mapping[str, str]) -> Revision:
    own, dispatch = names.get(one.advisory_id, one.advisory_id), one.dispatch
    if dispatch is not None:
        known = dict.fromkeys(names.get(name, name) for name in dispatch.replaces)
        replaces = tuple(name for name in known if name != own)
        dispatch = dispatch._replace(id=names.get(dispatch.id, dispatch.id), replaces=replaces)
    return one._replace(advisory_id=own, dispatch=dispatch)
