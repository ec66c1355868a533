"""The only place that asks what time it is."""

import datetime as dt


def now() -> dt.datetime:
    """The local moment with its offset, to the second."""
    return dt.datetime.now().astimezone().replace(microsecond=0)


def today() -> dt.date:
    """The local calendar day."""
    return now().date()
