"""The send plan: what Send would bring out and what follows, before the first byte (ui design 5, "Send plan")."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import texts
from desktop.domain.lifecycle import Outcome, Regime
from desktop.services.compared import ChangedField
from desktop.services.views import SendPreview, SendResult
from desktop.ui import pieces, theme
from desktop.ui.sending.plan_tables import changes_table, steps_table
from desktop.ui.sending.plan_words import kind_of, plan_words
from desktop.ui.sending.reason_fields import ReasonFields
from desktop.ui.signs import Sign, SignLabel

_WIDTH = 740


class Choice(StrEnum):
    """What the user decided."""

    SEND = "send"
    UPLOAD = "upload"
    BACK = "back"
    SHOW_PROBLEMS = "show_problems"


class SendPlan(QDialog):
    """Shows a plan; Send is possible only when nothing blocks it, and after a look at what was asked.

    Args:
        preview: the plan.
        regime: whose customs.
        parent: the window it belongs to.
        changes: what differs from what customs has; empty where it has nothing of the trip.
        number: the shipment that moves to another trip.
        is_on_file: whether customs has an earlier version of the trip.

    Attributes:
        choice: what was decided; `BACK` until then.
        kind: what the plan comes to.
        reasons: the reason codes that are asked.
    """

    def __init__(
        self,
        preview: SendPreview,
        regime: Regime,
        parent: QWidget | None = None,
        *,
        changes: Sequence[ChangedField] = (),
        number: str = "",
        is_on_file: bool = False,
    ) -> None:
        super().__init__(parent)
        self.choice = Choice.BACK
        self._preview = preview
        self._regime = regime
        self._changes = changes
        self.kind = kind_of(preview, is_on_file=is_on_file)
        self.is_blocked = bool(preview.errors or preview.blocked or not preview.lines)
        self._words = plan_words(preview, self.kind, regime, number=number, changes=len(changes))
        pieces.dress(self, self._words.title, "send_plan")
        self.tick = QCheckBox(texts.text("window.send.tick"))
        self.tick.setObjectName("send_tick")
        self.tick.toggled.connect(self._on_ticked)
        self.reasons = ReasonFields(() if self.is_blocked else preview.reasons)
        self.reasons.changed.connect(self._on_ticked)
        column = QVBoxLayout(pieces.ground(self))
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(20, theme.STEP_16, 20, theme.STEP_12)
        inner.setSpacing(theme.STEP_8)
        self._lay(inner)
        inner.addStretch(1)
        column.addWidget(pieces.scrolling(body), 1)
        column.addWidget(self._foot())
        room = parent.window().size() if parent is not None else None
        width = _WIDTH if room is None else min(_WIDTH, room.width() - theme.STEP_32)
        self.setMinimumWidth(min(width, 560))
        wanted = inner.heightForWidth(width) if inner.hasHeightForWidth() else body.sizeHint().height()
        height = wanted + 72 if room is None else min(wanted + 72, max(300, room.height() - theme.STEP_32))
        self.resize(width, height)
        self._order()
        self._on_ticked()

    def _lay(self, inner: QVBoxLayout) -> None:
        preview = self._preview
        inner.addWidget(pieces.prose(self._words.title, "title"))
        if self._changes and not preview.blocked and self.kind.value != "cancel":
            inner.addWidget(pieces.label(texts.text("sending.plan.changed"), "heading"))
            inner.addWidget(changes_table(self._changes, self._regime))
        if preview.lines:
            inner.addWidget(pieces.label(texts.text("window.send.what"), "heading"))
            inner.addWidget(steps_table(preview.lines, self._regime))
        if self.reasons.fields:
            inner.addSpacing(theme.STEP_4)
            inner.addWidget(pieces.label(texts.text("sending.reason"), "heading"))
            inner.addWidget(self.reasons)
        if preview.consequences:
            inner.addSpacing(theme.STEP_4)
            inner.addWidget(pieces.label(texts.text("window.send.means"), "heading"))
            inner.addLayout(self._consequences())
        inner.addSpacing(theme.STEP_4)
        if self.is_blocked:
            inner.addWidget(self._blocked())
        elif preview.warnings:
            inner.addWidget(self._asked())

    def _consequences(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setVerticalSpacing(theme.STEP_8)
        grid.setColumnStretch(1, 1)
        for row, words in enumerate(self._preview.consequences):
            is_first = row == 0 and self.kind.is_grave
            grid.addWidget(SignLabel(Sign.ASK if is_first else Sign.HINT, 18), row, 0)
            grid.addWidget(pieces.prose(words, "strong" if is_first else "body"), row, 1)
        return grid

    def _blocked(self) -> QWidget:
        box = pieces.frame("banner", "stop")
        row = QHBoxLayout(box)
        row.setContentsMargins(theme.STEP_12, theme.STEP_12, theme.STEP_12, theme.STEP_12)
        row.setSpacing(theme.STEP_12)
        row.addWidget(SignLabel(Sign.ERROR, 22))
        if self._preview.errors:
            words = texts.text("window.send.errors", count=self._preview.errors)
        else:
            words = self._preview.blocked or texts.text("window.send.nothing")
        row.addWidget(pieces.prose(words), 1)
        if self._preview.errors:
            self.show_problems = pieces.button(texts.text("window.send.show_problems"), name="send_show_problems")
            self.show_problems.clicked.connect(lambda: self._choose(Choice.SHOW_PROBLEMS))
            row.addWidget(self.show_problems)
        return box

    def _asked(self) -> QWidget:
        box = pieces.frame("banner", "attention")
        grid = QGridLayout(box)
        grid.setContentsMargins(theme.STEP_12, theme.STEP_8, theme.STEP_12, theme.STEP_8)
        grid.setHorizontalSpacing(theme.STEP_12)
        grid.setColumnStretch(1, 1)
        grid.addWidget(SignLabel(Sign.ASK, 22), 0, 0)
        grid.addWidget(pieces.prose(texts.text("window.send.warnings", count=self._preview.warnings), "strong"), 0, 1)
        self.show_problems = pieces.button(texts.text("window.send.show_problems"), name="send_show_problems")
        self.show_problems.clicked.connect(lambda: self._choose(Choice.SHOW_PROBLEMS))
        grid.addWidget(self.show_problems, 0, 2)
        grid.addWidget(self.tick, 1, 1)
        return box

    def _foot(self) -> QWidget:
        foot = pieces.frame("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, theme.STEP_12, 20, theme.STEP_12)
        row.setSpacing(theme.STEP_8)
        self.upload = pieces.button(texts.text("window.send.upload"), name="send_upload")
        self.upload.setToolTip(texts.text("window.send.upload_tip"))
        self.upload.clicked.connect(lambda: self._choose(Choice.UPLOAD))
        self.upload.setVisible(self.kind.can_be_held)
        self.back = pieces.button(self._words.back, name="send_back")
        self.back.setToolTip(texts.text("window.send.back_tip"))
        self.back.clicked.connect(self.reject)
        self.send = pieces.button(self._words.send, "send", is_primary=True, name="send_send")
        self.send.setToolTip(texts.text("window.send.send_tip"))
        self.send.clicked.connect(lambda: self._choose(Choice.SEND))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            pieces.on_key(self, keys, self._on_send_key)
        row.addWidget(self.upload)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.send)
        return foot

    def _order(self) -> None:
        chain: list[QWidget] = [self.send, self.upload, self.back]
        if self._preview.warnings and not self.is_blocked:
            chain.insert(0, self.tick)
        chain = [*self.reasons.fields.values(), *chain]
        if self._preview.warnings or self._preview.errors:
            shows = getattr(self, "show_problems", None)
            if isinstance(shows, QWidget):
                chain.append(shows)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the focus where the decision is."""
        super().showEvent(event)
        reason = self.reasons.first_open
        if self.is_blocked:
            (self.show_problems if self._preview.errors else self.back).setFocus()
        elif reason is not None:
            reason.setFocus()
        elif self._preview.warnings:
            self.tick.setFocus()
        else:
            (self.back if self.kind.is_grave else self.send).setFocus()

    def _on_ticked(self) -> None:
        is_looked_at = not self._preview.warnings or self.tick.isChecked()
        may_upload = not self.is_blocked and is_looked_at
        may_send = may_upload and self.reasons.first_open is None
        self.send.setEnabled(may_send)
        self.upload.setEnabled(may_upload)
        is_back_default = not may_send or self.kind.is_grave
        self.send.setDefault(not is_back_default)
        self.back.setDefault(is_back_default and self.kind.is_grave)

    def _on_send_key(self) -> None:
        if self.send.isEnabled():
            self._choose(Choice.SEND)

    def _choose(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()


def result_words(result: SendResult) -> tuple[str, str, bool]:
    """Return title, text and whether it needs a person, for what a send came to."""
    trip = result.trip or texts.text("window.no_number")
    title = texts.text(f"window.sent.{result.outcome.value}", trip=trip)
    details = [text for _path, text in result.errors]
    if result.outcome in {Outcome.QUEUED, Outcome.DELIVERED}:
        details.append(texts.text(f"window.sent.{result.outcome.value}.detail"))
        return title, "\n".join(details), False
    if result.next_step:
        details.append(result.next_step)
    if not details:
        details.append(texts.text(f"window.sent.{result.outcome.value}.detail"))
    return title, "\n".join(details), True
