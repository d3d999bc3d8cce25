"""One line that may be cut says so with …, inside its margins too, and is whole in its tooltip."""

from PySide6.QtGui import QFontMetrics

from desktop.ui import pieces


def test_room_that_the_margins_take_is_not_counted(qtbot):
    label = pieces.ElidedLabel("caption")
    qtbot.addWidget(label)
    label.setContentsMargins(20, 0, 20, 0)
    label.setText("Newest 100 shown. Scroll down for older ones")
    needed = QFontMetrics(label.font()).horizontalAdvance(label.text())
    label.resize(needed + 10, 20)
    label.show()
    assert label.toolTip(), "it is cut by its margins"
    label.resize(needed + 40, 20)
    assert not label.toolTip()
