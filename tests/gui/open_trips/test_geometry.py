"""A window comes back where it stood, or onto a screen that exists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desktop.ui.open_trips import geometry
from desktop.ui.open_trips.geometry import Frame, from_text, on_screens

ONE = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 2560, 1400)
LEFT = QRect(-1600, 100, 1600, 860)


@pytest.mark.parametrize(
    ("was", "screens", "shown"),
    [
        (QRect(100, 80, 1100, 736), [ONE], QRect(100, 80, 1100, 736)),
        (QRect(2500, 200, 1100, 736), [ONE, RIGHT], QRect(2500, 200, 1100, 736)),
        (QRect(-1500, 300, 1100, 600), [ONE, LEFT], QRect(-1500, 300, 1100, 600)),
        (QRect(1700, 80, 1100, 736), [ONE], QRect(1700, 80, 1100, 736)),  # half outside, the title in reach
        (QRect(2500, 200, 1100, 736), [ONE], QRect(410, 152, 1100, 736)),  # its screen is gone
        (QRect(1880, 80, 1100, 736), [ONE], QRect(410, 152, 1100, 736)),  # a strip of 40 pixels is as good as gone
        (QRect(100, -700, 1100, 736), [ONE], QRect(410, 152, 1100, 736)),  # its title is above every screen
        (QRect(100, 1200, 1100, 736), [ONE], QRect(410, 152, 1100, 736)),
        (QRect(100, -20, 1100, 736), [ONE], QRect(100, 0, 1100, 736)),
        (QRect(0, 0, 2560, 1400), [ONE], QRect(0, 0, 1920, 1040)),  # from a larger screen
        (QRect(3000, 0, 2560, 1400), [ONE], QRect(0, 0, 1920, 1040)),
        (QRect(300, 500, 1920, 1300), [ONE], QRect(0, 0, 1920, 1040).adjusted(0, 0, 0, 0)),
        (QRect(5, 5, 640, 360), [], QRect(5, 5, 640, 360)),
    ],
)
def test_a_window_is_shown_where_it_can_be_reached(was: QRect, screens: list[QRect], shown: QRect) -> None:
    assert on_screens(was, screens) == shown


@pytest.mark.parametrize("primary", [ONE, RIGHT, LEFT])
def test_without_its_screen_it_comes_to_the_primary_one(primary: QRect) -> None:
    others = [screen for screen in (ONE, RIGHT, LEFT) if screen is not primary]
    made = on_screens(QRect(90_000, 90_000, 900, 600), [primary, *others])
    assert primary.contains(made)
    assert made.size().width() == 900


@pytest.mark.parametrize("frame", [Frame(QRect(-5, 7, 640, 480)), Frame(QRect(0, 0, 1, 1), is_maximised=True)])
def test_a_frame_is_read_as_it_was_kept(frame: Frame) -> None:
    assert from_text(frame.to_text()) == frame


@pytest.mark.parametrize(
    "kept",
    ["", "new", "1 2 3", "1 2 3 4 5", "a b c d", "1 2 3 4 max max", "1 2 0 4", "1 2 -3 4", "1 2 99999999999 4", "max"],
)
def test_anything_else_is_no_frame(kept: str) -> None:
    assert from_text(kept) is None


@pytest.mark.parametrize("is_maximised", [False, True])
def test_a_window_read_from_elsewhere_settles_on_a_screen(qapp, monkeypatch, is_maximised: bool) -> None:
    monkeypatch.setattr(geometry, "screens", lambda: [ONE])
    window = QWidget()
    geometry.place(window, Frame(QRect(2500, 200, 900, 600), is_maximised))
    assert window.isMaximized() is is_maximised
    if not is_maximised:
        assert ONE.contains(window.geometry())
    window.setWindowState(window.windowState() & ~geometry.Qt.WindowState.WindowMaximized)
    window.setGeometry(5000, 5000, 900, 600)
    geometry.settle(window)
    assert ONE.contains(window.geometry())
    assert geometry.frame_of(window) == Frame(window.geometry())
    window.deleteLater()
