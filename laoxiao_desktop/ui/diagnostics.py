"""诊断: what a helper must know about this machine, this program and this ledger; copied as words without personal data."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton

from laoxiao_desktop import clock
from laoxiao_desktop.ui import labels, meaning_tip
from laoxiao_desktop.ui.about import fonts_that_print, versions
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.crash import log_file
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.settings_parts import Section
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import safety

if TYPE_CHECKING:
    from laoxiao_desktop.workspace.ledger import Ledger

Lines = tuple[tuple[str, str], ...]  # (label, words)
HINT = "求助时复制这些文字发给帮您的人；其中没有姓名、单位、文件名和项目内容。"
KEPT = 3  # backups that are told one by one
ASKING = "正在查看……"


class DiagnosticsSection(Section):
    """One line per fact; what takes time is looked up beside the window."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(theme, "诊断", HINT)
        self.setProperty(meaning_tip.PROPERTY, "setting.diagnostics")
        self._session = session
        self._values: dict[str, QLabel] = {}
        self._form: QFormLayout = self.form()
        self.look = QPushButton("重新查看")
        self.look.clicked.connect(self.look_up)
        self.log = QPushButton("打开日志文件夹")
        self.log.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file().parent))))
        self.copy = QPushButton("复制为文字")
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.copy)
        row.addWidget(self.look)
        row.addWidget(self.log)
        row.addStretch(1)
        self.column.addLayout(row)
        self._is_asking = False

    @property
    def text(self) -> str:
        """What is copied."""
        return "\n".join(f"{label}：{value.text()}" for label, value in self._values.items())

    @property
    def is_asking(self) -> bool:
        """Whether the slow facts are still being looked up."""
        return self._is_asking

    def look_up(self) -> None:
        """Look at everything again."""
        if self._is_asking:
            return
        self._show(
            (
                *_of_machine(self._theme),
                ("台账", ASKING),
                ("备份", ASKING),
                ("磁盘", ASKING),
                ("打印字体", ASKING),
                ("日志", ASKING),
            )
        )
        self._is_asking = True
        self.look.setEnabled(False)
        ledger = self._session.ledger

        def work(progress: Progress) -> object:
            progress.check()
            with ledger.reader() as reader:
                health = _of_ledger(reader)
            return (*health, ("打印字体", fonts_that_print().replace("\n", "，")), ("日志", _of_log(log_file())))

        job = Job(work)
        job.done.connect(self._show)
        job.failed.connect(lambda problem: self._show((("台账", f"没有查成：{problem}"),)))
        job.ended.connect(self._end)
        job.start()

    def _end(self) -> None:
        self._is_asking = False
        self.look.setEnabled(True)

    def _show(self, lines: Lines) -> None:
        for label, words in lines:
            if label not in self._values:
                self._values[label] = labels.sentence()
                self._form.addRow(labels.field_label(self._theme, label), self._values[label])
            self._values[label].setText(words)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._session.said.emit("诊断已复制", False)


def _of_machine(theme: Theme) -> Lines:
    screen = QGuiApplication.primaryScreen()
    size = screen.size()
    look = "深色" if theme.is_dark else "浅色"
    return (
        ("时间", f"{clock.now():%Y-%m-%d %H:%M}"),
        ("程序", versions()),
        ("系统", f"{platform.system()} {platform.release()} {platform.machine()}，{QGuiApplication.platformName()}"),
        (
            "屏幕",
            f"{size.width()} × {size.height()}，缩放 {screen.devicePixelRatio() * 100:.0f} %，"
            f"字号 {theme.factor * 100:.0f} %，{look}",
        ),
        ("屏幕字体", theme.font().family()),
        ("输入法", os.environ.get("QT_IM_MODULE") or "按系统"),
    )


def _of_ledger(reader: Ledger) -> Lines:
    """Health and backups; names and paths stay out."""
    summary, verdict = reader.summary(), safety.verify(reader)
    size = reader.path.stat().st_size / 1_000_000
    health = "完好" if verdict.is_sound else f"发现 {len(verdict.problems)} 处不一致，详情用“核对台账”查看"
    kind = "示例，" if summary.is_demo else ""
    told = (
        f"{health}；{kind}{summary.plans} 个方案，{summary.projects} 个项目，{verdict.ops} 条改动记录，"
        f"{size:.1f} MB，校验码 {verdict.head[:8]}"
    )
    kept = safety.kept(reader.path)
    last = "；".join(f"{one.made_at:%Y-%m-%d %H:%M} {one.why}".strip() for one in kept[:KEPT])
    free = shutil.disk_usage(reader.path.parent).free / 1_000_000_000
    return (
        ("台账", told),
        ("备份", f"{len(kept)} 份，最近 {last}" if kept else "还没有备份"),
        ("磁盘", f"台账所在的磁盘还有 {free:.1f} GB"),
    )


def _of_log(file: Path) -> str:
    """How many mistakes the log holds; where it lies is told without the name of the person."""
    where = f"{file.parent.name}/{file.name}（在程序的数据文件夹里）"
    if not file.is_file():
        return f"{where}，没有记录"
    lines = [line for line in file.read_text(encoding="utf-8", errors="replace").splitlines() if _is_mistake(line)]
    return f"{where}，{len(lines)} 条，最近 {lines[-1][:16]}" if lines else f"{where}，没有记录"


def _is_mistake(line: str) -> bool:
    return line[:4].isdigit() and any(word in line for word in (" WARNING ", " ERROR ", " CRITICAL "))
