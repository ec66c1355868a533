"""A page of the manual as it is read: Markdown with its pictures, in the type and the colours of the window."""

from PySide6.QtCore import QRegularExpression, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser
from typing_extensions import override

from laoxiao_desktop import paths
from laoxiao_desktop.models.manual import KEY
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import manual

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_LINE_HEIGHT, _TABLE_HEIGHT = 150, 125  # per cent
_HEADINGS = {1: 18.0, 2: 15.0, 3: 13.0}  # level → px


class ManualView(QTextBrowser):
    """Shows one page. `turned` names the page now shown; `called` carries a link that is no page (`round:start`)."""

    turned = Signal(str)
    called = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._key = ""
        self._before: list[str] = []
        self._pictures: dict[str, QImage] = {}
        self.setObjectName("manual")
        self.setAccessibleName("手册")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._follow)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def key(self) -> str:
        """The key of the page shown; empty before the first."""
        return self._key

    @property
    def can_go_back(self) -> bool:
        """Whether another page was read before this one."""
        return bool(self._before)

    def show_page(self, key: str, words: str = "") -> None:
        """Show a page, at words that stand in it if any are given."""
        key = manual.page(key).key
        if key != self._key:
            if self._key:
                self._before.append(self._key)
            self._key = key
            self._render()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if words:
            self.find(words)
        self.turned.emit(key)

    def begin(self, key: str) -> None:
        """Show a page as the first one."""
        self._before.clear()
        self._key = ""
        self.show_page(key)

    def go_back(self) -> None:
        """The page that was read before."""
        if self._before:
            key = self._before.pop()
            self._key = ""
            self.show_page(key)

    def _follow(self, link: QUrl) -> None:
        words = link.toString()
        if words.endswith(".md"):
            self.show_page(words.removesuffix(".md"))
        else:
            self.called.emit(words)

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(f"#manual {{ background: {tokens.surface}; border: none; padding: 0; }}")
        if self._key:
            self._render()

    def _render(self) -> None:
        document = QTextDocument(self)  # a fresh one: letters of the page before would colour the next
        document.setDefaultFont(self._theme.font(13))
        document.setIndentWidth(self._theme.px(18))
        self.setDocument(document)
        document.setMarkdown(manual.page(self._key).text, _FEATURES)
        document.setDocumentMargin(self._theme.px(4))
        self._dress_blocks(document)
        self._dress_keys(document)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        self.moveCursor(QTextCursor.MoveOperation.Start)  # else the keyboard would be at the end, and so the view

    def _dress_blocks(self, document: QTextDocument) -> None:
        theme, block = self._theme, document.begin()
        cursor = QTextCursor(document)
        while block.isValid():
            level = block.blockFormat().headingLevel()
            spaced = QTextBlockFormat()
            spaced.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setPosition(block.position())
            if cursor.currentTable() is not None:
                spaced.setLineHeight(_TABLE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if "\ufffc" in block.text():
                spaced.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if level:
                spaced.setTopMargin(theme.px(4 if level == 1 else 14))
                spaced.setBottomMargin(theme.px(6))
            elif cursor.currentTable() is None:
                spaced.setBottomMargin(theme.px(4 if block.textList() else 8))
            cursor.mergeBlockFormat(spaced)
            if level:
                letters = QTextCharFormat()
                letters.setFont(theme.font(_HEADINGS.get(level, 13.0), medium=True))
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(letters)
            block = block.next()

    def _dress_keys(self, document: QTextDocument) -> None:
        """Keys stand on a ground of their own, as caps do."""
        cap = QTextCharFormat()
        cap.setBackground(QBrush(self._theme.color("track")))
        cap.setFontWeight(QFont.Weight.Medium)
        keys = QRegularExpression(KEY)
        found = document.find(keys)
        while not found.isNull():
            found.mergeCharFormat(cap)
            found = document.find(keys, found)

    def _dress_table(self, table: QTextTable) -> None:
        form = table.format()
        form.setBorder(1)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderCollapse(True)
        form.setBorderBrush(QBrush(self._theme.color("line2")))
        form.setCellPadding(self._theme.px(5))
        form.setCellSpacing(0)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(form)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        file = paths.resources() / "manual" / (name if isinstance(name, str) else name.toString())
        width = max(80, self.viewport().width() - 2 * self._theme.px(8))
        ratio = self.devicePixelRatioF()
        key = f"{file.name} {width} {ratio}"
        if key not in self._pictures:
            picture = QImage(str(file))
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToWidth(round(width * ratio), smooth) if not picture.isNull() else picture
            picture.setDevicePixelRatio(ratio)
            self._pictures[key] = picture
        return self._pictures[key]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._key and event.oldSize().width() != event.size().width():
            bar = self.verticalScrollBar()
            part = bar.value() / max(1, bar.maximum()) if event.oldSize().isValid() else 0.0
            self._render()
            bar.setValue(round(part * bar.maximum()))
