"""Small widgets that pages are put together from: labels in a size of type, buttons with an icon, look of frames."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop import texts
from desktop.ui import theme
from desktop.ui.legible import legible


def label(text: str = "", size: theme.Token = "body", *, look: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label of plain text in a size of type; `look` is `muted` or empty."""
    made = QLabel(legible(text), parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme.font(size))
    if look:
        made.setProperty("look", look)
    return made


def prose(text: str = "", size: theme.Token = "body", *, look: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label that wraps and whose words can be selected by mouse and keyboard."""
    made = label(text, size, look=look, parent=parent)
    made.setWordWrap(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made


def plain_tip(text: str) -> str:
    """Return `text` as a tooltip that takes nothing in it for markup, and wraps."""
    if not text:
        return ""
    safe = legible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<qt>{safe}</qt>"


def frame(look: str, tone: str = "", parent: QWidget | None = None) -> QFrame:
    """Return a frame that takes its look from the one style sheet."""
    made = QFrame(parent)
    made.setProperty("look", look)
    if tone:
        made.setProperty("tone", tone)
    return made


def upright() -> QFrame:
    """Return a line between two panes that stand side by side."""
    line = frame("side")
    line.setFixedWidth(1)
    return line


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a frame or label another tone of its look."""
    if widget.property("tone") == tone:
        return
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def button(text: str, icon: str = "", *, is_primary: bool = False, name: str = "") -> QPushButton:
    """Return a push button of the native style; the primary one has the accent."""
    made = QPushButton(text)
    made.setMinimumHeight(theme.FIELD_HEIGHT)
    made.setObjectName(name)
    made.setAutoDefault(False)
    if icon:
        theme.set_icon(made, icon, "on_accent" if is_primary else "text2")
        made.setIconSize(QSize(theme.ICON_BUTTON, theme.ICON_BUTTON))
    if is_primary:
        made.setFont(theme.font("strong"))
        theme.set_primary(made)
    return made


def search_field(name: str, hint: str, words: str) -> QLineEdit:
    """Return a field to search in, with its glass and a way to clear it."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setMinimumHeight(theme.FIELD_HEIGHT)
    made.setMaximumWidth(304)
    made.setMinimumWidth(100)
    made.setClearButtonEnabled(True)
    made.setPlaceholderText(hint)
    made.setToolTip(hint)
    made.setAccessibleName(words)
    glass = QAction(made)
    theme.set_icon(glass, "find")
    made.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
    for inner in made.findChildren(QToolButton):  # the glass and the cross
        inner.setAccessibleName(words if glass in inner.actions() else texts.text("window.search.clear"))
    return made


def tool_button(icon: str, words: str, shortcut: str = "", *, name: str = "") -> QToolButton:
    """Return a button of an icon alone: its words are tooltip and accessible name."""
    made = QToolButton()
    made.setObjectName(name)
    theme.set_icon(made, icon)
    made.setIconSize(QSize(theme.ICON_BUTTON, theme.ICON_BUTTON))
    made.setMinimumSize(theme.FIELD_HEIGHT, theme.FIELD_HEIGHT)
    made.setToolTip(f"{words} ({shortcut})" if shortcut else words)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def on_key(
    owner: QWidget, keys: str | QKeySequence, function: Callable[[], object], *, only_with_focus: bool = False
) -> QShortcut:
    """Call `function` for a key in the window of `owner`, or only while `owner` has the focus."""
    made = QShortcut(QKeySequence(keys), owner)
    made.setContext(
        Qt.ShortcutContext.WidgetShortcut if only_with_focus else Qt.ShortcutContext.WidgetWithChildrenShortcut
    )
    made.setAutoRepeat(False)
    made.activated.connect(function)
    return made


def single_shot(parent: QWidget, wait_ms: int, function: Callable[[], object]) -> QTimer:
    """Return a timer that calls `function` once, so long after it was last started."""
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(wait_ms)
    made.timeout.connect(function)
    return made


class _Scrolling(QScrollArea):
    """Scrolls to what gets the focus, however it came there: Qt does so after Tab alone."""

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        content = self.widget()
        if now is not None and content is not None and content.isAncestorOf(now) and now.height() < self.height():
            self.ensureWidgetVisible(now, 0, theme.STEP_24)


def scrolling(content: QWidget) -> QScrollArea:
    """Return an area without a frame that scrolls `content` up and down where it does not fit."""
    made = _Scrolling()
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    for part in (made.viewport(), content):
        part.setBackgroundRole(QPalette.ColorRole.Base)
        part.setAutoFillBackground(True)
    return made


def dress(dialog: QDialog, title: str, name: str) -> None:
    """Give a dialog its name for people, tests and screen readers; over a practice window it says PRACTICE."""
    title = legible(title)
    dialog.setObjectName(name)
    dialog.setWindowTitle(practice_title(title, dialog.parentWidget()))
    dialog.setAccessibleName(title)


def practice_title(title: str, parent: QWidget | None) -> str:
    """Return the title of a dialog over the window of `parent`: in practice it says so."""
    is_practice = parent is not None and bool(parent.window().property("is_practice"))
    return texts.text("window.practice.title", title=title) if is_practice else title


def ground(dialog: QDialog) -> QFrame:
    """Fill a dialog with the ground of a page and return it, to be laid out."""
    made = frame("page", parent=dialog)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(made)
    return made


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its size, less where its window is smaller; height 0 is what it needs."""
    parent = dialog.parentWidget()
    if parent is not None:
        room = parent.window().size()
        width = min(width, room.width() - theme.STEP_32)
        height = min(height, room.height() - theme.STEP_32)
    layout = dialog.layout()
    needed = layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
    dialog.resize(width, height or max(needed, dialog.sizeHint().height()))


def passing_menu(parent: QWidget, name: str) -> QMenu:
    """Return a menu that is taken apart once it was used."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu, menu.deleteLater))  # what was chosen runs first
    return menu


def pop_below(menu: QMenu, button: QWidget) -> None:
    """Show a menu below the button it belongs to."""
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))


def pop_at_row(menu: QMenu, view: QAbstractItemView, position: QPoint) -> None:
    """Show a menu where the pointer is, or below the current row where it was asked for by a key."""
    row = view.visualRect(view.currentIndex())
    at = position if row.top() <= position.y() <= row.bottom() else row.bottomLeft()
    menu.popup(view.viewport().mapToGlobal(at))


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit, and is whole in its tooltip and for a screen reader."""

    def __init__(self, size: theme.Token = "body", *, look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(0)
        if look:
            self.setProperty("look", look)

    def setText(self, text: str) -> None:
        """Show `text`."""
        text = legible(text)
        super().setText(text)
        self.setAccessibleName(text)
        self._give_tip()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's argument
        """Paint as much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self._room())
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where it is cut."""
        super().resizeEvent(event)
        self._give_tip()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._give_tip()

    def _room(self) -> int:
        return self.contentsRect().width()

    def _give_tip(self) -> None:
        is_cut = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self._room()
        self.setToolTip(plain_tip(self.text()) if is_cut else "")


def stand_on(view: QAbstractItemView, index: QModelIndex) -> None:
    """Make a row the current and only chosen one, whatever keys are held.

    `setCurrentIndex` of a list of many chosen rows takes a held Shift or Ctrl for a wish to choose more.
    """
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
    if view.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows:
        flags |= QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().setCurrentIndex(index, flags)
