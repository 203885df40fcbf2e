"""``python -m tcf_desktop`` and the entry point of the installed program."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the program; returns the exit code."""
    from tcf_desktop.app.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A frozen program is its own interpreter: its worker processes come in through here.
        from tcf_desktop.base.worker_child import serve_if_child

        serve_if_child(sys.argv)
    sys.exit(main())
