"""The check of a sticker: the number that is sent, big, against what a scanner reads from the label (I21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.documents import JSONObject, is_object
from desktop.domain.label import Comparison, Finding, bearer, compare, label_text
from desktop.domain.lifecycle import Regime
from desktop.domain.shipment import control_number
from desktop.domain.shipment import shipments_of as rows_of
from desktop.ui import pieces, theme
from desktop.ui.company_dialog import MessageLine
from desktop.ui.legible import legible
from desktop.ui.numbers.frame import grown, keep_calm, put_up
from desktop.ui.numbers.label_words import comparison_words
from desktop.ui.numbers.letters import LetterStrip
from desktop.ui.numbers.line import NumberLine, held
from desktop.ui.signs import Sign, sign_pixmap
from desktop.ui.toast import announce

_SIZE = (720, 400)
_LIST_WIDTH = 230
_SIGN = 18


class Labelled(NamedTuple):
    """A shipment whose label is checked: its number, whose goods it carries."""

    number: str
    whose: str


def shipments_of(document: JSONObject, regime: Regime) -> list[Labelled]:
    """Return the shipments of a trip's document, in its order."""
    found = []
    for row in rows_of(document):
        consignee = row.get("consignee") if is_object(row) else None
        name = consignee.get("name") if is_object(consignee) else None
        found.append(Labelled(control_number(row, regime), name if isinstance(name, str) else ""))
    return found


class StickerDialog(QDialog):
    """Reads a label and says how it differs. Nothing is changed but by its button.

    Enter compares at once, as a scanner ends with it, and so does Tab; the focus stays and the next scan replaces what
    was read.

    Attributes:
        taken: the label's number, where the user took it; empty else.
        position: the shipment that is checked.
        checked: the shipments whose labels were found equal.
    """

    def __init__(
        self, trip_number: str, shipments: Sequence[Labelled], position: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = texts.text("sticker.title")
        pieces.dress(self, title, "sticker_dialog")
        self.taken = ""
        self.position = max(0, min(position, len(shipments) - 1))
        self.checked: set[int] = set()
        self._shipments = list(shipments)
        self._label = ""
        self.number = LetterStrip("sticker_number", texts.text("sticker.number"))
        self.read = LetterStrip("sticker_read", texts.text("sticker.read"))
        self.line = NumberLine("sticker_line", texts.text("sticker.line"))
        self.line.set_note(texts.text("sticker.line.note"))
        self.line.edit.returnPressed.connect(self.check)
        self.line.edited.connect(self._on_edited)
        self.line.edit.installEventFilter(self)
        self.verdict = MessageLine(self)
        self.list = self._make_list()
        self.take = pieces.button(texts.text("sticker.take"), name="sticker_take")
        self.take.clicked.connect(self._on_take)
        self.shut = pieces.button(texts.text("window.dialog.close"), name="sticker_close")
        self.shut.clicked.connect(self.reject)
        self._build(title, trip_number)
        self.show_shipment(self.position)
        self.line.setFocus()

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("sticker_list")
        made.setAccessibleName(texts.text("sticker.list"))
        made.setMaximumWidth(grown(_LIST_WIDTH))
        made.setMinimumWidth(grown(_LIST_WIDTH) * 2 // 3)
        keep_calm(made)
        made.setIconSize(QSize(_SIGN, _SIGN))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for place, _ in enumerate(self._shipments):
            item = QListWidgetItem()
            item.setSizeHint(QSize(0, 2 * theme.line_height("body") + theme.STEP_8))
            made.addItem(item)
            self._name_item(item, place)
        made.setCurrentRow(self.position)
        made.currentRowChanged.connect(self.show_shipment)
        made.setVisible(len(self._shipments) > 1)
        return made

    def _name_item(self, item: QListWidgetItem, place: int) -> None:
        one = self._shipments[place]
        is_checked = place in self.checked
        words = legible(f"{one.number or texts.text('sticker.no_number')}\n{one.whose}".rstrip())
        item.setText(words)
        item.setToolTip(pieces.plain_tip(words))
        sign = Sign.GO if is_checked else Sign.NOT_SENT
        item.setIcon(QIcon(sign_pixmap(sign, _SIGN, theme.colours(), self.devicePixelRatioF())))
        said = texts.text("sticker.is_checked" if is_checked else "sticker.is_open")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, legible(f"{one.number}, {one.whose}, {said}"))

    def _build(self, title: str, trip_number: str) -> None:
        self._place = pieces.ElidedLabel("caption", look="muted")
        self._above = pieces.label(texts.text("sticker.number"), "caption", look="muted")
        form = QVBoxLayout()
        form.setSpacing(0)
        form.addWidget(self._place)
        form.addSpacing(theme.STEP_8)
        form.addWidget(self._above)
        form.addWidget(self.number)
        form.addSpacing(theme.STEP_4)
        form.addWidget(pieces.label(texts.text("sticker.read"), "caption", look="muted"))
        form.addWidget(self.read)
        form.addSpacing(theme.STEP_8)
        form.addWidget(self.line)
        form.addWidget(held(self.verdict, 3))
        form.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.STEP_16)
        middle.addWidget(self.list, 2)
        middle.addLayout(form, 4)
        foot = QHBoxLayout()
        foot.setSpacing(theme.STEP_8)
        foot.addWidget(self.take)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        head = pieces.ElidedLabel("title")
        head.setText(texts.text("sticker.title_of", trip=trip_number) if trip_number else title)
        put_up(self, head, middle, foot, _SIZE)
        QWidget.setTabOrder(self.line.edit, self.take)
        QWidget.setTabOrder(self.take, self.list)
        QWidget.setTabOrder(self.list, self.shut)

    def show_shipment(self, position: int) -> None:
        """Check the label of another shipment; what was read is compared with it."""
        if not 0 <= position < len(self._shipments):
            return
        self.position = position
        one = self._shipments[position]
        where = texts.text("sticker.place", position=position + 1, count=len(self._shipments))
        self._place.setText(f"{where} · {one.whose}" if one.whose else where)
        self._show(compare(self._label, one.number))

    def _on_edited(self) -> None:
        """A new label is being typed: what was said of the one before is true no more."""
        self._label = ""
        self._show(Comparison(Finding.NOTHING_READ))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Compare at a Tab too, with which some scanners end; once compared, Tab goes on as everywhere."""
        is_tab = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab
        if is_tab and watched is self.line.edit and not self._label and self.line.text():
            self.check()
            return True
        return super().eventFilter(watched, event)

    def check(self) -> None:
        """Compare what stands in the line; the next scan replaces it."""
        self._label = label_text(self.line.edit.text())
        self.line.edit.selectAll()
        self._show(compare(self._label, self._shipments[self.position].number))

    def _show(self, found: Comparison) -> None:
        number = self._shipments[self.position].number
        self.number.show_text(number, found.number_marks)
        self.read.show_text(self._label, found.label_marks)
        other = bearer(self._label, [one.number for one in self._shipments])
        has_found = bool(self._label)
        self.take.setEnabled(has_found and found.finding is not Finding.EQUAL and other < 0)
        if other >= 0:
            self.checked.add(other)
            item = self.list.item(other)
            self._name_item(item, other)
        if not has_found:
            self.verdict.say("")
            return
        words, sign = comparison_words(found, label=self._label, number=number), Sign.ERROR
        if found.finding is Finding.EQUAL:
            sign = Sign.GO
            if len(self._shipments) > 1:
                words = f"{words} {self._progress()}"
        elif other >= 0:
            words = texts.text("sticker.other", position=other + 1, current=self.position + 1)
            sign = Sign.ASK
        self.verdict.say(words, sign)
        announce(self.line.edit, words, is_grave=sign is not Sign.GO)

    def _progress(self) -> str:
        left = len(self._shipments) - len(self.checked)
        return texts.text("sticker.left", count=left) if left else texts.text("sticker.all", count=len(self.checked))

    def _on_take(self) -> None:
        self.taken = self._label
        self.accept()
