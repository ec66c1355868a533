"""What the set-up says to the person: progress on stderr, and the one error it stops with."""

import sys


class SetupError(Exception):
    """Set-up cannot go on; the text says what is missing and the exact line that mends it."""


def say(text: str) -> None:
    """One line of progress, kept out of what the commands print."""
    print(text, file=sys.stderr, flush=True)
