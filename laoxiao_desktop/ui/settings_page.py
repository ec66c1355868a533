"""The settings: who I am, how it looks, backups, the soundness of the ledger, and what this program is."""

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui import labels, meaning_tip, paint, scroll
from laoxiao_desktop.ui.about import AboutSection
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.diagnostics import DiagnosticsSection
from laoxiao_desktop.ui.person_panel import PersonPanel
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.settings_backups import BackupsSection
from laoxiao_desktop.ui.settings_lights import LightsSection
from laoxiao_desktop.ui.settings_parts import Section
from laoxiao_desktop.ui.theme import FACTORS, Mode, Theme
from laoxiao_desktop.workspace import safety

MODES: tuple[tuple[Mode, str], ...] = (("light", "浅色"), ("dark", "深色"), ("system", "跟随系统"))


class SettingsPlace(QWidget):
    """One column of sections; everything takes effect at once."""

    title = "设置"
    icon = "settings"
    key = "settings"

    restore_asked = Signal(object)
    person_changed = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.backups = BackupsSection(session, theme)
        self.backups.restore_asked.connect(self.restore_asked)
        self.lights = LightsSection(session, theme)
        self.ledger = LedgerSection(session, theme)
        self.about = AboutSection(theme)
        self.diagnostics = DiagnosticsSection(session, theme)
        self.person = PersonPanel(theme, why="", verb="保存姓名和单位", label_width=88)
        self.person.named.connect(self._take_person)
        self.heart: QWidget = self.person.name  # the keyboard begins at the top, not in the list of backups
        sheet = QWidget()
        sheet.setMaximumWidth(theme.px(760))
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.px(32), theme.px(24), theme.px(32), theme.px(32))
        column.setSpacing(theme.px(28))
        for section in (
            self._person_section(),
            self._look_section(),
            self.lights,
            self.backups,
            self.ledger,
            self.diagnostics,
            self.about,
        ):
            column.addWidget(section)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll.column(sheet))

    def activate(self) -> None:
        """Read again what may have changed since the page was last seen."""
        self.person.show_person(self._session.settings.person)
        self.lights.refresh()
        self.backups.refresh()
        self.ledger.refresh()
        self.diagnostics.look_up()

    def _person_section(self) -> Section:
        section = Section(self._theme, "使用者", "每处改动都记下是谁改的。")
        self.person.setMaximumWidth(self._theme.px(480))
        section.column.addWidget(self.person)
        return section

    def _take_person(self, person: Person) -> None:
        self._session.settings.person = person
        self.person_changed.emit(person)
        self._session.said.emit("姓名和单位已保存", False)

    def _look_section(self) -> Section:
        section = Section(self._theme, "外观")
        form = section.form()
        modes, factors = QHBoxLayout(), QHBoxLayout()
        self.modes, self.factors = QButtonGroup(self), QButtonGroup(self)
        for mode, words in MODES:
            button = QRadioButton(words)
            button.setAccessibleName(f"颜色 {words}")
            button.setChecked(self._theme.mode == mode)
            button.clicked.connect(lambda _checked, mode=mode: self._choose_mode(mode))
            self.modes.addButton(button)
            modes.addWidget(button)
        for factor in FACTORS:
            button = QRadioButton(f"{round(factor * 100)} %")
            button.setAccessibleName(f"字号 {round(factor * 100)} %")
            button.setChecked(self._theme.factor == factor)
            button.clicked.connect(lambda _checked, factor=factor: self._choose_factor(factor))
            self.factors.addButton(button)
            factors.addWidget(button)
        for row, words in ((modes, "颜色"), (factors, "字号")):
            row.setSpacing(self._theme.px(16))
            row.addStretch(1)
            label = labels.field_label(self._theme, words)
            key = "setting.mode" if row is modes else "setting.factor"
            meaning_tip.explain(label, key)
            for choice in (self.modes if row is modes else self.factors).buttons():
                meaning_tip.explain(choice, key)
            form.addRow(label, row)
        return section

    def _choose_mode(self, mode: Mode) -> None:
        self._session.settings.mode = mode
        self._theme.choose(mode=mode)

    def _choose_factor(self, factor: float) -> None:
        self._session.settings.factor = factor
        # this page is built again: only after an arrow key has moved the keyboard to the button
        QTimer.singleShot(0, self, lambda: self._theme.choose(factor=factor))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self._theme, self.rect(), "surface")


class LedgerSection(Section):
    """Where the ledger lies, what is in it, and whether it is sound."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(theme, "这本台账")
        self._session = session
        self._name, self._path, self._counts = labels.sentence(), labels.sentence(), labels.sentence()
        self.verdict = labels.sentence()
        self.verdict.hide()
        self.progress = ProgressStrip(theme)
        self.check = QPushButton("核对台账")
        meaning_tip.explain(self.check, "setting.check")
        self.check.clicked.connect(self._verify)
        show = QPushButton("打开所在文件夹")
        show.clicked.connect(self._show_folder)
        form = self.form()
        for words, value in (("名称", self._name), ("文件", self._path), ("内容", self._counts)):
            form.addRow(labels.field_label(theme, words), value)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.check)
        row.addWidget(show)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.verdict)

    def refresh(self) -> None:
        """Read name, place and counts again."""
        ledger = self._session.ledger
        summary = ledger.summary()
        self._name.setText(f"{summary.name}{'（示例）' if summary.is_demo else ''}")
        self._path.setText(str(ledger.path))
        self._counts.setText(f"{summary.plans} 个方案，{summary.projects} 个项目；改动记录的末端校验码 {ledger.head()}")

    def _verify(self) -> None:
        ledger = self._session.ledger

        def work(progress: Progress) -> object:
            progress.check()
            with ledger.reader() as reader:
                verdict = safety.verify(reader)
            return verdict.problems, verdict.ops

        job = Job(work)
        job.done.connect(self._show_verdict)
        job.failed.connect(self._show_failure)
        job.ended.connect(lambda: self.check.setEnabled(True))
        self.progress.follow(job, "正在核对……")
        self.check.setEnabled(False)
        self.verdict.hide()
        job.start()

    def _show_verdict(self, told: tuple[tuple[str, ...], int]) -> None:
        problems, ops = told
        if problems:
            self._say("\n".join((f"发现 {len(problems)} 处不一致，请从上面的备份恢复。", *problems)), "red")
        else:
            self._say(f"台账完好：{ops} 条改动记录首尾相连，每一项内容都与记录一致。", "green")

    def _show_failure(self, problem: object) -> None:
        if isinstance(problem, UserError):
            self._say(f"{problem.what}{problem.remedy}", "red")

    def _say(self, words: str, tone: str) -> None:
        labels.set_tone(self.verdict, tone)
        self.verdict.setText(words)
        self.verdict.show()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.ledger.path.parent)))
