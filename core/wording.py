"""The one room where message ids and values become sentences.

Every sentence that the core causes is here, translated by gettext (`resources/i18n`, domain `safeconduct`).
The window's own words go through `tr` and `trn`. Sentences say what happened, what was kept, and what to do.
"""

import gettext
from collections.abc import Iterable
from datetime import timedelta
from functools import cache

from core.model import Message, Revision, Verified
from core.paths import RESOURCES


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for a marked text
    """Mark a text for translation."""
    return text


@cache
def _catalogue() -> gettext.NullTranslations:
    folder = RESOURCES / "i18n"
    if not folder.is_dir():  # to look for every spelling of a language takes 3 ms of the first paint
        return gettext.NullTranslations()
    return gettext.translation("safeconduct", folder, fallback=True)


def tr(text: str) -> str:
    """A text in the user's language."""
    return _catalogue().gettext(text)


def trn(one: str, many: str, count: int) -> str:
    """A text that counts, in the user's language, with `{count}` filled in."""
    return _catalogue().ngettext(one, many, count).format(count=count)


SENTENCES: dict[str, str] = {
    # usage and input
    "unknown-source": N_("No source is called {source}. Nothing was changed; `sources` lists them."),
    "unknown-item": N_("No item has the id {item}. Nothing was changed; `todo --all` lists them."),
    "unknown-companion": N_("Nobody called {name} does this list with you. Nothing was changed."),
    "unknown-list": N_("No checklist has the id {list}. `lists` shows them."),
    "list-full": N_("A list has at most {most} items. Nothing was changed; begin another list."),
    "item-without-words": N_("An item needs words. It was left as it was; Del removes it."),
    "file-too-large-to-attach": N_("“{file}” is larger than 10 MB and was not attached."),
    "no-room-to-attach": N_(
        "All attached files together may have 100 MB. “{file}” was not attached; remove others first."
    ),
    "file-not-handled": N_("The file could not be read or written: {reason}. Nothing was changed."),
    "unknown-file": N_("This file is no longer attached."),
    "not-your-words": N_("These words are not your own, so they stay as they are. Copy the list to change them."),
    "unknown-advisory": N_("No advisory has the id {advisory}. `advisories` lists those kept."),
    "unknown-revision": N_("“{advisory}” has no revision {number}."),
    "unknown-start": N_("Nothing that could be started has the id {id}. Nothing was changed."),
    "unknown-country": N_("“{code}” is not an ISO 3166 country code. Nothing was changed."),
    "address-refused": N_(
        "This is no address that can be followed: it has to begin with https:// and to name a host, and no user name "
        "or password. Nothing was kept."
    ),
    "bad-when": N_("“{when}” is not a time. Use YYYY-MM-DD, YYYY-MM-DD HH:MM, RFC 3339, or none."),
    "nothing-followed": N_("Nothing is followed yet, so there is nothing to check. Use `follow` first."),
    "not-followed": N_("“{source}” is not followed. Use `follow` first."),
    "not-taken": N_("Nothing was taken: {reason}."),
    "file-unreadable": N_("“{file}” could not be read: {reason}."),
    "file-too-large": N_("“{file}” is larger than 40 MB and was not read."),
    "export-format-unknown": N_("The file's name does not tell a format; --format takes {known}."),
    "nothing-to-export": N_(
        "No checklist is started, so there is nothing to write. `lists` shows what can be started."
    ),
    "export-unwritable": N_("“{file}” could not be written: {reason}. What was there is kept."),
    "copy-passphrase-needed": N_(
        "This is an encrypted copy. Give its passphrase with --copy-passphrase-fd. Nothing was kept."
    ),
    "copy-passphrase-missing": N_(
        "An encrypted copy needs a passphrase of its own. Give one with --copy-passphrase-fd. Nothing was written."
    ),
    "copy-in-clear": N_("A .safeconduct file is always encrypted: name a {format} otherwise. Nothing was written."),
    "copy-passphrases-differ": N_("The two passphrases differ. Nothing was written."),
    "copy-wrong-passphrase": N_(
        "This passphrase does not open the copy. Nothing was kept; ask whoever gave it to you for the right one."
    ),
    "copy-not-ours": N_("This is no encrypted copy that Safe Conduct made. Nothing was kept."),
    "copy-newer": N_("This copy was made by a newer Safe Conduct. Nothing was kept; update this one to open it."),
    "copy-cut-off": N_("The copy is cut off: its end is missing. Nothing was kept; ask for it to be sent again."),
    "copy-changed": N_("The copy was damaged or changed on its way. Nothing was kept; ask for it to be sent again."),
    "copy-without-lists": N_("The copy holds no checklist that can be read here. Nothing was kept."),
    "lists-too-long": N_("The file holds more than {lists} lists or {lines} items. Nothing was kept; divide it."),
    "copy-too-large": N_(
        "An encrypted copy holds at most {most} MB. Nothing was written; write single lists, or remove attached files."
    ),
    "wipe-unsure": N_("Nothing was destroyed. Add --yes to destroy the key and everything in the profile."),
    "nothing-to-wipe": N_("There is no profile here; nothing was destroyed."),
    "wipe-refused": N_(
        "The key could NOT be destroyed: {reason}. Nothing was changed; whoever has the passphrase can still read "
        "everything."
    ),
    "wipe-incomplete": N_("The key is destroyed, so nothing can be read any more, but some files stayed: {reason}."),
    "bad-date": N_("“{date}” is not a date as 2026-12-31."),
    "dates-crossed": N_("The trip ends before it begins. Nothing was changed."),
    "unknown-trip": N_("No trip has the id {trip}. `trips` lists them."),
    "proxy-unreadable": N_(
        "That is not a proxy. Use socks5://HOST:PORT, http://HOST:PORT, tor or none. Nothing was changed."
    ),
    "watch-running": N_("A watch is running on this profile already."),
    "not-readable-yet": N_("“{source}” publishes in a form that is not readable yet. Nothing was changed."),
    "no-display": N_("There is no display, so no window can be opened. Use a command; `--help` lists them."),
    "catalogue-unreadable": N_("The list of sources {file} could not be read: {reason}."),
    "catalogue-too-large": N_("The list of sources {file} is too large."),
    "catalogue-not-a-list": N_("“{file}” is not a list of sources: it should be TOML or JSON with “sources”."),
    "catalogue-bad-entry": N_("Source number {number} of {file} has a wrong “{what}”. The list was not used."),
    "catalogue-double-id": N_("“{file}” has two sources called {source}. The list was not used."),
    "autostart-unwritable": N_("The start at login could not be changed: {reason}."),
    # what bytes turned out to be
    "empty-answer": N_("it sent nothing"),
    "page-instead-of-feed": N_("it sent a page instead of a feed; perhaps this network wants you to sign in"),
    "format-unknown": N_("it is of no format that is known here"),
    "format-unknown-name": N_("no format is called {name}; known are {known}"),
    "format-differs": N_("it is not {expected} but {found}"),
    "page-without-actions": N_("it is a page instead of a feed, and no instruction was found in it"),
    "no-actions": N_("no instruction was found in it"),
    "empty-feed": N_("it sent an empty list"),
    "not-one-document": N_("it sent something else than the page of one country"),
    "documents-failed": N_("of its {total} pages that matter here {failed} could not be read"),
    "not-one-alert": N_("it sent something else than the alert that its list names"),
    "only-listed": N_("This is what the source's list says of the alert; the alert itself has not been read."),
    "no-page-for": N_("it has no page for {countries}"),
    "nothing-readable": N_("no entry of it could be read"),
    "document-type-refused": N_("it carries a document type, which feeds never need and attackers use"),
    "answer-cut": N_("the answer was cut short"),
    "too-much-to-read": N_("reading it takes longer than any list of advisories should"),
    "signature-wrong": N_("a signature in it is wrong; nothing of it was taken, and what was kept stays"),
    "signature-missing": N_("it replaces what was signed by what is not; that was not taken, and what was kept stays"),
    "keys-unreadable": N_("its file of trusted keys could not be read"),
    "older-text": N_("it showed an older text, of {time}; the newer one that is kept stays"),
    "older-text-new": N_("it showed a text of {time}, which is older than the one before; both are kept"),
    "xml-unreadable": N_("it is not readable XML"),
    "json-unreadable": N_("it is not readable JSON"),
    "action-list-wrong": N_("it is not an action list: {reason}"),
    "action-list-newer": N_("it is an action list of version {version}, newer than this program"),
    # what the network did
    "no-network": N_("there is no network"),
    "proxy-unreachable": N_("the proxy cannot be reached, and nothing is asked without it"),
    "proxy-refused": N_("the proxy did not reach it"),
    "data-saver": N_("no trip needs it, and data are saved"),
    "log-answer": N_("an answer"),
    "log-not-modified": N_("nothing new, it says"),
    "no-connection": N_("no connection"),
    "too-slow": N_("no whole answer in time"),
    "not-secure": N_("no secure connection came about; this network may keep it off"),
    "certificate-refused": N_("its certificate is not to be trusted"),
    "roots-unreadable": N_("its file of trusted roots could not be read"),
    "address-more-private": N_("it led to a more private address"),
    "too-many-redirects": N_("it redirected too often"),
    "redirect-refused": N_("it redirected to where we do not follow"),
    "unasked-not-modified": N_("it answered “not modified” to a first question"),
    "refused": N_("it answered with error {status}"),
    "sign-in-needed": N_("this network wants you to sign in first"),
    "encoding-unknown": N_("it packed its answer in a way that was not asked for"),
    "too-large": N_("its answer is too large"),
    "source-not-readable": N_("its form is not readable here yet"),
    "not-in-catalogue": N_("the list of sources no longer has it"),
    "checker-stopped": N_("the checker stopped while it read this source"),
    "source-fault": N_("a fault of ours stopped the reading of this source"),
    # what the network learns
    "learns-host": N_("Your network sees that you ask {host}."),
    "learns-country": N_("It speaks of {countries} alone: whoever sees that may take you to be there, or on the way."),
    "learns-less": N_("A source that covers all countries, or a proxy, tells less."),
    "learns-pages": N_("The pages of {countries} are asked for inside the encryption: only {host} learns which."),
    "learns-nothing": N_("It covers many countries, so that does not tell where you are."),
    "learns-proxy": N_("Your network sees only the proxy {proxy}. The proxy sees that you ask {host}."),
    "learns-tor": N_("Your network sees that you use Tor, not what you ask. {host} does not see where you are."),
    # keys and storage
    "no-keyring": N_("No keyring is there to hold the key. Choose a passphrase (`--passphrase-fd`)."),
    "keyring-silent": N_("The keyring did not answer within 5 seconds. Unlock it, or use a passphrase profile."),
    "key-finder-failed": N_("The key could not be looked for. Nothing was changed; start Safe Conduct again."),
    "keyring-failed": N_("The keyring refused ({detail}). Unlock it, or use a passphrase profile."),
    "keyring-forgets": N_("The keyring did not keep the key, so no profile was made. Choose a passphrase."),
    "keyring-without-key": N_("The keyring has no key for this profile. Nothing was changed."),
    "passphrase-needed": N_("This profile is locked. Give its passphrase with --passphrase-fd."),
    "passphrase-short": N_("A passphrase needs at least {least} characters. Nothing was made."),
    "passphrase-unreadable": N_("No passphrase could be read from that descriptor."),
    "key-unreadable": N_("No key could be read from that descriptor."),
    "wrong-passphrase": N_("That is not the passphrase of this profile. Nothing was changed."),
    "wrong-key": N_("That key does not open this profile. Nothing was changed."),
    "key-file-unreadable": N_("The profile's key file could not be read. Nothing was changed."),
    "key-file-damaged": N_("The profile's key file is damaged. Nothing was changed."),
    "profile-exists": N_("There is a profile already. Nothing was changed."),
    "profile-unwritable": N_("The profile could not be made: {reason}."),
    "profile-unreadable": N_("The profile could not be read: {reason}."),
    "profile-in-parts": N_(
        "A part of the profile is gone: profile.json is not beside its database. Nothing was changed. Put it back from "
        "a backup, or wipe the profile to begin anew."
    ),
    "profile-damaged": N_("The profile's identity file is damaged. Nothing was changed."),
    "profile-newer": N_("A newer version of Safe Conduct made this profile. Update the program; nothing was changed."),
    "store-busy": N_("Something else is writing to the profile. Nothing was changed; try again."),
    "store-gone": N_(
        "The profile's database is gone, and nothing was made in its place. Put safeconduct.db back from a backup, "
        "or wipe the profile to begin anew."
    ),
    "store-damaged": N_("The stored data are not what was written. They are not shown; nothing was changed."),
    "store-newer": N_("A newer version of Safe Conduct wrote this profile. Update the program; nothing was changed."),
    "disk-full": N_("The disk is full. What was saved before is kept; this was not saved. Free some space."),
    "module-missing": N_(
        "This Python has no {module}. `python3 packaging/bootstrap.py run` brings what is missing and takes the same "
        "arguments."
    ),
    "store-unopenable": N_(
        "The database could not be opened ({detail}): its folder may be read-only, or something else stands in its "
        "place. Nothing was changed."
    ),
    "disk-error": N_("The disk did not take it ({detail}). What was saved before is kept; this was not saved."),
    "checker-running": N_("Another check was still running when the time was up. Nothing is lost; try again."),
    # what was odd in the input
    "entry-unreadable": N_("Entry {number} could not be read and was left out; the others were not."),
    "date-unreadable": N_("Its date could not be read."),
    "text-cut": N_("Its text is too long; only the beginning was read."),
    "status-unknown": N_("Its alert status has values that are not known here: {words}."),
    "level-doubtful": N_("Its level's number is {number}, its words are “{words}”; the words count."),
    "cap-namespace": N_("it is an alert of a version that is not known here ({namespace})"),
    "cap-nameless": N_("it is an alert without an identifier"),
    "cap-answer": N_("it is an answer between alerting systems ({type}), not an alert"),
    "cap-lacks": N_("It lacks parts that such an alert must have: {names}."),
    "signature-unchecked": N_("It carries a signature, which could not be checked: no key of this source is known."),
    "cap-past": N_("Its issuer says that it is over, so its instruction was not taken."),
    "no-text": N_("It has no text."),
    "country-doubtful": N_("Its title names {title}, its country code means {code}; it is kept for all of them."),
    "country-unknown": N_("These are no ISO countries: {codes}."),
    # our own limits and faults
    "memory-short": N_("The input needed more memory than is allowed. What was kept stays."),
    "answer-unwritten": N_("The answer could not be written out. What the command did is kept."),
    "own-fault": N_("A fault in Safe Conduct itself ({kind}). Nothing saved is lost."),
    # notices and changes
    "notice-title": N_("Safe Conduct"),
    "notice-discreet": N_("Something you follow has changed."),
    "notice-open-title": N_("{issuer}: {title}"),
    "notice-new": N_("New, with no list of actions."),
    "notice-level": N_("The level is now “{after}”; it was “{before}”."),
    "notice-level-given": N_("The level is now “{level}”."),
    "notice-level-taken": N_("It no longer has a level; it was “{level}”."),
    "notice-level-changed": N_("Its level has changed."),
    "notice-status": N_("Its status has changed."),
    "notice-status-came": N_("Now: {came}."),
    "notice-status-went": N_("No longer: {went}."),
    "notice-status-both": N_("Now: {came}. No longer: {went}."),
    "notice-withdrawn": N_("The issuer has withdrawn it."),
    "notice-restored": N_("The issuer has published it again."),
    "notice-text": N_("Its text has changed."),
    "notice-retitled": N_("The title is now “{title}”."),
    "notice-important": N_("Now asks for something else: {words}"),
    "notice-new-action": N_("New: {words}"),
    "notice-back": N_("Listed again: {words}"),
    "notice-reworded": N_("Reworded: {words}"),
    "notice-gone": N_("No longer listed: {words}"),
    "notice-longer": N_("It now holds for longer."),
    "notice-shorter": N_("It now holds for less long."),
    "notice-endless": N_("It no longer has an end."),
    "notice-editorial": N_("Its text has changed in form only."),
    "still-looking": N_("The window is closed, and the sources are still looked at. Quit from the icon in the tray."),
    "profile-gone": N_("Its files are gone from this computer, so it has ended. No source is looked at any more."),
    "delivery-test": N_("This is a test. Press the button if you see it."),
    "delivery-seen": N_("It was seen: the desktop shows notices."),
    "delivery-expired": N_("The desktop says that it showed the notice until its time was over."),
    "delivery-taken": N_("The desktop took the notice and keeps it: it is on the screen, or in its list of notices."),
    "delivery-closed": N_("The desktop took the notice and closed it by itself."),
    "delivery-dropped": N_(
        "The desktop took the notice and closed it at once, so nobody saw it. It may be set not to disturb. What you "
        "are told is in the inbox all the same."
    ),
    "delivery-refused": N_("The desktop refused the notice. What you are told is in the inbox all the same."),
    "delivery-no-service": N_(
        "No service of this desktop shows notices. What you are told is in the inbox all the same."
    ),
    "reminder-discreet": N_("Something you wanted to do is due."),
    "notice-item": N_("To do: {words}"),
    "reminder-due": N_("This is due soon."),
    "reminder-issuer": N_("By the time that its issuer now gives, this is due soon."),
    "reminder-set": N_("You wanted to be reminded of this."),
    "reminder-again": N_("It is time for this again."),
}

# Sentences that count, by their `count`: for one, and for many.
COUNTED: dict[str, tuple[str, str]] = {
    "alerts-in-part": (
        N_("{count} alert could not be read in full; what is known of it stays"),
        N_("{count} alerts could not be read in full; what is known of them stays"),
    ),
    "notice-discreet-many": (
        N_("{count} thing you follow has changed."),
        N_("{count} things you follow have changed."),
    ),
    "notice-many": (
        N_("{count} thing that you follow is new or due."),
        N_("{count} things that you follow are new or due."),
    ),
    "notice-overtaken": (
        N_("{count} thing that you ticked now asks for something else. Look again."),
        N_("{count} things that you ticked now ask for something else. Look again."),
    ),
    "notice-new-advisory": (N_("New, with {count} action to take."), N_("New, with {count} actions to take.")),
}


# What the words of an advisory's status mean to a reader.
STATUS: dict[str, str] = {
    "avoid-all-travel-to-whole-country": N_("avoid all travel to the country"),
    "avoid-all-but-essential-travel-to-whole-country": N_("avoid all but essential travel to the country"),
    "avoid-all-travel-to-parts": N_("avoid all travel to parts of the country"),
    "avoid-all-but-essential-travel-to-parts": N_("avoid all but essential travel to parts of the country"),
    "regional-advisory": N_("other advice for some regions"),
    "test": N_("a test, not an alert"),
    "withdrawn": N_("withdrawn by its issuer"),
    "superseded": N_("replaced by another alert"),
    "expired": N_("its time is over"),
    "ordered-departure": N_("departure of staff ordered"),
    "authorised-departure": N_("departure of staff authorised"),
    "departure-lifted": N_("order to depart lifted"),
    "do-not-travel": N_("do not travel"),
    "embassy-closed": N_("embassy closed or suspended"),
    "visa-services-suspended": N_("visa services suspended"),
    "consular-services-suspended": N_("consular services suspended"),
    "limited-consular-services": N_("limited consular help"),
    "airspace-closed": N_("airspace closed"),
    "borders-closed": N_("borders closed"),
}


def status_words(words: Iterable[str]) -> str:
    """Words in one line, those of a status as a reader says them."""
    return ", ".join(tr(STATUS.get(word, word)) for word in words)


def status_lines(revision: Revision) -> list[str]:
    """Each word of a revision's status, with the sentence that it was found in where it was."""
    found = {one.word: revision.text.plain[one.start : one.end] for one in revision.evidence}
    return [
        tr("{status}: “{sentence}”").format(status=sentence(status_words([word])).rstrip("."), sentence=found[word])
        if word in found
        else sentence(status_words([word]))
        for word in revision.status
    ]


def trust_lines(revision: Revision) -> list[str]:
    """What is known of who signed a revision; nothing where no signature is there and none was asked for."""
    if revision.verified is Verified.SIGNED:
        return [tr("Signed, and the signature is right.")]
    return [say(warning) for warning in revision.warnings if warning.id == "signature-unchecked"]


def say(message: Message) -> str:
    """The sentence for a message, in the user's language."""
    if message.id == "changed-actions":
        return _counts(message)
    if message.id in COUNTED:
        return trn(*COUNTED[message.id], int(str(message.values["count"])))
    values = {name: status_words(value) if isinstance(value, list) else value for name, value in message.values.items()}
    return tr(SENTENCES[message.id]).format(**values)


_ACTIONS_CHANGED = N_("How urgent its actions are, or when they are due, has changed.")


def _counts(message: Message) -> str:
    """ "1 new, 1 listed again, 2 reworded (1 important), 1 no longer listed": only what is not nought."""
    names = ("new", "back", "reworded", "important", "gone")
    new, back, reworded, important, gone = (int(str(message.values.get(name, 0))) for name in names)
    changed = trn("{count} reworded", "{count} reworded", reworded)
    if important:
        changed += f" ({trn('{count} important', '{count} important', important)})"
    parts = [
        trn("{count} new", "{count} new", new) if new else "",
        trn("{count} listed again", "{count} listed again", back) if back else "",
        changed if reworded else "",
        trn("{count} no longer listed", "{count} no longer listed", gone) if gone else "",
    ]
    return ", ".join(part for part in parts if part) + "." if any(parts) else tr(_ACTIONS_CHANGED)


def sentence(text: str) -> str:
    """A clause as a sentence: a capital first, a full stop last."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def span(length: timedelta) -> str:
    """ "4 min", "9 h", "3 days": one unit, rounded down."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return trn("{count} min", "{count} min", minutes)
    if minutes < 48 * 60:
        return trn("{count} h", "{count} h", minutes // 60)
    return trn("{count} day", "{count} days", minutes // 1440)
