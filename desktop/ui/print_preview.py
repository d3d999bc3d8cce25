"""The driver sheet on screen before it goes to a printer or into a PDF file."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop import texts
from desktop.printing.sheet import Paper, Sheet
from desktop.ui import paper, pieces, theme

_DOTS = 80


class Target(StrEnum):
    """Where the sheet goes."""

    PRINTER = "printer"
    PDF = "pdf"


class PrintPreview(QDialog):
    """Shows the pages; the user picks paper and target.

    Attributes:
        target: what was chosen; None where the dialog was left.
        paper: the size chosen.
    """

    def __init__(
        self, sheet: Sheet, name: str, *, size: str = "letter", can_print: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = texts.text("window.print.title", trip=name)
        pieces.dress(self, title, "print_preview")
        self.target: Target | None = None
        self.paper = Paper(size)
        self._sheet = sheet
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture.setAccessibleName(texts.text("window.print.picture", trip=name))
        scroll = QScrollArea()
        scroll.setObjectName("print_pages")
        scroll.setAccessibleName(texts.text("window.print.pages"))
        scroll.setWidget(self._picture)
        scroll.setWidgetResizable(True)
        self.sizes = QComboBox()
        self.sizes.setObjectName("print_paper")
        self.sizes.setAccessibleName(texts.text("window.print.paper"))
        for offered in (Paper.LETTER, Paper.A4):
            self.sizes.addItem(texts.text(f"window.print.{offered.value}"), offered.value)
        self.sizes.setCurrentIndex(self.sizes.findData(self.paper.value))
        self.sizes.currentIndexChanged.connect(self._on_paper)
        self.pdf = pieces.button(texts.text("window.print.pdf"), "export", name="print_pdf", is_primary=not can_print)
        self.pdf.clicked.connect(lambda: self._choose(Target.PDF))
        self.printer = pieces.button(
            texts.text("window.print.print"), "print", name="print_print", is_primary=can_print
        )
        self.printer.clicked.connect(lambda: self._choose(Target.PRINTER))
        self.printer.setEnabled(can_print)
        if not can_print:
            self.printer.setToolTip(texts.text("window.print.no_printer"))
        leave = pieces.button(texts.text("window.dialog.close"), name="print_close")
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.sizes)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.pdf)
        row.addWidget(self.printer)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_16, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_12)
        column.addWidget(scroll, 1)
        column.addLayout(row)
        room = parent.window().size() if parent is not None else None
        height = 700 if room is None else min(700, max(320, room.height() - theme.STEP_32))
        self.resize(760 if room is None else min(760, room.width() - theme.STEP_32), height)
        self._show_pages()
        (self.printer if can_print else self.pdf).setFocus()

    def _on_paper(self) -> None:
        self.paper = Paper(self.sizes.currentData())
        self._show_pages()

    def _show_pages(self) -> None:
        images = paper.pages(self._sheet, self.paper, _DOTS)
        gap = theme.STEP_12
        width = max(image.width() for image in images)
        height = sum(image.height() + gap for image in images) - gap
        whole = QImage(width, height, QImage.Format.Format_RGB32)
        whole.fill(theme.colours().window)
        _paste(whole, images, gap)
        self._picture.setPixmap(QPixmap.fromImage(whole))

    def _choose(self, target: Target) -> None:
        self.target = target
        self.accept()


def _paste(whole: QImage, images: list[QImage], gap: int) -> None:
    painter = QPainter(whole)
    top = 0
    for image in images:
        painter.drawImage(0, top, image)
        top += image.height() + gap
    painter.end()
