"""The pages of the record that are built when they are first turned to, so that the window does not wait for them."""

from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtWidgets import QWidget

from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from laoxiao_desktop.ui.record_attachments import AttachmentsPage
    from laoxiao_desktop.ui.record_funding import FundingPage
    from laoxiao_desktop.ui.record_issues import IssuesPage
    from laoxiao_desktop.ui.record_monthly import MonthsPage
    from laoxiao_desktop.ui.record_sites import SitesPage

    LatePage: TypeAlias = SitesPage | FundingPage | MonthsPage | IssuesPage | AttachmentsPage
else:
    LatePage = QWidget
BUILT_LATER: Final = frozenset({"点位", "资金", "月报", "问题", "附件"})


def built(page: str, session: Session, theme: Theme, parent: QWidget) -> LatePage:
    """A page of BUILT_LATER by its title."""
    from laoxiao_desktop.ui.record_attachments import AttachmentsPage  # noqa: PLC0415 - see above
    from laoxiao_desktop.ui.record_funding import FundingPage  # noqa: PLC0415 - see above
    from laoxiao_desktop.ui.record_issues import IssuesPage  # noqa: PLC0415 - see above
    from laoxiao_desktop.ui.record_monthly import MonthsPage  # noqa: PLC0415 - see above
    from laoxiao_desktop.ui.record_sites import SitesPage  # noqa: PLC0415 - see above

    if page == "点位":
        return SitesPage(session, theme, parent)
    if page == "资金":
        return FundingPage(session, theme, parent)
    if page == "月报":
        return MonthsPage(session, theme, parent)
    return (IssuesPage if page == "问题" else AttachmentsPage)(session, theme, parent)
