"""附件: photos, approvals and vouchers of a project: dropped, pasted or chosen, dated, captioned, opened, saved elsewhere."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.record_album import THUMBNAIL, Album, Pair
from laoxiao_desktop.ui.record_fold import Entry
from laoxiao_desktop.ui.record_fold_list import FoldList
from laoxiao_desktop.ui.record_notes import Note, NoteList
from laoxiao_desktop.ui.record_photos import Prepared, pasted, prepared, thumbnail
from laoxiao_desktop.ui.record_sheet import SIDE, EmptyPart, Heading, bring_into_view, sheet_in, write
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import attachments, glances
from laoxiao_desktop.workspace.attachments import PHOTO, Attachment
from laoxiao_desktop.workspace.ledger import Ledger

_FIELDS = tuple(field_of("attachment", name) for name in ("caption", "taken_at", "kind"))
_LINKS = (("open", "打开"), ("export", "另存为…"), ("delete", "删除"))
_KEPT = 300  # thumbnails in memory
_FILTER = "照片和文件 (*.jpg *.jpeg *.png *.bmp *.webp *.pdf *.doc *.docx *.xls *.xlsx *.wps *.et *.ofd);;所有文件 (*)"
Read = list[Prepared | UserError]


class AttachmentsPage(QScrollArea):
    """The attachments of the project in hand."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._project = ""
        self._files: dict[str, Attachment] = {}
        self._pictures: dict[str, QImage] = {}
        self._reading: set[str] = set()
        self._is_over = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.open_url = QDesktopServices.openUrl
        self._build()

    def _build(self) -> None:
        theme = self._theme
        self._sheet, layout = sheet_in(self, "附件")
        self.setAcceptDrops(True)
        self.empty = EmptyPart(theme, self._sheet)
        self.empty.pressed.connect(self.choose)
        self.head = Heading("照片", theme, self._sheet, (("paste", "粘贴"), ("add", "添加文件…")))
        self.head.chosen.connect(lambda key: self.choose() if key == "add" else self.paste())
        self.notes = NoteList(theme, self._sheet)
        self._notes_box = QHBoxLayout()
        self._notes_box.addWidget(self.notes)
        self.pair = Pair(theme, self.picture, self._sheet)
        self.album = Album(theme, self.picture, self._sheet)
        self.album.chosen.connect(self._show_hand)
        self.album.opened.connect(self.open_file)
        self.album.unwanted.connect(lambda uid: self._session.run(attachments.delete, uid))
        self.hand = FoldList(_FIELDS, theme, self._save, self._sheet)
        self.document_head = Heading("文件", theme, self._sheet)
        self.documents = FoldList(_FIELDS, theme, self._save, self._sheet)
        for part in (self.empty, self.head):
            layout.addWidget(part)
        layout.addLayout(self._notes_box)
        for widget in (self.pair, self.album, self.hand, self.document_head, self.documents):
            layout.addWidget(widget)
        layout.addStretch(1)
        for listed in (self.hand, self.documents):
            listed.linked.connect(self._follow)
            listed.turned.connect(lambda row: bring_into_view(self, row, theme))
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.paste)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        side = self._theme.px(SIDE)
        self._notes_box.setContentsMargins(side, 0, side, 0)
        self.empty.restyle()
        for head in (self.head, self.document_head):
            head.restyle()
        for listed in (self.hand, self.documents):
            listed.restyle()
        self.album.updateGeometry()
        self.pair.updateGeometry()

    def focus_first(self) -> None:
        """Give the keyboard to the first thing on the page."""
        target: QWidget = self.empty.button
        if not self.album.isHidden():
            target = self.album
        elif self.documents.rows:
            target = self.documents.rows[0].head
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_project(self, uid: str, _: Mapping[str, Stored]) -> None:
        """Read and show the attachments of a project; open editors of the same project stay."""
        if uid != self._project:
            self.hand.forget()
            self.documents.forget()
            self.notes.show_notes(())
            self.album.take("")
            self.verticalScrollBar().setValue(0)
        self._project = uid
        listed = self._session.read(attachments.of, uid)
        self._files = {one.uid: one for one in listed}
        is_editable = not self._session.ledger.is_read_only
        photos = [one for one in listed if one.kind == PHOTO]
        others = [one for one in listed if one.kind != PHOTO]
        self.empty.setVisible(not listed)
        hint = "把照片、批复拖到这里，或按 Ctrl+V 粘贴截图。照片自动缩到 2000 像素以内，按拍摄日期排列。"
        self.empty.say(hint if is_editable else "没有附件。", "添加文件…" if is_editable else "")
        self.head.setVisible(bool(listed))
        self.head.say("照片", f"{len(photos)} 张" if photos else "还没有")
        for key in ("paste", "add"):
            self.head.link(key).setVisible(is_editable)
        self._show_pair(photos)
        self.album.show_photos(photos)
        self._show_hand(self.album.in_hand)
        self.document_head.setVisible(bool(others))
        self.document_head.say("文件", f"{len(others)} 份")
        self.documents.show_entries([_told(one, is_editable) for one in others], is_editable=is_editable)

    def _show_pair(self, photos: Sequence[Attachment]) -> None:
        newest = max((one.taken_at[:7] for one in photos if one.taken_at), default="")
        month = self._session.read(glances.open_month) or newest
        before, now = self._session.read(attachments.photo_pair, self._project, month) if month else (None, None)
        if now is None and newest and newest != month:
            before, now = self._session.read(attachments.photo_pair, self._project, newest)
        self.pair.show_pair(before, now)

    def _show_hand(self, uid: str) -> None:
        found = self._files.get(uid)
        is_editable = not self._session.ledger.is_read_only
        self.hand.show_entries([_told(found, is_editable)] if found else [], is_editable=is_editable)
        if found is not None and not self.hand.row(uid).is_open:
            had_keyboard = self.album.hasFocus()
            self.hand.open(uid)
            if had_keyboard:
                self.album.setFocus(Qt.FocusReason.OtherFocusReason)

    # Pictures

    def picture(self, one: Attachment) -> QImage | None:
        """The thumbnail of a photo; None while it is read beside the window."""
        found = self._pictures.get(one.sha256)
        if found is None and one.sha256 not in self._reading and self._session.has_ledger:
            self._reading.add(one.sha256)
            ledger = self._session.ledger
            job = Job(lambda _: _small(ledger, one))
            job.done.connect(lambda image: self._keep(one.sha256, image))
            job.failed.connect(lambda _: self._keep(one.sha256, QImage()))
            job.start()
        return found

    def _keep(self, sha256: str, image: object) -> None:
        if len(self._pictures) > _KEPT:
            self._pictures.clear()
        self._reading.discard(sha256)
        self._pictures[sha256] = image if isinstance(image, QImage) else QImage()
        self.album.update()
        self.pair.update()

    # Taking in

    def choose(self) -> None:
        """Ask for files and take them in."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "添加附件", "", _FILTER)
        if chosen:
            self.take_files([Path(name) for name in chosen])

    def paste(self) -> None:
        """Take in what the clipboard holds: files or a picture."""
        self._take_mime(QGuiApplication.clipboard().mimeData())

    def _take_mime(self, mime: QMimeData) -> None:
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.take_files(files)
        elif mime.hasImage():
            image = QImage(mime.imageData())
            name = f"粘贴 {clock.now().strftime('%Y-%m-%d %H%M%S')}.jpg"
            self._prepare([name], lambda _: pasted(image, name))
        else:
            self.notes.show_notes((Note("hint", "剪贴板里没有图片或文件。先截图或在文件夹里复制文件，再粘贴。"),))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Make files ready beside the window, then take them in; what is wrong with one is said below the heading."""
        self._prepare(paths, lambda path: prepared(Path(path)))

    def _prepare(self, sources: Sequence[object], make: object) -> None:
        if self._session.ledger.is_read_only:
            self._session.refused.emit(
                UserError("台账是只读打开的，不能添加附件。", self._session.ledger.read_only_reason)
            )
            return
        project = self._project
        job = Job(lambda progress: _made_ready(sources, make, progress))
        job.progress.connect(lambda done, total, words: self._session.busy.emit(f"{words} {done + 1}/{total}"))
        job.done.connect(lambda made: self._take(project, made))
        job.failed.connect(lambda problem: self.notes.show_notes((Note("error", f"没有添加：{problem}"),)))
        job.ended.connect(lambda: self._session.busy.emit(""))
        self.notes.show_notes((Note("hint", "正在处理…"),))
        job.start()

    def _take(self, project: str, made: Read) -> None:
        refused: list[str] = []
        last = ""
        for one in made:
            if isinstance(one, UserError):
                refused.append(str(one))
                continue
            day = one.taken_on or clock.today().isoformat()
            change, refusal = write(
                self._session, attachments.add, project, one.content, one.kind, taken_at=day, file_name=one.file_name
            )
            if change is not None and change.created is not None:
                last = change.created if one.kind == PHOTO else last
            elif refusal:
                refused.append(refusal)
        self.notes.show_notes([Note("error", sentence) for sentence in refused])
        if last and project == self._project:
            self.album.take(last)

    # Commands

    def _save(self, uid: str, field: Field, stored: Stored) -> str:
        return write(self._session, attachments.edit, uid, {field.name: stored})[1]

    def _follow(self, uid: str, key: str) -> None:
        if key == "open":
            self.open_file(uid)
        elif key == "export":
            self._export(uid)
        else:
            self._session.run(attachments.delete, uid)

    def open_file(self, uid: str) -> None:
        """Show a copy of the file with the program of the computer that is made for it."""
        content = self._content(uid)
        if content is None:
            return
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="laoxiao-", ignore_cleanup_errors=True)
        copy = Path(self._folder.name) / uid[:8] / safe_name(self._files[uid].file_name)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(content)
        self.open_url(QUrl.fromLocalFile(str(copy)))
        self._session.said.emit(f"已用别的程序打开副本“{copy.name}”，在那里改的不会存回台账", False)

    def _export(self, uid: str) -> None:
        content = self._content(uid)
        if content is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(self, "另存附件", safe_name(self._files[uid].file_name))
        if not chosen:
            return
        try:
            Path(chosen).write_bytes(content)
        except OSError as problem:
            refusal = UserError(f"没有存成“{Path(chosen).name}”（{reason_of(problem)}）。", "请换一个文件夹。")
            self._session.refused.emit(refusal)
            return
        self._session.said.emit(f"已另存为 {chosen}", False)

    def _content(self, uid: str) -> bytes | None:
        try:
            return self._session.read(attachments.content, uid)
        except UserError as refusal:
            self._session.refused.emit(refusal)
            return None

    # Dropping

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
            event.acceptProposedAction()
            self._over(True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._over(False)
        event.acceptProposedAction()
        self._take_mime(event.mimeData())

    def _over(self, is_over: bool) -> None:
        self._is_over = is_over
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_over:
            painter = QPainter(self.viewport())
            area = self.viewport().rect().adjusted(4, 4, -4, -4)
            paint.box(painter, self._theme, area, "select", border="accent", radius=4, width=2)
            painter.end()


def safe_name(name: str) -> str:
    """A file name that any computer accepts."""
    cleaned = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(" .")
    return cleaned[-120:] or "附件"


def _small(ledger: Ledger, one: Attachment) -> QImage | None:
    """The thumbnail of a kept photo, read in the thread of a job."""
    with ledger.reader() as reader:
        return thumbnail(attachments.content(reader, one.uid), THUMBNAIL)


def _made_ready(sources: Sequence[object], make: object, progress: Progress) -> Read:
    """Every source made ready, or why not."""
    found: Read = []
    for place, source in enumerate(sources):
        progress.step(place, len(sources), "处理附件")
        try:
            made = make(source) if callable(make) else None
        except UserError as refusal:
            found.append(refusal)
            continue
        if isinstance(made, Prepared):
            found.append(made)
    return found


def _told(one: Attachment, is_editable: bool) -> Entry:
    """An attachment in one row."""
    size = f"{one.size / 1024 / 1024:.1f} MB" if one.size >= 1024 * 1024 else f"{max(1, one.size // 1024)} KB"
    values: dict[str, Stored] = {"caption": one.caption or None, "taken_at": one.taken_at, "kind": one.kind}
    day = one.taken_at.replace("-", ".") if one.taken_at else "没有日期"
    return Entry(
        one.uid,
        one.caption or one.file_name,
        "　".join(part for part in (day, one.file_name if one.caption else "", size) if part),
        one.kind,
        mark="document_text",
        values=values,
        links=_LINKS if is_editable else _LINKS[:2],
    )
