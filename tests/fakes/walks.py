"""Walks over a screen: what a screen reader finds, where Tab goes, which access keys there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QWidget,
)

from desktop.ui.binding.field_box import FieldBox

_ROLE = QAccessible.Role
_CONTROLS = {
    _ROLE.Button, _ROLE.ButtonDropDown, _ROLE.ButtonMenu, _ROLE.CheckBox, _ROLE.ColumnHeader, _ROLE.ComboBox, _ROLE.Dialog,
    _ROLE.EditableText, _ROLE.Link, _ROLE.List, _ROLE.ListItem, _ROLE.MenuItem, _ROLE.PageTab, _ROLE.PageTabList,
    _ROLE.RadioButton, _ROLE.Slider, _ROLE.SpinBox, _ROLE.Table, _ROLE.Tree, _ROLE.TreeItem,
}  # fmt: skip
_MOST_ITEMS = 12
_STEPS = 1_500


def path(widget: QWidget, root: QWidget) -> str:
    """Return where a widget stands, for a report."""
    names = []
    here: QWidget | None = widget
    while here is not None and here is not root:
        if here.objectName() and not here.objectName().startswith("qt_"):
            names.append(here.objectName())
        here = here.parentWidget()
    return f"{type(widget).__name__} {' < '.join(names[:4])}"


def nameless(root: QWidget) -> list[str]:
    """Return every visible control below `root` that a screen reader could not name, and those without a role."""
    interface = QAccessible.queryAccessibleInterface(root)
    if interface is None:
        return [f"{path(root, root)}: nothing to be read"]
    found = [] if _name_of(interface) else [f"{path(root, root)}: the window has no name"]
    for one in _heard(interface):
        thing = one.object()
        is_focusable = isinstance(thing, QWidget) and _takes_tab(thing)
        where = path(thing, root) if isinstance(thing, QWidget) else "a part"
        if (one.role() in _CONTROLS or is_focusable) and not _name_of(one):
            found.append(f"{where}: no name ({one.role().name})")
        if is_focusable and one.role() is _ROLE.NoRole:
            found.append(f"{where}: no role")
    return found


def _name_of(one: QAccessibleInterface) -> str:
    return one.text(QAccessible.Text.Name).strip()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _heard(one: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield what is on show in the accessible tree below `one`; of long lists the first lines."""
    thing = one.object()
    if one.role() is _ROLE.ListItem and not one.state().selectable:
        return  # a head, or the room between two groups
    if not one.isValid() or one.state().invisible or (isinstance(thing, QWidget) and not thing.isVisible()):
        return
    yield one
    is_list = one.role() in {_ROLE.List, _ROLE.Table, _ROLE.Tree}
    for number in range(min(one.childCount(), _MOST_ITEMS) if is_list else one.childCount()):
        child = one.child(number)
        if child is not None and not (is_list and child.role() is _ROLE.Cell):
            yield from _heard(child)


def undescribed(root: QWidget) -> list[str]:
    """Return every field below `root` with a visible remark that its accessible description does not say."""
    found = []
    for box in root.findChildren(FieldBox):
        if not box.isVisible() or box.grade.value == "none":
            continue
        spoken = QAccessible.queryAccessibleInterface(box.editor)
        said = spoken.text(QAccessible.Text.Description) if spoken is not None else ""
        if box.shown_message not in said:
            found.append(f"{path(box, root)} shows {box.shown_message!r} and says {said!r}")
    return found


def editable(root: QWidget) -> list[QWidget]:
    """Return every control below `root` that is on show and that something can be typed, picked or pressed in."""
    kinds = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, kinds) or not widget.isVisible() or not widget.isEnabled():
            continue
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
            continue
        if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox) or widget.window() is not root.window():
            continue
        found.append(widget)
    return found


def by_tab(root: QWidget, first: QWidget | None = None) -> list[str]:
    """Walk by Tab from `first` until the walk comes round; return what was never reached, and where it got stuck."""
    wanted = editable(root)
    if not wanted:
        return []
    start = first or wanted[0]
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[tuple[int, int, int]] = []
    here = QApplication.focusWidget()
    for _ in range(_STEPS):
        if here is None:
            return ["Tab leads to nothing"]
        place = _place(here)
        if place in seen:
            break
        seen.append(place)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
    reached = {number for number, _row, _column in seen}
    found = [f"{path(one, root)}: Tab never gets there" for one in wanted if not _is_reached(one, reached)]
    if seen and _place(here) != seen[0] and here is not None and _place(here)[0] != seen[0][0]:
        found.append(f"{path(here, root)}: Tab comes back here and not to where it began")
    return found


def _place(widget: QWidget | None) -> tuple[int, int, int]:
    """Return a widget, and in a table the cell too: Tab goes across cells."""
    if isinstance(widget, QAbstractItemView):
        index = widget.currentIndex()
        return id(widget), index.row(), index.column()
    return id(widget), 0, 0


def _is_reached(widget: QWidget, reached: set[int]) -> bool:
    if id(widget) in reached:
        return True
    if isinstance(widget, QComboBox) and widget.lineEdit() is not None and id(widget.lineEdit()) in reached:
        return True
    if isinstance(widget, QRadioButton) or (isinstance(widget, QAbstractButton) and widget.autoExclusive()):
        parent = widget.parentWidget()  # of a group Tab reaches one, arrows the others
        group = widget.group()
        rest = group.buttons() if group is not None else parent.findChildren(QAbstractButton) if parent else []
        return any(id(one) in reached for one in rest)
    if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
        return any(id(one) in reached for one in widget.group().buttons())
    return False


def _keys(widget: QWidget) -> Iterator[str]:
    """Yield the access key of a widget, if it has one."""
    words = ""
    if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
        words = widget.text()
    if isinstance(widget, QTabBar):
        for number in range(widget.count()):
            yield from _mark(widget.tabText(number))
    yield from _mark(words)


def _mark(words: str) -> Iterator[str]:
    plain = words.replace("&&", "")
    place = plain.find("&")
    if 0 <= place < len(plain) - 1:
        yield plain[place + 1].upper()


def _of_menu(actions: list[QAction]) -> list[str]:
    return [key for action in actions if action.isVisible() for key in _mark(action.text())]


def clashing(root: QWidget) -> list[str]:
    """Return access keys that two controls of one window answer to, or two entries of one menu."""
    found = []
    own = [
        (key, path(widget, root))
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        for key in _keys(widget)
    ]
    window = root.window()
    if isinstance(window, QMainWindow):
        own += [(key, "menu bar") for key in _of_menu(window.menuBar().actions())]
    for key, number in Counter(key for key, _ in own).items():
        if number > 1:
            found.append(f"Alt+{key}: {[where for one, where in own if one == key]}")
    for menu in root.findChildren(QMenu):
        twice = [key for key, number in Counter(_of_menu(menu.actions())).items() if number > 1]
        if twice:
            found.append(f"menu {menu.title() or menu.objectName()}: {twice}")
    return found
