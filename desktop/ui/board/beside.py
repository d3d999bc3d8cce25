"""Shows the current trip beside the board where there is room, else over its right edge while somebody peeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame

from desktop.errors import NotFound
from desktop.ui import pieces
from desktop.ui.board.detail import WIDTH, Detail
from desktop.ui.desk import Desk
from desktop.ui.reload import Reload

if TYPE_CHECKING:
    from desktop.ui.board.page import BoardPage

_WIDE = 1_680
_READ_AFTER_MS = 150


class Beside(QObject):
    """The detail of the current trip.

    Attributes:
        detail: what shows it.
    """

    def __init__(self, desk: Desk, page: BoardPage) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._line: QFrame = pieces.upright()
        self._is_over = False
        self.detail = Detail(desk.clock, page)
        self.detail.left.connect(self.put_away)
        self.detail.hide()
        self._line.setParent(page)
        self._line.hide()
        self._reload = Reload(desk.keeper, self._read, "board.story")
        self._timer = pieces.single_shot(page, _READ_AFTER_MS, self._reload.ask)

    @property
    def _is_wide(self) -> bool:
        return self._page.window().width() >= _WIDE

    def toggle(self) -> None:
        """Space: look at the current trip, or put it away; where it is always in sight, go to it."""
        if self._is_wide:
            self.detail.setFocus()
            self.detail.focusNextChild()
        elif self._is_over:
            self.put_away()
        else:
            self._is_over = True
            self.lay()
            self.show_current()

    def put_away(self) -> None:
        """Go back to the board."""
        self._page.view.setFocus()
        if self._is_over:
            self._is_over = False
            self.lay()

    def lay(self) -> None:
        """Give the trip its place by the width of the window."""
        middle, is_beside = self._page.middle, self._is_wide
        stands_beside = middle.indexOf(self.detail) >= 0
        if is_beside and not stands_beside:
            self._is_over = False
            middle.addWidget(self._line)
            middle.addWidget(self.detail)
        elif stands_beside and not is_beside:
            middle.removeWidget(self._line)
            middle.removeWidget(self.detail)
        self.detail.setProperty("look", "page" if is_beside else "card")
        self._line.setVisible(is_beside or self._is_over)
        self.detail.setVisible(is_beside or self._is_over)
        if self._is_over:
            page, top = self._page, self._page.bar.height()
            self._line.setGeometry(page.width() - WIDTH - 1, top, 1, page.height() - top)
            self.detail.setGeometry(page.width() - WIDTH, top, WIDTH, page.height() - top)
            self._line.raise_()
            self.detail.raise_()
        if is_beside:
            self.show_current()

    def show_current(self) -> None:
        """Show the current trip, if it is looked at."""
        if self.detail.isHidden():
            return
        model = self._page.model
        row = model.row(self._page.view.current_id())
        self.detail.show_row(row, None if row is None else model.words(row))
        if row is not None:
            self._timer.start()

    async def _read(self) -> None:
        trip_id = self.detail.trip_id
        if trip_id:
            try:
                detail = await self._desk.lookups.trip(trip_id)
            except NotFound:
                return
            self.detail.show_story(trip_id, detail.history)
