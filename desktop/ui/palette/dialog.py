"""The palette itself: a line to type in, what answers it, and what the keys do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.ui import pieces, theme
from desktop.ui.models.role import Role
from desktop.ui.palette.delegate import PaletteDelegate
from desktop.ui.palette.entry import Entry, Group
from desktop.ui.palette.model import PaletteModel
from desktop.ui.palette.scrim import Scrim
from desktop.ui.palette.view import PaletteView
from desktop.ui.toast import announce

WIDTH, HEIGHT, TOP = 640, 482, 84
SEARCH_AFTER_MS = 60
_LEAST_TOP = 12
_PAGE = 8
_KEYS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _PAGE, Qt.Key.Key_PageUp: -_PAGE}


class Palette(QDialog):
    """Takes words, shows what answers, and tells what was chosen. Focus never leaves the line that is typed in.

    Signals:
        searched: records are wanted for these words; the answer comes back by `show_records`.
        chosen: an entry is to be run; the palette is closed by then and the focus is where it was.
    """

    searched = Signal(str)
    chosen = Signal(object)

    def __init__(self, host: QWidget, commands: Sequence[Entry], lately: Sequence[str]) -> None:
        super().__init__(host, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        pieces.dress(self, texts.text("palette.title"), "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._host = host
        self._before: QWidget | None = host.window().focusWidget() or host
        self._before.installEventFilter(self)
        self._commands = list(commands)
        self._records: list[Entry] = []
        self._lately = list(lately)
        self._is_searching = False
        self._runs_first = False
        self._has_moved = False
        self._fallbacks: Callable[[str], Sequence[Entry]] = lambda _typed: ()
        self.model = PaletteModel(self)
        self._build()
        self._wait = pieces.single_shot(self, SEARCH_AFTER_MS, lambda: self.searched.emit(self.line.text().strip()))
        self._scrim = Scrim(host.window())
        self._scrim.pressed.connect(self.reject)
        self._scrim.came_back.connect(self.activateWindow)
        self.line.textChanged.connect(self._on_typed)
        self._place()
        self._show()

    def _build(self) -> None:
        card = pieces.frame("palette", parent=self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self.line = QLineEdit(card)
        self.line.setObjectName("palette_line")
        self.line.setFrame(False)
        self.line.setFont(theme.font("heading"))
        letters = self.line.font()
        letters.setWeight(QFont.Weight.Normal)
        self.line.setFont(letters)
        self.line.setPlaceholderText(texts.text("palette.hint"))
        self.line.setAccessibleName(texts.text("palette.title"))
        self.line.installEventFilter(self)
        self.line.setMinimumHeight(theme.FIELD_HEIGHT)
        glass = QLabel(card)
        glass.setPixmap(theme.icon("find").pixmap(18, 18))
        self.count = pieces.label("", "caption", look="muted", parent=card)
        self.count.setObjectName("palette_count")
        head = QHBoxLayout()
        head.setContentsMargins(theme.STEP_16, theme.STEP_8, theme.STEP_16, theme.STEP_8)
        head.setSpacing(theme.STEP_8)
        head.addWidget(glass)
        head.addWidget(self.line, 1)
        head.addWidget(self.count)
        self.view = PaletteView(card)
        self.view.setModel(self.model)
        self.view.setItemDelegate(PaletteDelegate(self.view))
        self.view.clicked.connect(self._on_clicked)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(pieces.frame("line", parent=card))
        column.addWidget(self.view, 1)
        column.addWidget(self._foot(card))

    def _foot(self, card: QWidget) -> QWidget:
        foot = pieces.frame("foot", parent=card)
        row = QHBoxLayout(foot)
        row.setContentsMargins(theme.STEP_16, theme.STEP_4, theme.STEP_16, theme.STEP_4)
        row.setSpacing(theme.STEP_4)

        def key(name: str) -> None:
            tag = pieces.label(texts.text(f"palette.key.{name}"), "caption", parent=foot)
            tag.setProperty("look", "tag")
            row.addWidget(tag)

        def words(name: str) -> None:
            row.addWidget(pieces.label(texts.text(f"palette.foot.{name}"), "caption", look="muted", parent=foot))

        key("up")
        key("down")
        words("choose")
        row.addSpacing(theme.STEP_12)
        key("enter")
        words("open")
        row.addStretch(1)
        key("esc")
        words("back")
        return foot

    def _place(self) -> None:
        room = self._host.window().size()
        width = min(WIDTH, room.width() - theme.STEP_32)
        scale = theme.line_height("body") / 18
        height = min(round(HEIGHT * scale), room.height() - 2 * _LEAST_TOP)
        self.resize(width, height)
        top = max(_LEAST_TOP, min(TOP, (room.height() - height) // 2))
        self.move(self._host.window().mapToGlobal(QPoint((room.width() - width) // 2, top)))

    def offer_instead(self, fallbacks: Callable[[str], Sequence[Entry]]) -> None:
        """Ask `fallbacks` for entries where nothing answers what was typed."""
        self._fallbacks = fallbacks

    # Rows

    @property
    def current(self) -> Entry | None:
        """The entry that Enter would run."""
        entry = self.view.currentIndex().data(Role.OBJECT)
        return entry if isinstance(entry, Entry) else None

    def _on_typed(self) -> None:
        self._has_moved = False
        self._runs_first = False
        self._is_searching = bool(self.line.text().strip())
        if self._is_searching:
            self._wait.start()
        else:
            self._wait.stop()
            self.searched.emit("")
            self._records = []
        self._show()

    def show_records(self, typed: str, records: Sequence[Entry]) -> None:
        """Show what was found for `typed`; an answer to what is no longer typed is dropped."""
        if typed != self.line.text().strip():
            return
        self._is_searching = False
        self._records = list(records)
        self._show()
        if self._runs_first and self.current is not None:
            self._run(self.current)

    def _show(self) -> None:
        typed = self.line.text().strip()
        kept = self.current.key if self.current is not None and self._has_moved else ""
        self.model.show([*self._commands, *self._records], typed, self._lately)
        found = len(self.model.entries)
        if not found and typed and not self._is_searching:
            self.model.show(list(self._fallbacks(typed)), "", ())
        self.count.setText(texts.text("palette.count", count=found) if typed else "")
        row = self.model.position(kept) if kept else -1
        self._go_to(row if row >= 0 else self.model.step(-1, 1))
        if not found and typed and not self._is_searching:
            announce(self.line, texts.text("palette.none"))

    def _go_to(self, row: int) -> None:
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if row == 1:
            self.view.scrollToTop()
        elif row >= 0:
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        entry = self.current
        words = entry.sentence if entry is not None else ""
        if words != self.line.accessibleDescription():
            self.line.setAccessibleDescription(words)
            if words and self.isVisible():
                announce(self.line, words)

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter runs; everything else is typed. Tab has nowhere to go.

        Until the system has given the palette the keyboard, keys still come to where the focus was: they are meant for
        the palette too.
        """
        if watched is self._before and event.type() in _KEYS and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
            else:
                QCoreApplication.sendEvent(self.line, event.clone())
            return True
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._has_moved = True
                self._go_to(self.model.step(self.view.currentIndex().row(), step))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._on_enter()
                return True
            if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                return True
            if event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.reject()  # the key closes what it opened
                return True
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        entry = self.current
        if self._is_searching and not self._is_meant(entry):
            self._runs_first = True  # typed faster than records are found: the first of them it will be
        elif entry is not None:
            self._run(entry)

    def _is_meant(self, entry: Entry | None) -> bool:
        """Tell whether the current entry is the one, whatever is still found.

        One that was chosen by the arrows is, and a command is that no exact number can come before. Records that were
        found for the letters before are not.
        """
        if entry is None or entry.group is Group.SEARCH:
            return False
        is_word = not any(letter.isdecimal() for letter in self.line.text())
        return self._has_moved or (is_word and entry.group in {Group.DO, Group.SETTINGS})

    def _on_clicked(self, index: QModelIndex) -> None:
        entry = index.data(Role.OBJECT)
        if isinstance(entry, Entry):
            self._run(entry)

    def _run(self, entry: Entry) -> None:
        self.accept()
        self.chosen.emit(entry)

    # Closing

    def done(self, result: int) -> None:
        """Close, and put focus and caret back where they were."""
        self._wait.stop()
        self._scrim.hide()
        super().done(result)
        before, self._before = self._before, None
        self._host.window().activateWindow()
        if before is not None and _is_usable(before):
            before.removeEventFilter(self)
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        """However it is closed, the shade goes with it."""
        super().closeEvent(event)
        self._scrim.hide()

    def dispose(self) -> None:
        """Take palette and shade away."""
        self._scrim.deleteLater()
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        """Paint again in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "view"):
            self.view.viewport().setBackgroundRole(QPalette.ColorRole.Base)
            self.view.viewport().update()


def _is_usable(widget: QWidget) -> bool:
    try:
        return widget.isVisible() and widget.isEnabled()
    except RuntimeError:  # Qt has deleted it since
        return False
