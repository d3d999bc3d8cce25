"""Controls stand out from their page and show the focus, in every scheme, measured on the pixels."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QStyleFactory,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import pieces, theme
from desktop.ui.colours import Scheme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DARK = [Scheme.DARK, Scheme.CONTRAST_DARK, Scheme.CONTRAST_LIGHT]


@pytest.fixture
def app(qapp):
    yield qapp
    theme.apply(qapp, Scheme.LIGHT)


def controls():
    box = QComboBox()
    box.addItem("one")
    typed = QComboBox()
    typed.setEditable(True)
    tabs = QTabBar()
    tabs.addTab("First")
    tabs.addTab("Second")
    return [
        QCheckBox("Box"), QRadioButton("Round"), QLineEdit("Line"), pieces.button("Button"), box, typed,
        pieces.tool_button("more", "More"), pieces.button("First", is_primary=True), tabs,
    ]  # fmt: skip


def page(qtbot):
    made = QWidget()
    column = QVBoxLayout(made)
    for control in controls():
        column.addWidget(control)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def best_on_an_edge(picture, ground):
    """The strongest contrast against the page along the outermost rows of a control's picture."""
    rows = (0, 1, 2, picture.height() // 2)
    return max(contrast(QColor(picture.pixel(x, y)), ground) for y in rows for x in range(min(12, picture.width())))


@pytest.mark.parametrize("scheme", DARK)
def test_every_control_has_an_edge_at_3_to_1(app, qtbot, scheme):
    theme.apply(app, scheme)
    made = page(qtbot)
    made.setFocus()
    QApplication.processEvents()
    ground = theme.colours().window
    for control in made.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if isinstance(control, QTabBar):
            continue
        assert best_on_an_edge(control.grab().toImage(), ground) >= 3.0, type(control).__name__


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, *DARK])
def test_the_focus_changes_every_control_however_it_came_there(app, qtbot, scheme):
    theme.apply(app, scheme)
    made = page(qtbot)
    for control in made.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        made.setFocus()
        QApplication.processEvents()
        before = control.grab().toImage()
        control.setFocus()
        QApplication.processEvents()
        after = control.grab().toImage()
        changed = sum(
            contrast(QColor(after.pixel(x, y)), QColor(before.pixel(x, y))) >= 3.0
            for x in range(0, after.width(), 2)
            for y in range(after.height())
            if after.pixel(x, y) != before.pixel(x, y)
        )
        assert changed > 10, type(control).__name__


def test_the_style_is_fusion_with_edges_and_stays_when_the_scheme_changes(app):
    if "windows11" in QStyleFactory.keys():  # noqa: SIM118 - a Qt class, not a dict
        theme.apply(app, Scheme.DARK)
        assert app.style().name() == "windows11"
        return
    theme.apply(app, Scheme.DARK)
    edges = theme._theme.edges
    theme.apply(app, Scheme.LIGHT)
    assert theme._theme.edges is edges
