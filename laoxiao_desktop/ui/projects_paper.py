"""From the project grid to paper and Excel: the rows that are shown as a workbook, the card of the project in hand."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog

from laoxiao_desktop import clock, paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.way import Place

# the columns of the grid as those of the table; what a table does not know is left out
COLUMNS = {
    "kind": ("build_kind", "facility_type"),
    "responsible_unit": ("unit",),
    "completed": ("completed", "rate"),
    "next_milestone": ("next_step",),
    "beds": ("scale",),
    "places": ("scale",),
    "floor_area_m2": ("scale",),
}


class ProjectPaper(QObject):
    """Two actions for the menu of the grid. `way_wanted` leads to 报告."""

    way_wanted = Signal(object)

    def __init__(self, session: Session, view: GridView, uid_in_hand: Callable[[], str | None]) -> None:
        super().__init__(view)
        self._session, self._view, self._uid_in_hand = session, view, uid_in_hand
        self.card = QAction("打印单项目卡片", self)
        self.card.triggered.connect(lambda _=False: self._lead_to_card())
        self.export = QAction("导出 Excel…", self)
        self.export.setShortcut(QKeySequence("Ctrl+E"))
        self.export.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        view.addAction(self.export)
        self.export.triggered.connect(lambda _=False: self.ask_and_export())

    def actions(self) -> list[QAction]:
        """Both, as far as there is something to print."""
        self.card.setEnabled(self._uid_in_hand() is not None)
        self.export.setEnabled(self._view.table.rowCount() > 0)
        return [self.card, self.export]

    def _lead_to_card(self) -> None:
        uid = self._uid_in_hand()
        if uid is not None:
            self.way_wanted.emit(Place("reports", f"card:{uid}"))

    def ask_and_export(self) -> None:
        """Asks where to, and saves the rows and columns that are shown."""
        suggested = str(paths.documents() / f"项目清单{clock.today().isoformat()}.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(self._view, "导出 Excel", suggested, "Excel 文件 (*.xlsx)")
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Saves the rows and columns that are shown; says so when it is done."""
        table, ledger = self._view.table, self._session.ledger
        names = self._view.header.names()
        columns = dict.fromkeys(key for name in names for key in COLUMNS.get(name, (name,)))
        request = Request(
            "projects",
            clock.today(),
            group="none",
            columns=tuple(columns),
            has_contacts="contact" in columns or "phone" in columns,
            uids=tuple(table.uids_of(table.rows.ids)),
        )

        def work(progress: Progress) -> Path:
            # what only an export needs is loaded by the first one
            from laoxiao_desktop.ui.report_making import save_workbook  # noqa: PLC0415
            from laoxiao_desktop.workspace import report_desk  # noqa: PLC0415

            with ledger.reader() as reader:
                value = report_desk.document(reader, request)
            progress.check()
            return save_workbook(value, path)

        job = Job(work)
        job.done.connect(lambda _path: self._session.said.emit(f"已导出 {path.name}", False))
        job.failed.connect(self._refuse)
        job.start()

    def _refuse(self, error: object) -> None:
        refusal = error if isinstance(error, UserError) else UserError("没有导出。", f"程序内部出错：{error}")
        self._session.refused.emit(refusal)
