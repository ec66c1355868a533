"""The headless face: the same verbs without a window, for scripts and for machines."""

from laoxiao_desktop.cli.face import main

__all__ = ["main"]
