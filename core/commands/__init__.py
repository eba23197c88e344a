"""The command line: the same functions that the window uses, without a display. Qt is never imported here.

Exit status: 0 all well; 1 a fault of ours, or a disk that refuses; 2 bad usage or input; 3 `check` finished but
a followed source could not be verified; 4 locked.
"""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from core.errors import InputError, LockedError, SafeConductError
from core.model import Message
from core.wording import say, sentence

if TYPE_CHECKING:  # the window takes only the arguments from this folder, and must not wait for the rest
    from core.commands.session import Session


def run(options: argparse.Namespace) -> int:
    """Do one command and give its exit status."""
    import logging  # 6 ms, and the window takes only the arguments from this folder

    from core.commands.session import Session

    logging.basicConfig(
        level=logging.DEBUG if options.debug else logging.ERROR,
        stream=sys.stderr,
        format="%(levelname)s %(name)s %(message)s",
    )
    # Addresses and hosts tell where somebody may be; these libraries log both.
    for chatty in ("urllib3", "requests", "charset_normalizer", "keyring"):
        logging.getLogger(chatty).setLevel(logging.CRITICAL)
    try:
        return _command(options.command if options.command != "trip" else f"trip {options.act}")(Session(options))
    except SafeConductError as error:
        if options.debug:
            logging.getLogger(__name__).debug("refused", exc_info=True)
        sys.stderr.write(f"safeconduct: {sentence(say(error.message))}\n")
        return 4 if isinstance(error, LockedError) else 2 if isinstance(error, InputError) else 1
    except BrokenPipeError:
        _abandon_output()
        return 0
    except OSError:
        # Our own rooms turn the disk's faults into errors of ours: this one is standard output's.
        _abandon_output()
        sys.stderr.write(f"safeconduct: {say(Message('answer-unwritten'))}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except ModuleNotFoundError:
        raise  # `main.py` says what brings it
    except MemoryError:
        sys.stderr.write(f"safeconduct: {say(Message('memory-short'))}\n")
        return 1
    except Exception as error:
        if options.debug:
            raise
        sys.stderr.write(f"safeconduct: {say(Message('own-fault', {'kind': type(error).__name__}))}\n")
        return 1


def _abandon_output() -> None:
    """Standard output takes nothing more; without this Python would try once again at its end, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _command(name: str) -> Callable[["Session"], int]:
    """The function of a command; its module is imported only now."""
    if name == "check":
        from core.commands import checking

        return checking.check
    if name == "demo":
        from core.demo import story

        return story.tell
    from core.commands import acting, exchange, keeping, reading, traffic, trips

    return {
        "read": reading.read,
        "network": traffic.network,
        "sources": reading.list_sources,
        "advisories": reading.list_advisories,
        "show": reading.show,
        "lists": reading.list_checklists,
        "todo": reading.todo,
        "search": reading.find,
        "follow": acting.follow,
        "unfollow": acting.unfollow,
        "start": acting.start,
        "tick": acting.tick,
        "untick": acting.untick,
        "skip": acting.skip,
        "note": acting.note,
        "due": acting.due,
        "trips": trips.list_trips,
        "trip add": trips.add,
        "trip remove": trips.remove,
        "import": exchange.take_in,
        "export": exchange.give_out,
        "watch": keeping.watch,
        "wipe": keeping.wipe,
    }[name]
