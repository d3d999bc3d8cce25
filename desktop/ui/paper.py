"""Puts a sheet of any kind on paper: a PDF file, a printer, pictures for a preview. Needs a QGuiApplication only."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.errors import EnvironmentFailure
from desktop.printing.sheet import Paper, Sheet
from desktop.texts import text
from desktop.ui.sheets import ink
from desktop.ui.sheets.layout import lay_out
from desktop.ui.sheets.lettering import SheetType

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PDF_DOTS_PER_INCH = 1200
_PAPER_SIZES = {Paper.LETTER: QPageSize.PageSizeId.Letter, Paper.A4: QPageSize.PageSizeId.A4}


def write_pdf(sheet: Sheet, path: Path, paper: Paper | str = Paper.LETTER) -> None:
    """Write a sheet as PDF with its font inside; an existing file is replaced in one step or left as it was.

    Raises:
        EnvironmentFailure: the file cannot be written (`sheet.not_written`, `sheet.no_folder`).
    """
    _replace(path, pdf(sheet, Paper(paper)))


def pdf(sheet: Sheet, paper: Paper = Paper.LETTER) -> bytes:
    """Return a sheet as the bytes of a PDF. Its title is the trip number; nothing else is said about its content."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PDF_DOTS_PER_INCH)
    writer.setPageLayout(_layout(sheet, paper))
    writer.setTitle(sheet.trip_number)
    writer.setCreator(text("sheet.product"))
    inks = lay_out(sheet, paper, PDF_DOTS_PER_INCH)
    kind = SheetType(PDF_DOTS_PER_INCH)
    painter = QPainter(writer)
    for number, page in enumerate(inks):
        if number:
            writer.newPage()
        ink.paint(painter, page, kind)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def print_to(sheet: Sheet, printer: QPrinter) -> None:
    """Print a sheet on the printer a print dialog has set up, on the paper chosen there (A4, else Letter).

    A sheet that decides its size itself, as a roll of labels does, is printed on that.

    Raises:
        EnvironmentFailure: the printer does not take it (`sheet.not_printed`).
    """
    is_a4 = printer.pageLayout().pageSize().id() == QPageSize.PageSizeId.A4
    paper = Paper.A4 if is_a4 else Paper.LETTER
    printer.setFullPage(True)
    printer.setPageLayout(_layout(sheet, paper))
    printer.setDocName(sheet.trip_number)
    dots_per_inch = printer.resolution()
    kind = SheetType(dots_per_inch)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentFailure("sheet.not_printed")
    for number, page in enumerate(lay_out(sheet, paper, dots_per_inch)):
        if number and not printer.newPage():
            painter.end()
            raise EnvironmentFailure("sheet.not_printed")
        ink.paint(painter, page, kind)
    painter.end()


def pages(sheet: Sheet, paper: Paper | str = Paper.LETTER, dots_per_inch: int = 100) -> list[QImage]:
    """Return a picture of each page for a preview; laid out as for the PDF, then made smaller."""
    kind = SheetType(PDF_DOTS_PER_INCH)
    scale = dots_per_inch / PDF_DOTS_PER_INCH
    size = _page_size(sheet, Paper(paper)).sizePixels(dots_per_inch)
    made = []
    for page in lay_out(sheet, Paper(paper), PDF_DOTS_PER_INCH):
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        ink.paint(painter, page, kind)
        painter.end()
        made.append(image)
    return made


def _page_size(sheet: Sheet, paper: Paper) -> QPageSize:
    own = sheet.page_points
    if own is None:
        return QPageSize(_PAPER_SIZES[paper])
    return QPageSize(QSizeF(*own), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)


def _layout(sheet: Sheet, paper: Paper) -> QPageLayout:
    size = _page_size(sheet, paper)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def _replace(path: Path, data: bytes) -> None:
    """Write `data` beside the target, make it last, then put it in its place (house style 3.6, 5)."""
    if not path.parent.is_dir():
        raise EnvironmentFailure("sheet.no_folder", folder=str(path.parent))
    if path.is_dir() or (path.exists() and not os.access(path, os.W_OK)):
        raise EnvironmentFailure("sheet.not_written", name=path.name, reason=text("sheet.reason_protected"))
    try:
        handle, name = tempfile.mkstemp(prefix=".sheet-", suffix=".pdf", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise EnvironmentFailure("sheet.not_written", name=path.name, reason=reason) from failure
