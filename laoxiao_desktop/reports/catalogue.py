"""The reports that work: kind on the command line, title on the screen."""

KINDS: tuple[tuple[str, str], ...] = (("monthly", "月度进展报告"),)
