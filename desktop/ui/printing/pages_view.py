"""Shows the pages of a sheet as they are printed, one below the other, at any size, by keyboard alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop import texts
from desktop.ui import theme
from desktop.ui.printing.laid_out import POINTS_PER_INCH, LaidOut

ZOOMS: Final = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_GAP = theme.STEP_12
_LINE = 40
"""How far an arrow scrolls, in logical pixels."""


class PagesView(QAbstractScrollArea):
    """The pages of one sheet.

    Keys: arrows scroll, Home and End go to the first and the last page; turning pages and sizing are the dialog's.

    Signals: `page_changed(int)`, the page that is seen, from 0; `zoom_changed(float)`, 1.0 is the size of the paper.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("print_pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._laid: LaidOut | None = None
        self._zoom = 1.0
        self._is_fitted = True
        self._page = 0
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._name()

    # What is shown

    @property
    def page(self) -> int:
        """The page that is seen, from 0."""
        return self._page

    @property
    def count(self) -> int:
        """How many pages there are; 0 before there is a sheet."""
        return 0 if self._laid is None else self._laid.count

    @property
    def zoom(self) -> float:
        """How large pages are; 1.0 is the size of the paper."""
        return self._zoom

    def show_sheet(self, laid: LaidOut) -> None:
        """Show another sheet, from its first page."""
        self._laid = laid
        self._page = 0
        if self._is_fitted:
            self._zoom = self._fitting()
        self._measure()
        self.verticalScrollBar().setValue(0)
        self._name()
        self.page_changed.emit(0)
        self.zoom_changed.emit(self._zoom)

    def page_rect(self, page: int) -> QRect:
        """Return where a page stands in the viewport."""
        size = self._page_size()
        left = max(_GAP, (self.viewport().width() - size.width()) // 2) - self.horizontalScrollBar().value()
        top = _GAP + page * (size.height() + _GAP) - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), size)

    def _page_size(self) -> QSize:
        if self._laid is None:
            return QSize(0, 0)
        scale = self._zoom * self.logicalDpiX() / POINTS_PER_INCH
        return QSize(round(self._laid.size.width() * scale), round(self._laid.size.height() * scale))

    # Moving and sizing

    def go_to(self, page: int) -> None:
        """Show the top of a page."""
        page = max(0, min(page, self.count - 1))
        self.verticalScrollBar().setValue(page * (self._page_size().height() + _GAP))
        self._set_page(page)

    def zoom_to(self, zoom: float) -> None:
        """Show pages at another size; what is at the top stays there."""
        self._is_fitted = False
        self._apply(max(ZOOMS[0], min(zoom, ZOOMS[-1])))

    def zoom_by(self, step: int) -> None:
        """Show pages one step larger or smaller."""
        if step > 0:
            self.zoom_to(next((zoom for zoom in ZOOMS if zoom > self._zoom + 0.005), ZOOMS[-1]))
        else:
            self.zoom_to(next((zoom for zoom in reversed(ZOOMS) if zoom < self._zoom - 0.005), ZOOMS[0]))

    def fit_width(self) -> None:
        """Make a page as wide as there is room, now and when the window changes its size."""
        self._is_fitted = True
        self._apply(self._fitting())

    def _fitting(self) -> float:
        if self._laid is None:
            return 1.0
        room = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width() - 2 * _GAP
        fits = room * POINTS_PER_INCH / (self._laid.size.width() * self.logicalDpiX())
        return max(ZOOMS[0], min(fits, ZOOMS[-1]))

    def _apply(self, zoom: float) -> None:
        page, step = self._page, self._page_size().height() + _GAP
        into = (self.verticalScrollBar().value() - page * step) / step if step > _GAP else 0.0
        self._zoom = zoom
        self._measure()
        step = self._page_size().height() + _GAP
        self.verticalScrollBar().setValue(round((page + into) * step))
        self._set_page(page)
        self.zoom_changed.emit(zoom)
        self.viewport().update()

    def _measure(self) -> None:
        size, room = self._page_size(), self.viewport().size()
        tall = self.count * (size.height() + _GAP) + _GAP
        for bar, whole, seen in (
            (self.verticalScrollBar(), tall, room.height()),
            (self.horizontalScrollBar(), size.width() + 2 * _GAP, room.width()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(_LINE)
        self.viewport().update()

    def _on_scrolled(self) -> None:
        step = self._page_size().height() + _GAP
        if step > _GAP:
            middle = self.verticalScrollBar().value() + self.viewport().height() // 3
            self._set_page(min(max(0, middle // step), max(0, self.count - 1)))
        self.viewport().update()

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._name()
            self.page_changed.emit(page)

    def _name(self) -> None:
        self.setAccessibleName(texts.text("printing.pages", page=self._page + 1, pages=max(1, self.count)))

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that are seen, as fine as the screen is."""
        colours = theme.colours()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colours.window)
        if self._laid is None:
            return
        ratio = self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in range(self.count):
            rect = self.page_rect(page)
            if not rect.intersects(event.rect()):
                continue
            painter.drawImage(rect, self._laid.picture(page, self._zoom * self.logicalDpiX() * ratio))
            painter.setPen(QPen(colours.strong, 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, theme.FOCUS_WIDTH))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame of what has the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, and go to the first and the last page."""
        if event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self.count - 1)
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (_LINE if event.key() == Qt.Key.Key_Down else -_LINE))
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (_LINE if event.key() == Qt.Key.Key_Right else -_LINE))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width fitted where that was asked for."""
        super().resizeEvent(event)
        if self._is_fitted and self._laid is not None:
            fitting = self._fitting()
            if abs(fitting - self._zoom) > 0.001:  # noqa: PLR2004 - below it no dot moves
                self._apply(fitting)
                return
        self._measure()
