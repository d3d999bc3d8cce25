"""The window's language: our catalogue and Qt's own buttons together."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import texts


def install(app: QApplication, language: str = "en") -> bool:
    """Set the program's language; return whether Qt's own texts came along (English needs none)."""
    texts.use(language)
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    locale = QLocale(language)
    QLocale.setDefault(locale)
    if locale.language() is QLocale.Language.English:
        return True
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load(locale, "qtbase", "_", folder):
        return False
    return app.installTranslator(translator)
