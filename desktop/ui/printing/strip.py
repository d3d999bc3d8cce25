"""A line above a trip whose printed sheet must not be handed over any more: why, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desktop import texts
from desktop.clock import Clock
from desktop.printing.sheet import SheetKind
from desktop.services.views import PaperMark, PaperTrouble
from desktop.ui import pieces, theme
from desktop.ui.signs import Sign, SignLabel
from desktop.ui.toast import announce
from desktop.ui.trips.words import paper_words


class PaperStrip:
    """Shows a mark on top of an editor, and nothing where there is none.

    Attributes:
        frame: the line.
        again: prints the same sheet again.
    """

    def __init__(self, editor: QWidget, clock: Clock, print_again: Callable[[SheetKind], object]) -> None:
        self._editor = editor
        self._clock = clock
        self._print_again = print_again
        self._mark: PaperMark | None = None
        self.frame = pieces.frame("banner", "attention", editor)
        self.frame.setObjectName("paper_strip")
        self.words = pieces.prose("")
        self.detail = pieces.prose("", "caption")
        self.again = pieces.button(texts.text("paper.print_again"), "print", name="print_again")
        self.again.clicked.connect(self._on_again)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(theme.PAGE_MARGIN, theme.STEP_4, theme.PAGE_MARGIN, theme.STEP_4)
        row.setSpacing(theme.STEP_8)
        row.addWidget(SignLabel(Sign.ASK, 18))
        row.addWidget(self.words, 3)
        row.addWidget(self.detail, 2)
        row.addWidget(self.again)
        self.frame.hide()
        layout = editor.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, self.frame)

    def show_mark(self, mark: PaperMark | None) -> None:
        """Show what is wrong with the paper; a change of it is announced, without taking the focus."""
        if not shiboken6.isValid(self.frame) or mark == self._mark:
            return
        is_new = mark is not None and (self._mark is None or self._mark.trouble is not mark.trouble)
        self._mark = mark
        if mark is not None:
            words = paper_words(mark, self._clock.now())
            self.words.setText(words)
            self.detail.setText(_what_changed(mark))
            self.again.setVisible(mark.trouble is not PaperTrouble.VOID)
            if is_new:
                announce(self._editor, words)
        self.detail.setVisible(mark is not None and bool(mark.parts))
        self.frame.setVisible(mark is not None)

    def _on_again(self) -> None:
        if self._mark is not None:
            self._print_again(SheetKind(self._mark.sheet))


def _what_changed(mark: PaperMark) -> str:
    if not mark.parts:
        return ""
    parts = ", ".join(texts.text(f"paper.part.{part}") for part in mark.parts)
    return texts.text("paper.what_changed", sheet=texts.text(SheetKind(mark.sheet).name_key), parts=parts)
