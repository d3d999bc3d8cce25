"""Asks what to do with a trip nobody is sure of: evidence first, doing nothing is the default (reliability 3.2)."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop import texts
from desktop.services.views import DoubtView
from desktop.ui import pieces, theme, times
from desktop.ui.signs import Sign, SignLabel

_WIDTH = 640
_NOTHING = "nothing"


class DoubtDialog(QDialog):
    """Shows what is known and the choices.

    Attributes:
        choice: what the user decided; empty where he decided to do nothing.
    """

    def __init__(self, doubt: DoubtView, zone: tzinfo | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = ""
        self._zone = zone
        title = texts.text("doubt.title", trip=doubt.trip or texts.text("window.no_number"))
        pieces.dress(self, title, "doubt_dialog")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_12)
        column.setSpacing(theme.STEP_8)
        head = QHBoxLayout()
        head.setSpacing(theme.STEP_12)
        head.addWidget(SignLabel(Sign.NOT_KNOWN, 30))
        head.addWidget(pieces.prose(title, "title"), 1)
        column.addLayout(head)
        column.addWidget(pieces.prose(texts.text("doubt.about")))
        column.addWidget(pieces.label(texts.text("doubt.evidence"), "heading"))
        column.addWidget(self._evidence(doubt))
        column.addWidget(pieces.prose(texts.text("doubt.look_up")))
        column.addWidget(pieces.label(texts.text("doubt.what_now"), "heading"))
        self.options: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        for choice in (_NOTHING, *doubt.choices):
            self._option(choice, doubt, group, column)
        column.addStretch(1)
        outer = QVBoxLayout(pieces.ground(self))
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(pieces.scrolling(body), 1)
        outer.addWidget(self._foot())
        room = parent.window().size() if parent is not None else None
        width = _WIDTH if room is None else min(_WIDTH, room.width() - theme.STEP_32)
        wanted = (column.heightForWidth(width) if column.hasHeightForWidth() else body.sizeHint().height()) + 64
        self.resize(width, wanted if room is None else min(wanted, room.height() - theme.STEP_32))
        self.options[_NOTHING].setChecked(True)
        self.keep.setFocus()
        self._on_chosen()

    def _evidence(self, doubt: DoubtView) -> QWidget:
        table = pieces.frame("table")
        grid = QGridLayout(table)
        grid.setContentsMargins(theme.STEP_12, theme.STEP_8, theme.STEP_12, theme.STEP_8)
        grid.setHorizontalSpacing(theme.STEP_16)
        grid.setVerticalSpacing(theme.STEP_4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(pieces.prose(doubt.what, "strong"), 0, 0, 1, 2)
        for row, line in enumerate(doubt.evidence, start=1):
            moment = line.at.astimezone(self._zone)
            at = f"{times.day(moment)} {times.clock(moment, with_seconds=True)}"
            grid.addWidget(pieces.label(at, look="muted"), row, 0)
            grid.addWidget(pieces.prose(line.text), row, 1)
        return table

    def _option(self, choice: str, doubt: DoubtView, group: QButtonGroup, column: QVBoxLayout) -> None:
        goes_on = doubt.goes_on and choice == "it_arrived"
        words = texts.text("doubt.it_arrived.detail_goes_on" if goes_on else f"doubt.{choice}.detail")
        made = QRadioButton(texts.text(f"doubt.{choice}"))
        made.setObjectName(f"doubt_{choice}")
        made.setAccessibleDescription(words)
        made.setMinimumHeight(theme.TARGET_HEIGHT)
        made.toggled.connect(self._on_chosen)
        group.addButton(made)
        detail = pieces.prose(words, "caption", look="muted")
        detail.setContentsMargins(theme.STEP_24, 0, 0, theme.STEP_4)
        self.options[choice] = made
        box = QVBoxLayout()
        box.setSpacing(0)
        box.addWidget(made)
        box.addWidget(detail)
        column.addLayout(box)

    def _foot(self) -> QWidget:
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.setSpacing(theme.STEP_8)
        self.decide = pieces.button(texts.text("doubt.decide"), name="doubt_decide")
        self.decide.clicked.connect(self._on_decided)
        self.keep = pieces.button(texts.text("doubt.keep"), is_primary=True, name="doubt_keep")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(self.decide)
        row.addWidget(self.keep)
        return foot

    def _chosen(self) -> str:
        return next((name for name, option in self.options.items() if option.isChecked()), _NOTHING)

    def _on_chosen(self) -> None:
        if hasattr(self, "decide"):
            self.decide.setEnabled(self._chosen() != _NOTHING)

    def _on_decided(self) -> None:
        self.choice = self._chosen()
        self.accept()
