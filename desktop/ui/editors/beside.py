"""What customs has, beside the form where the window is wide enough for both (ui design 6)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui import pieces
from desktop.ui.binding.columns import at_normal_size, at_this_size
from desktop.ui.editors.lines_page import LinesPage
from desktop.ui.editors.tabs import TABS, EditorTabs

WIDE = 1752
"""Logical pixels of an editor in a window of 1920 with the rail beside it."""

_FORM, _SIDE = 1310, 324  # the list and form of shipments; the problems
_LEAST, _MOST = 348, 700
_TAB = TABS.index("customs")


class Beside(QObject):
    """Takes the page of what customs has out of the tabs while the editor is wide, and puts it back.

    Args:
        page: the page.
        tabs: its tab goes while the page stands beside the form.
        pages: where it stands else.
        editor: the widget whose width is followed.
        row: the form and its side panel; the page stands between them.
    """

    def __init__(
        self, page: LinesPage, tabs: EditorTabs, pages: QStackedWidget, editor: QWidget, row: QBoxLayout
    ) -> None:
        super().__init__(editor)
        self._page = page
        self._tabs = tabs
        self._pages = pages
        self._frame = pieces.frame("side", parent=editor)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(1, 0, 0, 0)
        row.insertWidget(row.indexOf(pages) + 1, self._frame)
        self._frame.hide()
        editor.installEventFilter(self)
        self._fit(editor.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the editor."""
        if isinstance(event, QResizeEvent):
            self._fit(event.size().width())
        return super().eventFilter(watched, event)

    def _fit(self, width: int) -> None:
        is_beside = at_normal_size(width) >= WIDE
        if is_beside and self._frame.isHidden():
            if self._pages.currentWidget() is self._page:
                self._pages.setCurrentIndex(0)
                self._tabs.setCurrentIndex(0)
            self._pages.removeWidget(self._page)
            column = self._frame.layout()
            if column is not None:
                column.addWidget(self._page)
            self._page.show()
        elif not is_beside and not self._frame.isHidden():
            self._pages.addWidget(self._page)
        self._frame.setVisible(is_beside)
        self._tabs.setTabVisible(_TAB, not is_beside)
        room = width - at_this_size(_SIDE) - at_this_size(_FORM)
        self._frame.setFixedWidth(max(at_this_size(_LEAST), min(room, at_this_size(_MOST))))
