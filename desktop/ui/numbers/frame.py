"""How the dialogs of numbering stand: a head, a form that scrolls where there is no room, buttons that always show."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLayout, QVBoxLayout, QWidget

from desktop.ui import pieces, theme

_USUAL_LINE = 18  # pixels, at the usual size of type


def grown(pixels: int) -> int:
    """Return a length drawn for the usual size of type in the one the user has."""
    return round(pixels * theme.line_height("body") / _USUAL_LINE)


def keep_calm(view: QAbstractItemView) -> None:
    """Mark the selected row by the ground of a selection, so that signs and colours of its words survive."""
    colours, palette = theme.colours(), view.palette()
    palette.setColor(QPalette.ColorRole.Highlight, colours.selection)
    palette.setColor(QPalette.ColorRole.HighlightedText, colours.text)
    view.setPalette(palette)


def put_up(dialog: QDialog, head: QWidget | QLayout, form: QLayout, foot: QLayout, size: tuple[int, int]) -> None:
    """Lay a dialog out and give it its size, less where its window is smaller."""
    inner = QWidget()
    form.setContentsMargins(0, 0, theme.STEP_4, 0)
    inner.setLayout(form)
    column = QVBoxLayout(pieces.ground(dialog))
    column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_16)
    column.setSpacing(theme.STEP_12)
    if isinstance(head, QWidget):
        column.addWidget(head)
    else:
        column.addLayout(head)
    column.addWidget(pieces.scrolling(inner), 1)
    column.addLayout(foot)
    pieces.fit(dialog, grown(size[0]), grown(size[1]))
