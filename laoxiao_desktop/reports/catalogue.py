"""The reports that work: kind on the command line, title on the screen."""

KINDS: tuple[tuple[str, str], ...] = (("monthly", "月度进展报告"),)
OF_THE_MONTH: tuple[tuple[str, str], ...] = (("chase", "催报名单"),)  # printed from 月度调度 and on the command line
