"""A line above a trip that is nobody's: it cannot be sent until somebody says whose it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.signs import Sign, SignLabel


def offer_carrier(editor: QWidget, on_asked: Callable[[], object]) -> None:
    """Put the line on top of an editor; its button asks for the carrier."""
    layout = editor.layout()
    if not isinstance(layout, QBoxLayout):
        return
    strip = pieces.frame("banner", "attention", editor)
    strip.setObjectName("carrier_strip")
    choose = pieces.button(texts.text("window.carriers.choose"), name="choose_carrier")
    choose.clicked.connect(lambda _checked=False: on_asked())
    row = QHBoxLayout(strip)
    row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_4, theme.PAGE_MARGIN, theme.STEP_4)
    row.setSpacing(theme.STEP_8)
    row.addWidget(SignLabel(Sign.ASK, 18))
    row.addWidget(pieces.prose(texts.text("window.carriers.nobody")), 1)
    row.addWidget(choose)
    layout.insertWidget(0, strip)
