"""The words of the command line: which commands and options there are. What they do is next door."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

VERSION = "0.1.0"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One clear line, exit 2."""
        line = " ".join(message.split())
        sys.stderr.write(f"safeconduct: {line} (--help shows the usage)\n")
        sys.exit(2)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked. Without a command `command` is None: the window is wanted."""
    alone = _Parser(add_help=False, allow_abbrev=False)
    _add_common(alone, default=None)
    alone.add_argument("--at-login", action="store_true")  # written by "Start when I log in"
    options, more = alone.parse_known_args(argv)
    if more:  # only then is the grammar of every command made: it takes as long as a tenth of a bare window
        return parser().parse_args(argv)
    options.command = None
    return options


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    everywhere = _Parser(add_help=False)
    _add_common(everywhere, default=argparse.SUPPRESS)
    top = _Parser(
        prog="safeconduct",
        description="Official security instructions as checklists that follow their source. "
        "Without a command it opens the window.",
    )
    _add_common(top, default=None)
    top.add_argument("--version", action="version", version=f"Safe Conduct {VERSION}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, parents=[everywhere])

    read = add("read", "say what would be taken from a file; writes nothing")
    read.add_argument("file", help="a file, or - for standard input")
    read.add_argument("--format", help="the format's name, instead of finding it by content")
    # The window has an address read before it is followed; the key opens the setting of the proxy.
    read.add_argument("--from-network", action="store_true", help=argparse.SUPPRESS)
    read.add_argument("--key-fd", type=int, help=argparse.SUPPRESS)
    _add_copy_passphrase(read)
    _add_full(read)

    check = add("check", "look at every followed source once and say what changed")
    check.add_argument("--due", action="store_true", help="only the sources whose time has come")
    check.add_argument("--source", nargs="+", action="extend", default=[], metavar="ID", help="only these")
    check.add_argument("--notify", action="store_true", help="tell the desktop")
    # The window hands its checker the key and reads its progress; nobody types these.
    check.add_argument("--key-fd", type=int, help=argparse.SUPPRESS)
    check.add_argument("--progress", action="store_true", help=argparse.SUPPRESS)
    # Seconds that a request may take: the tests do not wait for thirty, a thousand times.
    check.add_argument("--deadline", type=float, help=argparse.SUPPRESS)

    add("sources", "the sources that are known, and how well each could be checked")
    net = add("network", "what was asked of the network, what it cost, and what it learns from that")
    net.add_argument("--proxy", metavar="ADDRESS", help="socks5://HOST:PORT, http://HOST:PORT, tor or none")
    net.add_argument("--data-saver", choices=["on", "off"], help="fetch by itself only what trips need")
    follow = add("follow", "follow sources")
    follow.add_argument("ids", nargs="+", metavar="ID")
    follow.add_argument("--country", nargs="+", action="extend", default=[], metavar="XX", help="for these countries")
    unfollow = add("unfollow", "follow sources no more; what was fetched is kept")
    unfollow.add_argument("ids", nargs="+", metavar="ID")

    listed = add("advisories", "the newest revision of each advisory kept")
    listed.add_argument("--country", metavar="XX")
    listed.add_argument("--source", metavar="ID")
    _add_full(listed)
    show = add("show", "one advisory's text and actions, or its revisions")
    show.add_argument("id", metavar="ADVISORY_ID")
    show.add_argument("--revision", type=int, metavar="N")
    show.add_argument("--history", action="store_true")
    _add_full(show)

    add("lists", "the checklists")
    start = add("start", "start a checklist from an advisory")
    start.add_argument("ids", nargs="+", metavar="ID")
    todo = add("todo", "open items")
    todo.add_argument("--list", metavar="ID", dest="checklist")
    todo.add_argument("--all", action="store_true", help="every item")
    for name, about in (
        ("tick", "mark items as done"),
        ("untick", "mark items as open again"),
        ("skip", "mark items as not applicable"),
    ):
        add(name, about).add_argument("ids", nargs="+", metavar="ID")
    note = add("note", "write an item's note; an empty text takes it away")
    note.add_argument("id", metavar="ID")
    note.add_argument("text", nargs="+", metavar="TEXT")
    due = add("due", "set an item's due time, or none")
    due.add_argument("id", metavar="ID")
    due.add_argument("when", nargs="+", metavar="WHEN")
    search = add("search", "words, all required, over every kept revision")
    search.add_argument("words", nargs="+", metavar="WORDS")
    add("trips", "places and dates")
    trip = add("trip", "add or remove a trip").add_subparsers(
        dest="act", required=True, parser_class=_Parser, metavar="ACT"
    )
    made = trip.add_parser("add", help="keep a trip", parents=[everywhere])
    made.add_argument("name", metavar="NAME")
    made.add_argument("--country", nargs="+", action="extend", required=True, metavar="XX")
    made.add_argument("--from", dest="start", metavar="DATE")
    made.add_argument("--to", dest="end", metavar="DATE")
    trip.add_parser("remove", help="forget a trip", parents=[everywhere]).add_argument("id", metavar="ID")

    taken = add("import", "store what `read` understands: advisories, and checklists")
    taken.add_argument("file", help="a file, or - for standard input")
    taken.add_argument("--key-fd", type=int, help=argparse.SUPPRESS)
    _add_copy_passphrase(taken)
    out = add("export", "lists out, the format by the file's name; .safeconduct is an encrypted copy")
    out.add_argument("--list", metavar="ID", dest="checklist")
    out.add_argument("--to", metavar="FILE", required=True)
    out.add_argument("--format", metavar="NAME", help="json, markdown, csv, ics, or copy (encrypted)")
    out.add_argument("--key-fd", type=int, help=argparse.SUPPRESS)
    _add_copy_passphrase(out)
    out.add_argument(
        "--sender-fd", metavar="N", type=int, help="read your name, as an encrypted copy says it, from descriptor N"
    )
    add("watch", "check what is due until stopped").add_argument(
        "--notify", action="store_true", help="tell the desktop"
    )
    add("wipe", "destroy the key, then the profile").add_argument("--yes", action="store_true", help="really")
    add("demo", "the story of an alert, on a temporary profile and a small embassy of our own")
    return top


def _add_common(to: argparse.ArgumentParser, default: str | None) -> None:
    to.add_argument("--profile", metavar="DIR", default=default, help="everything the app keeps lives here")
    to.add_argument(
        "--catalogue", metavar="FILE", default=default, help="this list of sources instead of the bundled one"
    )
    to.add_argument(
        "--passphrase-fd",
        metavar="N",
        type=int,
        default=default,
        help="read the passphrase from descriptor N",
    )
    flag = argparse.SUPPRESS if default is argparse.SUPPRESS else False
    to.add_argument("--json", action="store_true", default=flag, help="one JSON document on standard output")
    to.add_argument("--quiet", action="store_true", default=flag, help="say nothing that was not asked for")
    to.add_argument("--debug", action="store_true", default=flag, help="traces on standard error")


def _add_copy_passphrase(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--copy-passphrase-fd", metavar="N", type=int, help="read the passphrase of an encrypted copy from descriptor N"
    )


def _add_full(to: argparse.ArgumentParser) -> None:
    to.add_argument("--full", action="store_true", help="with the whole text and its safe HTML")
