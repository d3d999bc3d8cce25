"""Where a window stood, as text; and putting it onto a screen that exists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_GRIP = 96
"""So many pixels of the title bar must be in reach, in width; less is as good as gone."""
_TITLE = 32


class Frame(NamedTuple):
    """Where a window stands.

    Attributes:
        rect: its place and size when it is not maximised, in logical pixels.
        is_maximised: whether it fills its screen.
    """

    rect: QRect
    is_maximised: bool = False

    def to_text(self) -> str:
        """Return it as it is kept."""
        rect = self.rect
        numbers = f"{rect.x()} {rect.y()} {rect.width()} {rect.height()}"
        return f"{numbers} max" if self.is_maximised else numbers


def from_text(kept: str) -> Frame | None:
    """Return what `Frame.to_text` wrote; None for anything else."""
    parts = kept.split()
    is_maximised = parts[4:] == ["max"]
    try:
        x, y, width, height = (int(part) for part in parts[: 4 if is_maximised else None])
    except ValueError:
        return None
    limit = 1 << 24  # what Qt itself takes
    if not (0 < width < limit and 0 < height < limit and abs(x) < limit and abs(y) < limit):
        return None
    return Frame(QRect(x, y, width, height), is_maximised)


def on_screens(rect: QRect, screens: Sequence[QRect]) -> QRect:
    """Return where a window that stood at `rect` is shown on the screens there are.

    It stays where enough of its title bar can be reached; where the screen it stood on is gone it comes to the
    middle of the first one. It is never larger than its screen.

    Args:
        rect: the window's place and size.
        screens: the room on each screen without task bars, the primary first.
    """
    if not screens:
        return QRect(rect)
    title = QRect(rect.x(), rect.y(), rect.width(), _TITLE)
    reached = [(title.intersected(screen).width(), screen) for screen in screens if title.intersects(screen)]
    most, screen = max(reached, key=lambda one: one[0], default=(0, screens[0]))
    size = rect.size().boundedTo(screen.size())
    made = QRect(rect.topLeft(), size)
    if most < min(_GRIP, rect.width()):
        screen = screens[0]
        made.setSize(rect.size().boundedTo(screen.size()))
        made.moveCenter(screen.center())
    made.moveTop(max(made.top(), screen.top()))
    if made.size() != rect.size():  # it was cut to the screen: then all of it is shown there
        made.moveLeft(min(max(made.left(), screen.left()), screen.right() - made.width() + 1))
        made.moveTop(min(max(made.top(), screen.top()), screen.bottom() - made.height() + 1))
    return made


def screens() -> list[QRect]:
    """Return the room on each screen, the primary first."""
    primary = QGuiApplication.primaryScreen()
    found = sorted(QGuiApplication.screens(), key=lambda screen: screen is not primary)
    return [screen.availableGeometry() for screen in found]


def frame_of(window: QWidget) -> Frame:
    """Return where a window stands, or will stand when it is no longer maximised."""
    is_maximised = window.isMaximized()
    rect = window.normalGeometry() if is_maximised or window.isMinimized() else window.geometry()
    return Frame(rect if rect.isValid() and not rect.isEmpty() else window.geometry(), is_maximised)


def place(window: QWidget, frame: Frame) -> None:
    """Put a window that is not shown yet where it stood, on a screen that exists."""
    window.setGeometry(on_screens(frame.rect, screens()))
    if frame.is_maximised:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def settle(window: QWidget) -> None:
    """Put a window whose place was read from elsewhere onto a screen that exists."""
    before = frame_of(window)
    wanted = on_screens(before.rect, screens())
    if wanted != before.rect:
        window.setGeometry(wanted)
        if before.is_maximised:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
