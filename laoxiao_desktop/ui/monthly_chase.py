"""催报名单: who has not reported, as words to paste into a message; as workbook and page it is the report of 报告."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from laoxiao_desktop import paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.chase import NO_UNIT, Chase, text
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.labels import heading, hint
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme

_EVERYBODY = "全部单位"


class ChaseDialog(QDialog):
    """Shows the words as they will be copied. `said` tells what was done, `refused` what could not be."""

    said = Signal(str)
    refused = Signal(object)

    def __init__(self, chase: Chase, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("催报名单")
        self._chase = chase
        self.choose_file: Callable[[str, str], str] = self._ask_file
        count = f"{len(chase.units)} 个单位、{chase.count} 个项目还没有报" if chase.units else "全部报齐"
        self.unit = Combo()
        self.unit.setAccessibleName("催哪个单位")
        self.unit.addItem(f"{_EVERYBODY}（{chase.count} 个）", None)
        for one in chase.units:
            self.unit.addItem(f"{one.unit or NO_UNIT}（{len(one.projects)} 个）", one.unit)
        self.contacts = QCheckBox("带联系人和电话")
        self.contacts.setToolTip("联系人和电话是个人信息，发到群里前请想一想")
        self.contacts.setEnabled(any(one.contacts for one in chase.units))
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setAccessibleName("催报文字")
        self.people = hint("")
        self.copy_button = QPushButton("复制文字")
        style.set_kind(self.copy_button, "primary")
        self.copy_button.setDefault(True)
        self.save_button = QPushButton("存为 Excel…")
        self.print_button = QPushButton("存为 PDF…")
        close = QPushButton("关闭")
        for button, do in (
            (self.copy_button, self.copy),
            (self.save_button, self.save),
            (self.print_button, self.save_pdf),
            (close, self.reject),
        ):
            button.clicked.connect(do)
            button.setAutoDefault(button is self.copy_button)
        for button in (self.save_button, self.print_button):
            button.setEnabled(bool(chase.units))
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(10))
        column.addWidget(heading(theme, f"{show_month(chase.month)}：{count}"))
        top = QHBoxLayout()
        top.addWidget(self.unit, 1)
        top.addWidget(self.contacts)
        column.addLayout(top)
        column.addWidget(self.words, 1)
        column.addWidget(self.people)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addWidget(self.print_button)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.copy_button)
        column.addLayout(foot)
        self.unit.currentIndexChanged.connect(self._show)
        self.contacts.toggled.connect(self._show)
        self.resize(theme.px(600), theme.px(520))
        self._show()

    def _show(self) -> None:
        unit = self.unit.currentData()
        chosen = None if unit is None else [str(unit)]
        self.words.setPlainText(text(self._chase, units=chosen, has_contacts=self.contacts.isChecked()))
        people = next((one.contacts for one in self._chase.units if one.unit == unit), ())
        self.people.setText(f"联系人：{'、'.join(people)}" if people else "")
        self.people.setVisible(bool(people))

    def copy(self) -> None:
        """Put the words on the clipboard, to be pasted into a message."""
        QGuiApplication.clipboard().setText(self.words.toPlainText())
        self.said.emit("催报文字已复制，到微信里粘贴即可")
        self.accept()

    def save(self) -> None:
        """Write the list as a workbook."""
        self._write("xlsx")

    def save_pdf(self) -> None:
        """Write the list as a page to print."""
        self._write("pdf")

    def _write(self, kind: str) -> None:
        """The table report of this month, made beside the window."""
        chosen = self.choose_file(f"{show_month(self._chase.month)}催报名单.{kind}", kind)
        if not chosen:
            return
        path = Path(chosen)
        ledger, scope = self._session.ledger, self._session.scope
        request = Request(
            "chase",
            self._chase.today,
            plan=scope.plan,
            county=scope.county,
            unit=self.unit.currentData(),
            month=self._chase.month,
            has_contacts=self.contacts.isChecked(),
        )

        def work(progress: Progress) -> Path:
            from laoxiao_desktop.ui import report_making  # noqa: PLC0415  (comes with the first page)

            wish = report_making.Wish(request)
            if kind == "xlsx":
                return report_making.save_workbook_of(ledger, wish, path)
            return report_making.save(report_making.make(ledger, wish, progress).content, path)

        job = Job(work)
        job.done.connect(self._tell)
        job.failed.connect(self._refuse)
        job.ended.connect(lambda: self._set_busy(False))
        self._set_busy(True)
        job.start()

    def _set_busy(self, is_busy: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(not is_busy and bool(self._chase.units))

    def _tell(self, path: object) -> None:
        if isinstance(path, Path):
            self.said.emit(f"已写出“{path.name}”")
            self.accept()

    def _refuse(self, problem: object) -> None:
        refusal = problem if isinstance(problem, UserError) else UserError("没有写出。", f"程序内部出错：{problem}")
        self.refused.emit(refusal)

    def _ask_file(self, name: str, kind: str) -> str:
        chosen, _ = QFileDialog.getSaveFileName(self, "保存催报名单", str(paths.documents() / name), f"*.{kind}")
        return chosen
