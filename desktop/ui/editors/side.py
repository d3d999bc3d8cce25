"""The folding of the editor's side panel: beside the form where there is room, else a button that lays it over."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.binding.columns import at_normal_size
from desktop.ui.forms.ui_trip_editor import Ui_TripEditor

FOLD_BELOW = 1000


class Side:
    """Shows, folds and lays over the side panel of an editor's form.

    Attributes:
        is_folded: whether the panel has given way to a button.
    """

    def __init__(self, ui: Ui_TripEditor, editor: QWidget) -> None:
        self._ui = ui
        self._editor = editor
        self.is_folded = False
        ui.problems_button.toggled.connect(self._on_button_toggled)

    def show(self, *, is_shown: bool) -> None:
        """Show or hide the panel; beside the form it is always there."""
        self._ui.problems_button.setChecked(is_shown)
        self._ui.side.setVisible(is_shown or not self.is_folded)
        if is_shown and self.is_folded:
            self._lay_over()

    def fit(self, width: int) -> None:
        """Fold where a window `width` logical pixels wide has no room for it beside the form."""
        is_folded = at_normal_size(width) < FOLD_BELOW
        if is_folded != self.is_folded:
            self.is_folded = is_folded
            if is_folded:
                self._ui.body_row.removeWidget(self._ui.side)
            else:
                self._ui.body_row.addWidget(self._ui.side)
            self.show(is_shown=False)
        self._ui.problems_button.setVisible(is_folded)
        if is_folded and self._ui.side.isVisible():
            self._lay_over()

    def _on_button_toggled(self, is_on: bool) -> None:
        self._ui.side.setVisible(is_on or not self.is_folded)
        if is_on and self.is_folded:
            self._lay_over()
            self._ui.problems.setFocus()

    def _lay_over(self) -> None:
        top = self._ui.pages.mapTo(self._editor, self._ui.pages.rect().topLeft()).y()
        width = min(self._ui.side.width(), self._editor.width())
        self._ui.side.setGeometry(self._editor.width() - width, top, width, self._editor.height() - top)
        self._ui.side.raise_()
