"""Safe Conduct: a command on the command line, or the window."""

import sys
from typing import TYPE_CHECKING

from core import key_apart

if TYPE_CHECKING:
    import argparse


def main(argv: list[str] | None = None) -> int:
    """Run the command named by the arguments; without one, open the window."""
    from core import display
    from core.commands import arguments

    options = arguments.parse(sys.argv[1:] if argv is None else argv)
    if options.command is None:
        return open_window(options)
    if options.command == "demo" and not options.json and display.is_there():
        from ui import demo

        return demo.run()
    from core import commands

    return commands.run(options)


def open_window(options: "argparse.Namespace") -> int:
    """The window: the key is looked for while Qt is still being loaded."""
    from core import display
    from core.model import Message
    from core.paths import profile_at
    from core.wording import say

    if not display.is_there():
        sys.stderr.write(f"safeconduct: {say(Message('no-display'))}\n")
        return 2
    from core.calling import raise_other
    from ui.opening import EarlyKey, Way

    profile = profile_at(options.profile)
    if raise_other(profile.folder):
        return 0
    way = Way(profile, options.catalogue, passphrase_fd=options.passphrase_fd, at_login=options.at_login)
    early = EarlyKey(way)
    from ui import toolkit

    toolkit.load()
    from ui import app

    return app.run(way, early)


def start() -> int:
    """What the program ends with; told to a Python that has not what it needs, how it is brought."""
    try:
        return key_apart.find() if sys.argv[1:] == [key_apart.FIND] else main()
    except ModuleNotFoundError as error:
        from core.model import Message
        from core.wording import say

        missing = error.name or ""
        if missing.partition(".")[0] in {"core", "ui", ""}:
            raise
        sys.stderr.write(f"safeconduct: {say(Message('module-missing', {'module': missing}))}\n")
        return 1


if __name__ == "__main__":
    sys.exit(start())
