"""A sheet on screen before it leaves the program: which sheet, which paper, its real pages, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Way
from desktop.printing.sheet import Paper, Sheet, SheetKind
from desktop.services.printed import Seen
from desktop.ui import pieces, theme
from desktop.ui.printing.laid_out import LaidOut
from desktop.ui.printing.pages_view import PagesView

_WIDTH, _HEIGHT = 860, 900


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet ready to be shown and to leave: what it was made of, and its pages on the paper chosen."""

    seen: Seen
    sheet: Sheet
    laid: LaidOut


class PrintPreview(QDialog):
    """Shows the pages of one sheet of a trip. It stays open until a sheet has left, or it is closed.

    Signals: `wanted()`, another sheet or paper was chosen, and `show_made` is awaited; `asked(Way)`, the sheet
    that is shown is to leave.

    Attributes:
        made: what is shown; None until it is there.
    """

    wanted = Signal()
    asked = Signal(object)

    def __init__(
        self,
        trip: str,
        kinds: Sequence[SheetKind],
        *,
        kind: SheetKind = SheetKind.SUMMARY,
        size: Paper | str = Paper.LETTER,
        can_print: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        pieces.dress(self, texts.text("window.print.title", trip=trip), "print_preview")
        self.made: Made | None = None
        self._can_print = can_print
        self.view = PagesView()
        self.view.page_changed.connect(self._say_page)
        self.view.zoom_changed.connect(self._say_zoom)
        self.kinds = _choice("print_sheet", texts.text("printing.sheet"))
        for one in kinds:
            self.kinds.addItem(texts.text(one.name_key), one.value)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kind.value)))
        self.sizes = _choice("print_paper", texts.text("window.print.paper"))
        for offered in Paper:
            self.sizes.addItem(texts.text(f"window.print.{offered.value}"), offered.value)
        self.sizes.setCurrentIndex(self.sizes.findData(Paper(size).value))
        self.notes = pieces.prose("", "caption", look="muted")
        self.notes.hide()
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(theme.STEP_16, theme.STEP_12, theme.STEP_16, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        column.addLayout(self._bar())
        column.addWidget(self.view, 1)
        column.addWidget(self.notes)
        column.addLayout(self._buttons())
        for box in (self.kinds, self.sizes):
            box.currentIndexChanged.connect(self._on_chosen)
        pieces.fit(self, _WIDTH, _HEIGHT)
        self._keys()
        self._let(is_ready=False)
        self._say_page(0)
        self._say_zoom(self.view.zoom)
        self.view.setFocus()

    # Making

    def _bar(self) -> QHBoxLayout:
        self.previous = pieces.tool_button("chevron-up", texts.text("printing.previous"), "PgUp", name="print_previous")
        self.next = pieces.tool_button("chevron-down", texts.text("printing.next"), "PgDn", name="print_next")
        self.position = pieces.label("", look="muted")
        self.smaller = pieces.tool_button("minus", texts.text("printing.smaller"), "Ctrl+-", name="print_smaller")
        self.larger = pieces.tool_button("plus", texts.text("printing.larger"), "Ctrl++", name="print_larger")
        self.size_button = pieces.button("", name="print_zoom")
        self.size_button.setToolTip(texts.text("printing.actual", keys="Ctrl+0"))
        self.previous.clicked.connect(lambda: self.view.go_to(self.view.page - 1))
        self.next.clicked.connect(lambda: self.view.go_to(self.view.page + 1))
        self.smaller.clicked.connect(lambda: self.view.zoom_by(-1))
        self.larger.clicked.connect(lambda: self.view.zoom_by(1))
        self.size_button.clicked.connect(lambda: self.view.zoom_to(1.0))
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(self.kinds)
        row.addWidget(self.sizes)
        row.addStretch(1)
        for widget in (self.previous, self.position, self.next):
            row.addWidget(widget)
        row.addSpacing(theme.STEP_12)
        for button in (self.smaller, self.size_button, self.larger):
            row.addWidget(button)
        return row

    def _buttons(self) -> QHBoxLayout:
        can_print = self._can_print
        self.pdf = pieces.button(texts.text("window.print.pdf"), "export", name="print_pdf", is_primary=not can_print)
        self.email = pieces.button(texts.text("printing.email"), "mail", name="print_email")
        self.printer = pieces.button(
            texts.text("window.print.print"), "print", name="print_print", is_primary=can_print
        )
        for button, keys in ((self.pdf, "Ctrl+S"), (self.email, "Ctrl+E"), (self.printer, "Ctrl+P")):
            button.setToolTip(texts.text("printing.with_keys", words=button.text().rstrip("…"), keys=keys))
        if not can_print:
            self.printer.setToolTip(texts.text("window.print.no_printer"))
            self.printer.setAccessibleDescription(texts.text("window.print.no_printer"))
        for button, target in ((self.pdf, Way.PDF), (self.email, Way.EMAIL), (self.printer, Way.PRINTER)):
            button.clicked.connect(lambda _checked=False, target=target: self.asked.emit(target))
        leave = pieces.button(texts.text("window.dialog.close"), name="print_close")
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.STEP_8)
        row.addWidget(leave)
        row.addStretch(1)
        for button in (self.email, self.pdf, self.printer):
            row.addWidget(button)
        return row

    def _keys(self) -> None:
        view = self.view
        runs: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl++", lambda: view.zoom_by(1)),
            ("Ctrl+=", lambda: view.zoom_by(1)),
            ("Ctrl+-", lambda: view.zoom_by(-1)),
            ("Ctrl+0", lambda: view.zoom_to(1.0)),
            ("Ctrl+9", view.fit_width),
            ("PgDown", lambda: view.go_to(view.page + 1)),
            ("PgUp", lambda: view.go_to(view.page - 1)),
            ("Ctrl+P", self.printer.click),
            ("Ctrl+S", self.pdf.click),
            ("Ctrl+E", self.email.click),
        )
        for keys, run in runs:
            pieces.on_key(self, keys, run)

    # What is chosen and shown

    @property
    def kind(self) -> SheetKind:
        """The sheet chosen."""
        return SheetKind(self.kinds.currentData())

    @property
    def paper(self) -> Paper:
        """The paper chosen."""
        return Paper(self.sizes.currentData())

    def _on_chosen(self) -> None:
        self._let(is_ready=False)
        self.wanted.emit()

    def show_made(self, made: Made) -> None:
        """Show a sheet that was made."""
        self.made = made
        self.view.show_sheet(made.laid)
        self._let(is_ready=True)
        own = made.sheet.page_points is not None
        self.sizes.setEnabled(not own)
        notes = [texts.text("printing.mark", mark=" · ".join(made.sheet.marks))] if made.sheet.marks else []
        notes += [texts.text("printing.own_size")] if own else []
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(bool(notes))

    def _let(self, *, is_ready: bool) -> None:
        """Let a sheet leave, or not while there is none."""
        if not is_ready:
            self.made = None
        self.pdf.setEnabled(is_ready)
        self.email.setEnabled(is_ready)
        self.printer.setEnabled(is_ready and self._can_print)
        self._say_page(self.view.page)

    def _say_page(self, page: int) -> None:
        count = self.view.count
        self.position.setText(texts.text("printing.position", page=page + 1, pages=max(1, count)))
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < count)

    def _say_zoom(self, zoom: float) -> None:
        percent = round(zoom * 100)
        self.size_button.setText(texts.text("printing.percent", percent=percent))
        self.size_button.setAccessibleName(texts.text("printing.zoom", percent=percent))


def _choice(name: str, words: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setToolTip(words)
    made.setMinimumHeight(theme.FIELD_HEIGHT)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
