"""The toast in the window: one at a time, bottom right but over no button, with at most one action (ui design 5)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QHideEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.legible import legible
from desktop.ui.signs import Sign, SignLabel

SHOWN_MS = 10_000
_WIDTH = 380
_LOOK_MS = 200


def announce(widget: QWidget, words: str, *, is_grave: bool = False) -> None:
    """Let a screen reader say `words`: what is grave at once, the rest when it has time."""
    event = QAccessibleAnnouncementEvent(widget, words)
    assertive = QAccessible.AnnouncementPoliteness.Assertive
    event.setPoliteness(assertive if is_grave else QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)


class Toast(QFrame):
    """Says that something was done and offers to undo it; pauses while hovered or focused. A failure stays."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setProperty("look", "toast")
        self.setAccessibleName(texts.text("window.toast.name"))
        self._on_action: Callable[[], object] | None = None
        self._sign = SignLabel(Sign.HINT, 18, self)
        self._words = pieces.prose(parent=self)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.action = QPushButton(self)
        self.action.setObjectName("toast_action")
        self.action.setMinimumHeight(theme.FIELD_HEIGHT)
        self.action.clicked.connect(self._on_clicked)
        self.dismiss = pieces.tool_button("close", texts.text("window.toast.dismiss"), name="toast_dismiss")
        self.dismiss.clicked.connect(self.hide)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.STEP_12, theme.STEP_8, theme.STEP_8, theme.STEP_8)
        row.setSpacing(theme.STEP_8)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self.action)
        row.addWidget(self.dismiss)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self.place)
        window.installEventFilter(self)
        for child in (self.action, self.dismiss):
            child.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(
        self, words: str, *, action: str = "", on_action: Callable[[], object] | None = None, is_failure: bool = False
    ) -> None:
        """Show `words` in place of what was shown before."""
        words = legible(words)
        self._words.setText(words)
        self._sign.set_sign(Sign.ERROR if is_failure else Sign.HINT)
        self._on_action = on_action
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.place()
        self.show()
        self.raise_()
        self._watch.start()  # buttons come and go below it, and nobody says so
        announce(self, words, is_grave=is_failure)
        if is_failure:
            self._timer.stop()
        else:
            self._timer.start()

    def place(self) -> None:
        """Stand at the bottom right of the window, above the status bar."""
        window = self.parentWidget()
        if window is None:
            return
        width = min(_WIDTH, window.width() - 2 * theme.STEP_16)
        self.resize(width, self.height())
        self._row.activate()  # else the words are measured in the width they had before
        height = max(52, self._row.heightForWidth(width) + 2)
        bottom = theme.STATUS_BAR_HEIGHT + theme.STEP_16
        place = QRect(window.width() - width - theme.STEP_16, window.height() - bottom - height, width, height)
        wanted = self._clear_of_actions(window, place)
        if wanted != self.geometry():
            self.setGeometry(wanted)

    def _clear_of_actions(self, window: QWidget, place: QRect) -> QRect:
        """Move up past buttons and the field with the focus; where there is no room for that, stay."""
        kept: list[QWidget] = [widget for widget in window.findChildren(QAbstractButton) if widget.isVisible()]
        focus = QApplication.focusWidget()
        if focus is not None and focus.window() is window and focus.height() < window.height() // 4:
            kept.append(focus)
        taken = [
            QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
            for widget in kept
            if not self.isAncestorOf(widget) and not widget.visibleRegion().isEmpty()
        ]
        moved = QRect(place)
        while covered := [one for one in taken if one.intersects(moved)]:
            moved.moveBottom(min(one.top() for one in covered) - theme.STEP_8)
            if moved.top() < window.height() // 3:
                return place
        return moved

    def _on_clicked(self) -> None:
        function, self._on_action = self._on_action, None
        self.hide()
        if function is not None:
            function()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        self._timer.stop()
        self._watch.stop()
        super().hideEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the mouse is here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        super().leaveEvent(event)
        self._resume()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; pause while a button has the focus."""
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self.place()
        elif event.type() is QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() is QEvent.Type.FocusOut:
            self._resume()
        return False

    def _resume(self) -> None:
        if self.isVisible() and self._sign.sign is not Sign.ERROR:
            self._timer.start()
