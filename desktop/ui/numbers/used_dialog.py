"""Used numbers brought in: pasted or from a file, counted before they are kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Regime
from desktop.domain.used_number import UsedLine
from desktop.errors import DesktopError, UsageError
from desktop.services.numbering import UsedPreview
from desktop.tasks import TaskKeeper
from desktop.ui import pieces, theme
from desktop.ui.company_dialog import MessageLine
from desktop.ui.legible import legible
from desktop.ui.numbers.asks import Numbers
from desktop.ui.numbers.frame import put_up
from desktop.ui.numbers.kinds import KINDS, NumbersFor, kind_box, kind_name
from desktop.ui.numbers.line import FramedBox, held, labelled
from desktop.ui.numbers.range_dialog import sentence
from desktop.ui.signs import Sign

_SIZE = (560, 520)
_COUNT_AFTER_MS = 150
_LARGEST_FILE = 10_000_000
_SHOWN_FAULTS = 4


class UsedDialog(QDialog):
    """A box to paste into, what it would bring, and a button that keeps it.

    Attributes:
        kept: how many numbers were kept.
        preview: what the text in the box would bring, once it has been read.
    """

    def __init__(
        self,
        numbers: Numbers,
        keeper: TaskKeeper,
        company: str,
        what: NumbersFor | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title = texts.text("number_ranges.used.title")
        pieces.dress(self, title, "used_dialog")
        self.kept = 0
        self.preview: UsedPreview | None = None
        self._numbers = numbers
        self._keeper = keeper
        self._company = company
        self.kind = kind_box("used_kind", what or NumbersFor(Regime.ACI, "control"))
        self.kind.currentIndexChanged.connect(lambda _place: self.count())
        self.box = QPlainTextEdit()
        self.box.setObjectName("used_box")
        self.box.setAccessibleName(texts.text("number_ranges.used.box"))
        self.box.setPlaceholderText(texts.text("number_ranges.used.example"))
        self.box.setTabChangesFocus(True)
        self.box.setMinimumHeight(4 * theme.line_height("body"))
        self._timer = pieces.single_shot(self, _COUNT_AFTER_MS, self.count)
        self.box.textChanged.connect(self._on_typed)
        self.message = MessageLine(self)
        self.file = pieces.button(texts.text("number_ranges.used.file"), "folder", name="used_file")
        self.file.clicked.connect(self._on_file)
        back = pieces.button(texts.text("window.dialog.cancel"), name="used_back")
        back.clicked.connect(self.reject)
        self.keep = pieces.button(texts.text("number_ranges.used.keep"), is_primary=True, name="used_keep")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(lambda: self._keeper.start(self._keep(), name="numbers.keep_used"))
        pieces.on_key(self, "Ctrl+Return", self.keep.click)
        self._build(title, back)
        self.box.setFocus()

    def _build(self, title: str, back: QWidget) -> None:
        words = pieces.label(texts.text("number_ranges.used.box"), "caption", look="muted")
        words.setBuddy(self.box)
        foot = QHBoxLayout()
        foot.setSpacing(theme.STEP_8)
        foot.addWidget(self.file)
        foot.addStretch(1)
        foot.addWidget(back)
        foot.addWidget(self.keep)
        column = QVBoxLayout()
        column.setSpacing(theme.STEP_8)
        column.addWidget(pieces.prose(texts.text("number_ranges.used.why"), look="muted"))
        column.addWidget(labelled(texts.text("number_ranges.what"), self.kind))
        column.addWidget(words)
        column.addWidget(FramedBox(self.box), 1)
        column.addWidget(held(self.message, 6))
        put_up(self, pieces.label(title, "title"), column, foot, _SIZE)

    def _on_typed(self) -> None:
        self.preview = None
        self.keep.setEnabled(False)
        self._timer.start()

    def count(self) -> None:
        """Read the box and say what it would bring."""
        self._keeper.start(self._count(), name="numbers.count_used")

    async def _count(self) -> None:
        text, what = self.box.toPlainText(), KINDS[self.kind.currentIndex()]
        preview = await self._numbers.preview_used(self._company, *what, text)
        if not shiboken6.isValid(self) or text != self.box.toPlainText() or what != KINDS[self.kind.currentIndex()]:
            return
        self.preview = preview
        self.keep.setEnabled(bool(preview.new))
        self._say(preview, is_empty=not text.strip())

    def _say(self, preview: UsedPreview, *, is_empty: bool) -> None:
        if is_empty:
            self.message.say("")
            return
        lines = [texts.text("number_ranges.used.new", count=len(preview.new))]
        if preview.known:
            lines.append(texts.text("number_ranges.used.known", count=preview.known))
        if preview.wrong:
            lines.append(texts.text("number_ranges.used.wrong", count=len(preview.wrong)))
            lines += [self._fault(line) for line in preview.wrong[:_SHOWN_FAULTS]]
            if len(preview.wrong) > _SHOWN_FAULTS:
                lines.append(texts.text("number_ranges.used.more", count=len(preview.wrong) - _SHOWN_FAULTS))
        self.message.say(legible("\n".join(lines)), Sign.ASK if preview.wrong else Sign.HINT)

    def _fault(self, line: UsedLine) -> str:
        kind = kind_name(KINDS[self.kind.currentIndex()])
        return texts.text(f"number_ranges.used.fault_{line.fault.value}", line=line.line, number=line.number, kind=kind)

    def _on_file(self) -> None:
        dialog = QFileDialog(self, texts.text("number_ranges.used.file"))
        dialog.setObjectName("used_file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(texts.text("number_ranges.used.filter"))
        dialog.fileSelected.connect(lambda path: self._keeper.start(self.read(Path(path)), name="numbers.read_used"))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    async def read(self, path: Path) -> None:
        """Put what a file holds into the box."""
        try:
            text = await asyncio.to_thread(_read, path)
        except DesktopError as error:
            if shiboken6.isValid(self):
                self.message.say(sentence(error))
            return
        if shiboken6.isValid(self):
            self.box.setPlainText(text)
            self.box.setFocus()

    async def _keep(self) -> None:
        preview = self.preview
        if preview is None or not preview.new:
            return
        self.keep.setEnabled(False)
        try:
            self.kept = await self._numbers.keep_used(preview)
        except DesktopError as error:
            if shiboken6.isValid(self):
                self.message.say(sentence(error))
                self.keep.setEnabled(True)
            return
        if shiboken6.isValid(self):
            self.accept()


def _read(path: Path) -> str:
    """Return the text of a file, whatever of the usual ways it was written in.

    Raises:
        UsageError: it cannot be read, is no text, or is far too large for a list of numbers.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError("numbers.file", name=path.name) from error
    if len(data) > _LARGEST_FILE or b"\0" in data:
        raise UsageError("numbers.no_text", name=path.name)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError("numbers.no_text", name=path.name)
