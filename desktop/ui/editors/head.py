"""The head of the trip editor: number, direction, how far it got, saved when, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop.domain.lifecycle import Regime
from desktop.services.edit_session import EditSession
from desktop.services.views import TripRow
from desktop.services.words import error_words
from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.binding.columns import at_normal_size
from desktop.ui.forms.ui_trip_editor import Ui_TripEditor
from desktop.ui.signs import delivery_sign, ladder

_TAG_HEIGHT = 20
_LADDER_FROM, _WORD_FROM, _SAVED_FROM, _PRINT_FROM, _CHIP_FROM = 900, 760, 860, 680, 480


class EditorHead(QObject):
    """Drives the head of the editor's form; the buttons' signals are the editor's to connect."""

    def __init__(self, ui: Ui_TripEditor, session: EditSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self._session = session
        self._has_row = False
        self._send_words = text("editor.head.send")
        ui.head.setFixedHeight(theme.EDITOR_HEAD_HEIGHT)
        ui.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for bar in (ui.tabs, ui.tabs_frame):
            bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        ui.pages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        ui.trip_title.setFont(theme.font("title"))
        ui.trip_title.setTextFormat(Qt.TextFormat.PlainText)
        ui.delivery_word.setFont(theme.font("strong"))
        ui.saved.setFont(theme.font("caption"))
        ui.saved.setTextFormat(Qt.TextFormat.PlainText)
        is_ace = session.regime is Regime.ACE
        ui.direction.setText(text("editor.head.to_usa" if is_ace else "editor.head.to_canada"))
        ui.direction.setAccessibleName(text("editor.head.to_usa_spoken" if is_ace else "editor.head.to_canada_spoken"))
        ui.direction.setFont(theme.font("caption"))
        ui.direction.setFixedHeight(theme.fitted(_TAG_HEIGHT, "caption", 4))
        ui.ladder.hide()
        ui.delivery_sign.hide()
        _tool(ui.back_button, "back", text("editor.head.back"), "Alt+Left")
        _tool(ui.print_button, "print", text("editor.head.print"), "Ctrl+P")
        _tool(ui.more_button, "more", text("editor.head.more"), "")
        ui.problems_button.setMinimumHeight(theme.FIELD_HEIGHT)
        ui.problems_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ui.problems_button.setCheckable(True)
        ui.send_button.setText(self._send_words)
        ui.send_button.setFont(theme.font("strong"))
        ui.send_button.setMinimumHeight(theme.FIELD_HEIGHT)
        ui.send_button.setToolTip(text("editor.head.send_help"))
        ui.send_button.setAutoDefault(False)
        theme.set_icon(ui.send_button, "send", "on_accent")
        theme.set_primary(ui.send_button)

    def show_saved(self) -> None:
        """Say when the newest edit became durable, or that it did not."""
        error = self._session.save_error
        if error is not None:
            words = error_words(error)
            self._ui.saved.setText(text("editor.head.not_saved", title=words.title))
            self._ui.saved.setToolTip(words.text)
        elif self._session.saved_at is not None:
            self._ui.saved.setText(text("editor.head.saved", time=f"{self._session.saved_at.astimezone():%H:%M:%S}"))
            self._ui.saved.setToolTip("")

    def show_row(self, row: TripRow) -> None:
        """Show how far the trip got."""
        self._has_row = True
        sign = delivery_sign(row.delivery)
        words = signs.word(sign)
        if row.is_changed_since_sent:
            words = text("editor.head.changed", delivery=words)
        self._ui.delivery_sign.set_sign(sign, words)
        self._ui.delivery_word.setText(words)
        self._ui.ladder.show_ladder(
            ladder(
                row.customs,
                regime=row.regime,
                delivery=row.delivery,
                cleared=row.cleared,
                shipments=row.shipments,
                holds=row.holds,
            )
        )
        self._send_words = text("editor.head.send_change" if row.is_changed_since_sent else "editor.head.send")
        self.fit(self._ui.head.width())

    def fit(self, width: int) -> None:
        """Leave out what the head has no room for, the least needed first."""
        width = at_normal_size(width)
        ui = self._ui
        ui.saved.setVisible(width >= _SAVED_FROM)
        ui.ladder.setVisible(self._has_row and width >= _LADDER_FROM)
        ui.delivery_word.setVisible(self._has_row and width >= _WORD_FROM)
        ui.delivery_sign.setVisible(self._has_row)
        ui.print_button.setVisible(width >= _PRINT_FROM)
        ui.direction.setVisible(width >= _CHIP_FROM)
        ui.trip_title.setFont(theme.font("title" if width >= _PRINT_FROM else "reader"))
        ui.send_button.setText(self._send_words)


def _tool(button: QToolButton, icon: str, words: str, keys: str) -> None:
    theme.set_icon(button, icon)
    button.setIconSize(QSize(theme.ICON_BUTTON, theme.ICON_BUTTON))
    button.setMinimumSize(theme.FIELD_HEIGHT, theme.FIELD_HEIGHT)
    button.setToolTip(f"{words} ({keys})" if keys else words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
