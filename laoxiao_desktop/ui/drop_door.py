"""Files dropped anywhere in the window go where they belong, and a sentence says so before they are let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui import drop_kinds
from laoxiao_desktop.ui.drop_hint import DropHint
from laoxiao_desktop.ui.drop_kinds import Dropped
from laoxiao_desktop.ui.import_source import FILE
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.way import Place, Record
from laoxiao_desktop.ui.ways import Ways

if TYPE_CHECKING:
    from laoxiao_desktop.ui.projects import ProjectsPlace

_TAKEN = "能放进来的：台账（.laoxiao）、数据包（.lxp）、单位交回的填报表、清单和方案；照片、批复放到“项目”里的项目上。"


class DropDoor(QObject):
    """Belongs to the window. A part of a page that takes files itself comes first; packages have a door of their own."""

    def __init__(
        self,
        session: Session,
        places: PlaceStack,
        ways: Ways,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._places, self._ways, self._window = session, places, ways, window
        self._dropped = Dropped("nothing", ())
        self.hint = DropHint(places.theme, window)
        window.setAcceptDrops(True)
        QTimer.singleShot(0, self, lambda: window.installEventFilter(self))  # the last one in comes first

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._dropped = drop_kinds.told(drop_kinds.files_of(event.mimeData()))
            if not self._dropped.paths:
                return False
            self._tell(event.position().toPoint())
            event.acceptProposedAction()
            return True
        if isinstance(event, QDragMoveEvent) and event.type() == QEvent.Type.DragMove and self._dropped.paths:
            self._tell(event.position().toPoint())
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.hint.hide()
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.hint.hide()
            dropped = self._dropped
            if dropped.paths and dropped.kind != "package":
                event.acceptProposedAction()
                self._take(dropped, event.position().toPoint())
                return True
        return super().eventFilter(watched, event)

    # ---- what letting go would do

    def _tell(self, at: QPoint) -> None:
        refusal = self._refusal(self._dropped, at)
        self.hint.say(refusal.what if refusal else self._promise(self._dropped, at), is_taken=refusal is None)

    def _promise(self, dropped: Dropped, at: QPoint) -> str:
        named = dropped.named
        if dropped.kind == "ledger":
            return f"放开就打开台账{named}"
        if dropped.kind == "package":
            return f"放开就看数据包{named}里有什么"
        if dropped.kind == "forms":
            return f"放开就读回填报表{named}"
        if dropped.kind == "list":
            return f"放开就读入{named}，先看再写"
        target = self._project_at(at)
        return f"放开就把{named}附到“{target[1]}”" if target else named

    def _refusal(self, dropped: Dropped, at: QPoint) -> UserError | None:
        """Why these files cannot be taken here; None when they can."""
        if dropped.kind == "nothing":
            return UserError(f"{dropped.named}放不进来。", _TAKEN)
        if dropped.kind in ("ledger", "package"):
            return None
        if not self._session.has_ledger:
            return UserError(f"还没有打开台账，{dropped.named}没有地方放。", "先打开或新建一本台账。")
        if self._session.ledger.is_read_only:
            return UserError(f"台账是只读打开的，{dropped.named}放不进来。", self._session.ledger.read_only_reason)
        if dropped.kind == "forms" and self._open_month() is None:
            return UserError("没有正在填报的月份，填报表没有读回。", "先在“月度调度”开启或解锁一个月。")
        if dropped.kind == "files" and self._project_at(at) is None:
            return UserError(f"{dropped.named}要附到哪个项目？", "请拖到“项目”里的那一行，或那个项目的记录上。")
        return None

    def _open_month(self) -> str | None:
        from laoxiao_desktop.workspace import glances  # noqa: PLC0415 - SQL is loaded after the first paint

        return self._session.read(glances.open_month)

    def _projects(self) -> ProjectsPlace | None:
        from laoxiao_desktop.ui.projects import ProjectsPlace  # noqa: PLC0415 - see places.py

        place = self._places.place
        return place if isinstance(place, ProjectsPlace) and self._places.isVisible() else None

    def _project_at(self, at: QPoint) -> tuple[str, str] | None:
        """(uid, name) of the project whose row or record lies under a point; None anywhere else."""
        place = self._projects()
        if place is None:
            return None
        below = QApplication.widgetAt(self._window.mapToGlobal(at)) or self._window.childAt(at)
        row = place.view.currentIndex().row()
        if below is not None and (below is place.view or place.view.isAncestorOf(below)):
            viewport = place.view.viewport()
            row = place.view.rowAt(viewport.mapFrom(self._window, at).y())
        elif below is None or not (below is place.pane or place.pane.isAncestorOf(below)):
            return None
        line = place.table.line(row) if row >= 0 else None
        return (line.uid, str(line.values.get("name") or "")) if line else None

    # ---- letting go

    def _take(self, dropped: Dropped, at: QPoint) -> None:
        refusal = self._refusal(dropped, at)
        if refusal is not None:
            self._session.refused.emit(refusal)
        elif dropped.kind == "ledger":
            open_named = getattr(self._window, "open_named")  # noqa: B009 - the window imports this module
            open_named(dropped.paths[0])
        elif dropped.kind == "list":
            self._ways.go(Place("exchange", f"{FILE}{dropped.paths[0]}"))
        elif dropped.kind == "forms":
            self._take_forms(dropped)
        else:
            self._attach(dropped, at)

    def _take_forms(self, dropped: Dropped) -> None:
        from laoxiao_desktop.ui.monthly import MonthlyPlace  # noqa: PLC0415 - see places.py

        month = self._open_month() or ""
        self._ways.go(Place("monthly", month))
        place = self._places.place
        if isinstance(place, MonthlyPlace):
            place.exchange.take_files(month, [str(path) for path in dropped.paths])

    def _attach(self, dropped: Dropped, at: QPoint) -> None:
        from laoxiao_desktop.ui.record_attachments import AttachmentsPage  # noqa: PLC0415 - see places.py

        place, target = self._projects(), self._project_at(at)
        if place is None or target is None:
            return
        place.follow(Record(target[0]))
        place.pane.show_page("附件")
        page = place.pane.late("附件")
        if isinstance(page, AttachmentsPage):
            page.take_files(dropped.paths)
