"""The banner above the page: one at a time, in order of weight (ui design 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.ui import pieces, theme
from desktop.ui.signs import Sign, SignLabel
from desktop.ui.toast import announce


class Weight(IntEnum):
    """Which banner wins."""

    DISK = -2
    HELD = -1
    PRACTICE = 0
    KEY = 1
    OFFLINE = 2
    MISSED = 3
    NOTE = 4
    OFFER = 9


@dataclass(frozen=True, slots=True)
class Notice:
    """What a banner says: a word in bold, a sentence, and what its link, or two, do."""

    sign: Sign
    tone: str
    word: str
    sentence: str
    action: str = ""
    on_action: Callable[[], object] | None = None
    second: str = ""
    on_second: Callable[[], object] | None = None


class Banner(QFrame):
    """Shows the weightiest notice; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("look", "banner")
        self._notices: dict[Weight, Notice] = {}
        self._sign = SignLabel(Sign.PRACTICE, 14, self)
        self._word = pieces.label(parent=self)
        font = theme.font("caption")
        font.setWeight(theme.font("strong").weight())
        self._word.setFont(font)
        self._word.setProperty("look", "words")
        self._sentence = pieces.ElidedLabel("caption", look="words", parent=self)
        self.action = self._button("banner_action", self._on_clicked)
        self.second = self._button("banner_second", self._on_second)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.STEP_12, 0, theme.STEP_12, 0)
        row.setSpacing(theme.STEP_8)
        row.addWidget(self._sign)
        row.addWidget(self._word)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.second)
        row.addWidget(self.action)
        self.setFixedHeight(max(theme.BANNER_HEIGHT, theme.line_height("caption") + 10))
        self.setVisible(False)

    def _button(self, name: str, function: Callable[[], object]) -> QToolButton:
        made = QToolButton(self)
        made.setObjectName(name)
        made.setAutoRaise(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setFont(theme.font("caption"))
        made.clicked.connect(lambda _checked=False: function())
        return made

    @property
    def shown(self) -> Notice | None:
        """The notice on show."""
        return self._notices[min(self._notices)] if self._notices else None

    def set_notice(self, weight: Weight, notice: Notice | None) -> None:
        """Put a notice of this weight, or take it away."""
        before = self.shown
        if notice is None:
            self._notices.pop(weight, None)
        else:
            self._notices[weight] = notice
        now = self.shown
        if now == before:
            return
        self.setVisible(now is not None)
        if now is None:
            return
        pieces.set_tone(self, now.tone)
        for widget in (self._word, self._sentence):
            pieces.set_tone(widget, now.tone)
        self._sign.set_sign(now.sign)
        self._word.setText(now.word)
        self._sentence.setText(now.sentence)
        self.action.setText(now.action)
        self.action.setVisible(bool(now.action))
        self.second.setText(now.second)
        self.second.setVisible(bool(now.second))
        self.setAccessibleName(f"{now.word}. {now.sentence}")
        announce(self, f"{now.word}. {now.sentence}", is_grave=now.tone == "stop")

    def _on_second(self) -> None:
        notice = self.shown
        if notice is not None and notice.on_second is not None:
            notice.on_second()

    def _on_clicked(self) -> None:
        notice = self.shown
        if notice is not None and notice.on_action is not None:
            notice.on_action()
