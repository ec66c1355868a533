"""The front door of the window: everything is made and joined here, then Qt runs."""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from laoxiao_desktop import paths
from laoxiao_desktop.ui import crash, fonts, input_method, style
from laoxiao_desktop.ui.crash import Crashes
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.report_keeping import ReportKeeper
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

_CAPS = {
    "Return": "Enter\u200b",  # not just Enter: Qt also reads keys by these names, and the other Enter is named so
    "Backspace": "Backspace",
    "Del": "Delete",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
}
TRANSLATIONS = ("qtbase_zh_CN", "qt_zh_CN")


def main(arguments: Sequence[str] = ()) -> int:
    """Run the window, with a ledger when one is named; gives the exit status."""
    crash.start_log()
    application = make_application()
    window = make_window(application, Settings(paths.settings_file()))
    crashes = Crashes(window.theme, window)
    crashes.refused.connect(window.messages.refuse)
    crashes.install()
    if arguments:
        ledger = Path(arguments[0])
        window.painted.connect(lambda: window.open_named(ledger))
    window.show()
    return application.exec()


def make_application() -> QApplication:
    """The QApplication with exact scaling, an input method, Chinese words in Qt's own dialogs."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QCoreApplication.setApplicationName("laoxiao")
    way = input_method.prepare()
    application = QApplication(sys.argv[:1])
    input_method.attach(application, way)
    application.setApplicationDisplayName("")
    speak_chinese(application)
    return application


def speak_chinese(application: QApplication) -> None:
    """Qt's own words (buttons, file and print dialogs, menus of text fields) and dates in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name in TRANSLATIONS:
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    application.installTranslator(OwnWords(application))


class OwnWords(QTranslator):
    """Words that Qt's translation lacks or says otherwise: kinds of files in its file dialog, which looks for them under a
    name that the translation does not have, and keys in menus as the caps of the keyboard and the manual name them."""

    @override
    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        if context == "QShortcut" and sourceText in _CAPS:
            return _CAPS[sourceText]
        if context != "QAbstractFileIconProvider":
            return None  # type: ignore[return-value]  # a null string: somebody else may know it
        return QCoreApplication.translate("QFileDialog", sourceText, disambiguation, n)

    @override
    def isEmpty(self) -> bool:
        return False


def make_window(application: QApplication, settings: Settings) -> MainWindow:
    """The window with its theme, style and session."""
    family = fonts.load(paths.resources() / "fonts")
    theme = Theme(settings.mode, settings.factor, family, application)
    style.Style(application, theme)
    session = Session(application, settings)
    window = MainWindow(session, theme)
    window.painted.connect(lambda: QTimer.singleShot(0, window.load_plans))
    ReportKeeper(session, window)
    return window
