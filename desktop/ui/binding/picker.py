"""A field to pick in by typing: editable, filtered as you type, and never refusing what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QLineEdit, QWidget

from desktop.ui.binding.choice import CHOICE_ROLE, Choice, ChoiceDelegate, ChoiceModel, Source

_NOTHING_ROLE = Qt.ItemDataRole.UserRole + 99
_ROWS = 9
_POPUP_WIDTH = 300


class _Completer(QCompleter):
    """Marks no row by itself: what Enter takes is the first row, or the one somebody went to."""

    def __init__(self, model: ChoiceModel, parent: QComboBox) -> None:
        super().__init__(model, parent)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompletionRole(_NOTHING_ROLE)
        self.setMaxVisibleItems(_ROWS)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return what the line shows while a row is marked."""
        choice = index.data(CHOICE_ROLE)
        return choice.shown if isinstance(choice, Choice) else ""


class Picker(QComboBox):
    """An editable combo box over a `Source`.

    F4, Down and the arrow open the list; Enter or Tab takes the marked row, else the row that is what was typed, else
    the first one where the words are no value themselves (never for a single letter or a code broken off that several
    rows fit); Esc keeps the text as typed.

    Attributes:
        found_by: the words that led to what was picked; empty where it was typed itself.

    Signals:
        edited: the user changed the value.
        chosen: the user picked a `Choice` (also one that adds something new).
    """

    edited = Signal()
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(2)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel scrolls the page, it never changes a value
        self._source: Source | None = None
        self._value = ""
        self._choices = ChoiceModel(self)
        self._has_typed = False
        self.found_by = ""
        self._list: QAbstractItemView | None = None
        self._completer = _Completer(self._choices, self)
        self.setCompleter(None)  # type: ignore[arg-type]  # PySide6's stub forgets that None takes it away
        line = self.line
        line.setCompleter(self._completer)
        line.textEdited.connect(self._on_line_edited)
        self._completer.activated[QModelIndex].connect(  # type: ignore[index]  # overloads are missing in the stubs
            self._on_completer_activated
        )

    @property
    def line(self) -> QLineEdit:
        """The line that is typed in."""
        line = self.lineEdit()
        assert line is not None  # noqa: S101 - made editable above
        return line

    def _popup(self) -> QAbstractItemView:
        """Return the list; it is a window, so it is made when it is first needed."""
        popup = self._completer.popup()
        assert popup is not None  # noqa: S101 - the completer makes it on demand
        if self._list is None:
            self._list = popup
            popup.setItemDelegate(ChoiceDelegate(popup))
            popup.setMinimumWidth(_POPUP_WIDTH)
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            popup.installEventFilter(self)
        return popup

    @property
    def is_open(self) -> bool:
        """Whether the list is open."""
        return self._list is not None and self._list.isVisible()

    @property
    def is_searching(self) -> bool:
        """Whether somebody is typing words to find something by."""
        return self._has_typed and self.line.hasFocus()

    def set_source(self, source: Source) -> None:
        """Pick from `source`; what is shown is made anew."""
        self._source = source
        self._show_value()

    def value(self) -> str:
        """Return the value, or the text as typed where it is none."""
        return self._value

    def set_value(self, value: str) -> None:
        """Show a value; the list stays as it is."""
        self._value = value
        self._show_value()

    def refresh_shown(self) -> None:
        """Show the value again because the source has learnt its name; typing is left alone."""
        if not self._has_typed and not self.line.hasFocus():
            self._show_value()

    def settle(self) -> bool:
        """Take what stands in the line as the value (on leaving); return whether that changed it."""
        before = self._value
        self._value = self._resolved(self.line.text())
        self._show_value()
        return self._value != before

    def _show_value(self) -> None:
        self._has_typed = False
        self.line.setText(self._source.shown(self._value) if self._source and self._value else self._value)
        self.line.setCursorPosition(0)

    def _resolved(self, typed: str) -> str:
        if self._source is None:
            return typed
        if self._value and typed == self._source.shown(self._value):
            return self._value
        found = self._source.exact(typed.strip())
        return typed if found is None else found

    def _on_line_edited(self, typed: str) -> None:
        self._has_typed = True
        self.found_by = ""
        self._offer(typed.strip())
        value = self._resolved(typed)
        if value != self._value:
            self._value = value
            self.edited.emit()

    def _offer(self, words: str) -> None:
        self._popup()
        self._choices.show(self._source.find(words) if self._source is not None else [])

    def showPopup(self) -> None:
        """Open the list: everything, or what fits what is being typed."""
        self._offer(self.line.text().strip() if self._has_typed else "")
        if self._choices.choices:
            self._completer.setCompletionPrefix("")
            self._completer.complete()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark everything, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with Down and Up too; all else is the line's."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4}:
            self.showPopup()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the best row with Enter or Tab where words were typed and none is marked."""
        popup = self._list
        if (
            popup is not None
            and watched is popup
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            key = event.key()
            keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
            marked = popup.currentIndex().data(CHOICE_ROLE)
            best = marked if isinstance(marked, Choice) else self._best()
            if key in keys and best is not None:
                popup.hide()
                self._take(best)
                if key == Qt.Key.Key_Tab:
                    self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def _best(self) -> Choice | None:
        """Return what the typed words mean: the row that is just that, which may bring more along, else the first."""
        typed = self.line.text().strip()
        choices = [choice for choice in self._choices.choices if not choice.is_add]
        if self._source is None or not self._has_typed or not typed or not choices:
            return None
        exact = self._source.exact(typed)
        if exact is None:
            is_guess = len(choices) > 1 and (len(typed) == 1 or typed.isdecimal())  # a code broken off: 38 is no port
            return choices[0] if choices[0] is self._choices.choices[0] and not is_guess else None
        return next((choice for choice in choices if choice.value == exact), None)

    def _on_completer_activated(self, index: QModelIndex) -> None:
        choice = index.data(CHOICE_ROLE)
        if isinstance(choice, Choice):
            self._take(choice)

    def _take(self, choice: Choice) -> None:
        if choice.is_add:
            self._show_value()
            self.chosen.emit(choice)
            return
        is_other = choice.value != self._value
        words = self.line.text().strip() if self._has_typed else ""
        self.found_by = words if words and not choice.value.casefold().startswith(words.casefold()) else ""
        self.set_value(choice.value)
        if choice.payload is not None:
            self.chosen.emit(choice)
        elif is_other:
            self.edited.emit()
