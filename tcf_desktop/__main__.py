"""``python -m tcf_desktop`` and the entry point of the installed program."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the program; returns the exit code."""
    from tcf_desktop.app.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    # A frozen worker process comes in through here.
    from multiprocessing import freeze_support

    freeze_support()
    sys.exit(main())
