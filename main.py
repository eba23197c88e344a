"""Safe Conduct: a command on the command line, or the window."""

import sys

from core.commands import arguments


def main(argv: list[str] | None = None) -> int:
    """Run the command named by the arguments; without one, open the window."""
    options = arguments.parser().parse_args(argv)
    if options.command == "demo" and not options.json:
        from core import display

        if display.is_there():
            from ui import demo

            return demo.run()
    if options.command is not None:
        from core import commands

        return commands.run(options)
    from ui import app

    return app.run(options)


if __name__ == "__main__":
    sys.exit(main())
