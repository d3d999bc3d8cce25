"""The tabs beside the form: what customs has against what stands here, and the history of the trip."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from desktop.services.compared import Comparison
from desktop.services.edit_session import EditSession
from desktop.services.views import HistoryLine, TripDetail
from desktop.texts import text
from desktop.ui.binding.columns import at_normal_size
from desktop.ui.desk import Desk
from desktop.ui.editors.beside import WIDE, Beside
from desktop.ui.editors.lines_page import Line, LinesPage
from desktop.ui.editors.tabs import EditorTabs

_TIME = "%Y-%m-%d %H:%M:%S"


class Aside(QObject):
    """Makes the two pages on first use and keeps them true.

    Signals:
        field_wanted: pointer of a field that differs.
    """

    field_wanted = Signal(str)

    def __init__(
        self, desk: Desk, session: EditSession, tabs: EditorTabs, pages: QStackedWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._tabs = tabs
        self._pages = pages
        self._made: dict[str, LinesPage] = {}
        self._comparison = Comparison(None)
        self._history: tuple[HistoryLine, ...] = ()
        self._beside: Beside | None = None
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Once the editor is wide, let what customs has stand beside the form."""
        editor = self.parent()
        if self._beside is None and isinstance(event, QResizeEvent) and isinstance(editor, QWidget):
            row = editor.findChild(QBoxLayout, "body_row")
            if row is not None and at_normal_size(event.size().width()) >= WIDE:
                self._beside = Beside(self.page("customs"), self._tabs, self._pages, editor, row)
        return super().eventFilter(watched, event)

    def page(self, name: str) -> LinesPage:
        """Return the page of `customs` or `history`."""
        if name not in self._made:
            if name == "customs":
                heads = [text(f"compared.head.{key}") for key in ("place", "before", "now")]
                made = LinesPage(name, heads, (4, 3, 3), self._pages)
                made.chosen.connect(self.field_wanted)
            else:
                heads = [text("compared.history.head.time"), text("compared.history.head.text")]
                made = LinesPage(name, heads, (2, 6), self._pages)
            self._made[name] = made
            self._pages.addWidget(made)
            self._show(name)
        return self._made[name]

    async def read(self, detail: TripDetail) -> None:
        """Read again what is shown here; `detail` was just read."""
        comparison = await self._desk.compared.with_customs(self._session.trip_id)
        if not shiboken6.isValid(self):
            return
        self._comparison, self._history = comparison, detail.history
        count = len(comparison.rows)
        self._tabs.show_tag("customs", text("compared.tag", count=count) if count else "")
        for name in self._made:
            self._show(name)

    def _show(self, name: str) -> None:
        page = self._made[name]
        if name == "history":
            lines = [Line((f"{one.at.astimezone():{_TIME}}", one.text)) for one in reversed(self._history)]
            empty = f"{text('compared.history.none')}. {text('compared.history.none.text')}"
            page.show_lines(text("compared.history.name"), "", lines, empty)
            return
        taken = self._comparison.taken_at
        if taken is None:
            words = f"{text('compared.none_sent')}. {text('compared.none_sent.text')}"
            page.show_lines(text("compared.name"), "", (), words)
            return
        time = f"{taken.astimezone():{_TIME}}"
        rows = self._comparison.rows
        lines = [Line((row.place, row.before, row.now), "" if row.is_gone else row.pointer) for row in rows]
        heading = text("compared.changed", count=len(rows)) if rows else text("compared.same")
        detail = text("compared.taken", time=time) if rows else ""
        page.show_lines(heading, detail, lines, text("compared.same.text", time=time))
