"""Commands that change something: follow, unfollow, start, tick, untick, skip, note, due. All or nothing."""

from core import bundled, markup, times
from core.catalogue import is_readable
from core.commands import shapes
from core.commands.reading import country_code, every_health, give_items, list_line, source_line
from core.commands.session import Session
from core.errors import InputError
from core.model import ListKind, State
from core.store import advisories, checklists, sources

MAX_NOTE = 10_000


def follow(session: Session) -> int:
    """`follow ID ...`."""
    ids = list(dict.fromkeys(session.options.ids))
    for name in ids:
        if name not in session.catalogue:
            raise InputError("unknown-source", source=name)
        if not is_readable(session.catalogue[name]):
            raise InputError("not-readable-yet", source=name)
    countries = list(dict.fromkeys(country_code(code) for code in session.options.country))
    with session.store(create=True) as store, store.transaction():
        sources.follow(store, ids, countries)
    return _give_sources(session, ids)


def unfollow(session: Session) -> int:
    """`unfollow ID ...`."""
    ids = list(dict.fromkeys(session.options.ids))
    with session.store() as store:
        records = sources.records(store)
        for name in ids:
            if name not in records and name not in session.catalogue:
                raise InputError("unknown-source", source=name)
        with store.transaction():
            sources.unfollow(store, ids)
    return _give_sources(session, ids)


def _give_sources(session: Session, ids: list[str]) -> int:
    found = [health for health in every_health(session) if health.source in ids]
    session.give({"sources": [shapes.health(one) for one in found]}, [source_line(one, session.now) for one in found])
    return 0


def start(session: Session) -> int:
    """`start ID ...`: the checklists of advisories, or bundled ones; all or none."""
    wanted = list(dict.fromkeys(session.options.ids))
    waiting = bundled.lists()
    with session.store(create=bool(set(wanted) & set(waiting))) as store:
        revisions = {name: advisories.newest(store, name) for name in wanted if name not in waiting}
        for name, revision in revisions.items():
            if revision is None:
                raise InputError("unknown-start", id=name)
        started = []
        for name in wanted:
            revision = revisions.get(name)
            if revision is not None:
                started.append(checklists.start_following(store, revision, session.now))
            else:
                held = waiting[name]
                started.append(
                    checklists.start_own(store, ListKind.BUNDLED, held.title, held.lines(), session.now, name)
                )
        found = [one for one in checklists.all_lists(store) if one.id in started]
    session.give({"checklists": [shapes.checklist(one) for one in found]}, [list_line(one) for one in found])
    return 0


def _set_state(session: Session, state: State) -> int:
    with session.store() as store:
        found = checklists.set_state(store, list(dict.fromkeys(session.options.ids)), state, session.now)
    give_items(session, found)
    return 0


def tick(session: Session) -> int:
    """`tick ID ...`."""
    return _set_state(session, State.DONE)


def untick(session: Session) -> int:
    """`untick ID ...`."""
    return _set_state(session, State.OPEN)


def skip(session: Session) -> int:
    """`skip ID ...`."""
    return _set_state(session, State.NOT_APPLICABLE)


def note(session: Session) -> int:
    """`note ID TEXT`."""
    text = markup.clean_note(" ".join(session.options.text))[:MAX_NOTE]
    with session.store() as store:
        found = checklists.set_note(store, session.options.id, text)
    give_items(session, found)
    return 0


def due(session: Session) -> int:
    """`due ID WHEN`."""
    words = " ".join(session.options.when)
    try:
        moment = times.when(words, session.now)
    except (ValueError, OverflowError) as error:
        raise InputError("bad-when", when=words[:60]) from error
    with session.store() as store:
        found = checklists.set_due(store, session.options.id, moment)
    give_items(session, found)
    return 0
