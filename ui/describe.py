"""Values of the core as the window's words: a list's head, its banner, what is to do."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from core.groups import group_of, progress
from core.model import (
    Checklist,
    Group,
    Item,
    Kind,
    ListKind,
    Message,
    Revision,
    Standing,
    State,
    Values,
)
from core.review import News
from core.wording import say, span, tr, trn
from ui import theme
from ui.direction import in_a_row
from ui.moments import day, issued
from ui.pages.checklist import Page

if TYPE_CHECKING:
    from core.store.overview import Summary


_LONGEST_ORIGIN = 600


def advisory_head(revision: Revision | None, now: datetime) -> str:
    """The quiet line under a list's title."""
    if revision is None:
        return ""
    parts = [revision.issuer] if revision.issuer else []
    if revision.issued:
        parts.append(tr("issued {time}").format(time=issued(revision.issued, now, is_date=revision.issued_is_date)))
    parts.append(tr("revision {number}").format(number=revision.number))
    parts.append(tr("kept offline"))
    return " · ".join(parts)


def banner(news: News, now: datetime) -> tuple[str, str] | None:
    """ "Changed 2 h ago · 9 to look at." and what: everything that the traveller has not looked at since."""
    if not news:
        return None
    from core.changed import lines_of  # only a list that changed waits for it

    age = span(now - news.at) if news.at else ""
    head = tr("Changed {age} ago").format(age=age) if news.at and (now - news.at).total_seconds() >= 60 else ""
    head = in_a_row([head or tr("Changed just now"), tr("{count} to look at.").format(count=news.to_look_at)])
    standings = [item.standing for item in news.waiting]
    counts: Values = {
        "new": standings.count(Standing.NEW),
        "reworded": standings.count(Standing.REWORDED),
        "gone": standings.count(Standing.WITHDRAWN),
    }
    parts = [say(line) for line in lines_of(news.beside)] if news.beside else []
    if standings:
        parts.append(say(Message("changed-actions", counts)))
    important = sum(item.important for item in news.waiting if item.standing is Standing.REWORDED)
    if important:
        parts.append(trn("{count} now asks for something else.", "{count} now ask for something else.", important))
    parts.append(tr("What you ticked is kept."))
    return head, " ".join(parts)


def list_page(
    checklist: Checklist,
    items: Sequence[Item],
    revision: Revision | None,
    news: News,
    now: datetime,
    hidden: int = 0,
) -> Page:
    """A checklist's page."""
    t = theme.tokens()
    acts_now = any(
        item.state is State.OPEN and item.standing is not Standing.WITHDRAWN and group_of(item, now) is Group.NOW
        for item in items
    )
    badge = None
    if revision and revision.kind is Kind.REPORT:
        badge = (tr("Quoted, not from the issuer"), t.changed, t.changed_ground)
    elif revision and revision.level:
        level = revision.level
        badge = (theme.level_words(level.words, level.value), *theme.level_colours(level.value))
    elif revision and acts_now:
        badge = (tr("Act now"), t.level_4, t.level_4_ground)
    done, total = progress(items)
    is_own = checklist.kind is ListKind.OWN
    about = no_issuer(bundled=True) if checklist.kind is ListKind.BUNDLED else advisory_head(revision, now)
    if checklist.origin is not None:
        badge, about = (tr("Copy"), t.changed, t.changed_ground), came(checklist)
    return Page(
        title=checklist.title,
        about=tr("Archived: it counts and tells nothing.") if checklist.archived else about,
        badge=badge,
        done=done,
        total=total,
        items=tuple(items),
        changed=banner(news, now),
        hidden=hidden,
        empty=tr("This list has no items yet.") if is_own else tr("This list has no items."),
        checklist=checklist.id,
        is_own=is_own,
        is_archived=checklist.archived is not None,
    )


def todo_page(
    items: Sequence[Item], kept: bool, lists: Sequence[Checklist], suggested: "Summary | None" = None
) -> Page:
    """Everything that is open, over all lists, or the first of it. Freshness is not its affair: the foot says that."""
    listed = [item for item in items if item.standing is not Standing.WITHDRAWN]
    done, total = sum(one.done for one in lists), sum(one.total for one in lists)
    open_items = tuple(item for item in listed if item.state is State.OPEN)
    offer = None
    if listed and not open_items:
        empty = tr("Every item of your lists is done. That says nothing about whether you are safe.")
    elif suggested is not None:
        said = tr("No checklist is started. The newest for your trip that says what to do is “{title}” ({about}).")
        about = [suggested.issuer] if suggested.issuer else []
        about += [tr("issued {time}").format(time=day(suggested.issued))] if suggested.issued else []
        empty = said.format(title=suggested.title, about=", ".join(about))
        words = trn(
            "Start its checklist of {count} action", "Start its checklist of {count} actions", suggested.actions
        )
        offer = (suggested.id, words)
    elif kept:
        empty = tr("No checklist is started. Choose an advisory to start one.")
    else:
        empty = nothing_kept()
    head = trn("{count} open item over all your lists", "{count} open items over all your lists", total - done)
    offers = kept and not listed
    return Page(
        tr("To do"),
        head if open_items else "",
        None,
        done,
        total,
        open_items,
        empty=empty,
        offers_advisories=offers,
        offer=offer,
        lists={one.id: one.title for one in lists} if len(lists) > 1 else {},
    )


def nothing_kept() -> str:
    """Before the first check that succeeds."""
    return tr(
        "Nothing is kept yet. Advisories come with the first check that succeeds. The checklists that came with the "
        "program need no network: choose one to begin with it."
    )


def came(checklist: Checklist) -> str:
    """Of a list that came in a file: since when it is here, and what the file said of where its words are from."""
    said = (
        tr("It came in a file on {day}, with its ticks as they stood, and does not follow its source.").format(
            day=day(checklist.started)
        )
        if checklist.started
        else ""
    )
    return f"{said} {(checklist.origin or '')[:_LONGEST_ORIGIN]}".strip()


def no_issuer(*, bundled: bool) -> str:
    """What stands beside an item that follows nothing."""
    if bundled:
        return tr(
            "This list came with Safe Conduct. Its words are ours, compared with the public guidance of governments "
            "and aid organisations; none of them issued it."
        )
    return tr("This list is your own.")
