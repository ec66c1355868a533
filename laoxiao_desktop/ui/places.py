"""The places of the window in their order, with what the bar at the left needs to know before a place is built."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place: its key, title and drawing, and how it is built when it is first shown.

    `at_foot` puts it at the lower end of the bar.
    """

    key: str
    title: str
    icon: str
    build: Callable[[Session, Theme], QWidget]
    at_foot: bool = False


# A place is loaded when it is first shown, so that the first paint waits for none of them.


def _overview(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.overview import OverviewPlace  # noqa: PLC0415 - see above

    return OverviewPlace(session, theme)


def _projects(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.projects import ProjectsPlace  # noqa: PLC0415 - see above

    return ProjectsPlace(session, theme)


def _monthly(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.monthly import MonthlyPlace  # noqa: PLC0415 - see above

    return MonthlyPlace(session, theme)


def _gantt(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.gantt import GanttPlace  # noqa: PLC0415 - see above

    return GanttPlace(session, theme)


def _indicators(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.indicators import IndicatorsPlace  # noqa: PLC0415 - see above

    return IndicatorsPlace(session, theme)


def _findings(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.findings import FindingsPlace  # noqa: PLC0415 - see above

    return FindingsPlace(session, theme)


def _reports(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.reports import ReportsPlace  # noqa: PLC0415 - see above

    return ReportsPlace(session, theme)


def _exchange(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.exchange_place import ExchangePlace  # noqa: PLC0415 - see above

    return ExchangePlace(session, theme)


def _settings(session: Session, theme: Theme) -> QWidget:
    from laoxiao_desktop.ui.settings_page import SettingsPlace  # noqa: PLC0415 - see above

    return SettingsPlace(session, theme)


ENTRIES = (
    PlaceEntry("overview", "总览", "data_pie", _overview),
    PlaceEntry("projects", "项目", "table_simple", _projects),
    PlaceEntry("monthly", "月度调度", "calendar_month", _monthly),
    PlaceEntry("gantt", "进度图", "gantt_chart", _gantt),
    PlaceEntry("indicators", "指标清单", "target", _indicators),
    PlaceEntry("findings", "校核", "shield_checkmark", _findings),
    PlaceEntry("reports", "报告", "document_text", _reports),
    PlaceEntry("exchange", "数据交换", "arrow_swap", _exchange),
    PlaceEntry("settings", "设置", "settings", _settings, at_foot=True),
)
