"""How the program looks: colours, fonts, spacing, icons, and the one style sheet.

`apply` is called once at the start and again when the user picks another scheme; with no scheme it follows the
system, live. Widgets that paint read `colours()` while painting; Qt sends them a `PaletteChange` when it is worth
painting again. Icons given to `set_icon` change colour by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QStyle, QStyleFactory

from desktop import assets
from desktop.ui import colours as palettes
from desktop.ui import fonts
from desktop.ui import icon as icons
from desktop.ui.colours import ROLES, Colours, Scheme
from desktop.ui.edges import Edges

Token = Literal["caption", "body", "strong", "heading", "reader", "title", "guide"]
"""Sizes of type (ui design 2). `guide` is the title of the first-run guide."""

STEP_4, STEP_8, STEP_12, STEP_16, STEP_24, STEP_32 = 4, 8, 12, 16, 24, 32
PAGE_MARGIN = 16
LABEL_TO_FIELD = 2
FIELD_TO_MESSAGE = 3
FIELD_ROW_GAP = 10
COLUMN_GAP = 12

FIELD_HEIGHT = 30
BOARD_ROW_HEIGHT = 43
CARD_HEIGHT = 67
TABLE_ROW_HEIGHT = 30
TABLE_HEAD_HEIGHT = 28
GROUP_HEAD_HEIGHT = 27
BAR_HEIGHT = 52
EDITOR_HEAD_HEIGHT = 58
STATUS_BAR_HEIGHT = 28
BANNER_HEIGHT = 26
RAIL_WIDTH = 168
RAIL_NARROW_WIDTH = 52
TARGET_HEIGHT = 28

RADIUS_CONTROL, RADIUS_CARD, RADIUS_TAG = 4, 8, 3
FOCUS_WIDTH = 2
ICON_BUTTON, ICON_RAIL = 16, 18

_SIZES: dict[Token, tuple[float, QFont.Weight, int]] = {
    "caption": (9.0, QFont.Weight.Normal, 16),
    "body": (10.0, QFont.Weight.Normal, 18),
    "strong": (10.0, QFont.Weight.DemiBold, 18),
    "heading": (10.5, QFont.Weight.DemiBold, 20),
    "reader": (13.0, QFont.Weight.DemiBold, 24),
    "title": (15.0, QFont.Weight.DemiBold, 28),
    "guide": (18.0, QFont.Weight.DemiBold, 32),
}
_SYSTEM_POINTS = 9.0  # Windows' own size at 100 %, to which the sizes above are drawn
_DESKTOP_POINTS = 10.0  # what Linux desktops call normal: it becomes `body`


class _Theme(QObject):
    """The look in force. Signal `changed`: other colours apply from now on."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: Scheme | None = None
        self.colours = palettes.LIGHT
        self.is_following = False
        self.edges: QStyle | None = None
        self.fonts: dict[Token, QFont] = {}
        self.heights: dict[Token, int] = {}
        self.icons: WeakKeyDictionary[QObject, tuple[str, str]] = WeakKeyDictionary()
        self.primaries: WeakKeyDictionary[QPushButton, bool] = WeakKeyDictionary()


_theme = _Theme()


def colours() -> Colours:
    """Return the colours in force."""
    return _theme.colours


def on_change(function: Callable[[], None]) -> Callable[[], None]:
    """Call `function` whenever the colours change; the returned function ends that."""
    connection = _theme.changed.connect(function)

    def stop() -> None:
        QObject.disconnect(connection)

    return stop


def font(token: Token) -> QFont:
    """Return the font of a size of type, relative to the system's font so that the user's scaling holds."""
    if token in _theme.fonts:  # delegates ask while painting
        return QFont(_theme.fonts[token])
    made = fonts.window_font()
    points, weight, _ = _SIZES[token]
    made.setPointSizeF(points * _scale(made))
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    _theme.fonts[token] = QFont(made)
    return made


def line_height(token: Token) -> int:
    """Return the height of a line in logical pixels at the system's normal size."""
    if token not in _theme.heights:  # delegates ask while painting
        _theme.heights[token] = round(_SIZES[token][2] * _scale(fonts.window_font()))
    return _theme.heights[token]


def fitted(height: int, letters: Token = "body", around: int = STEP_12) -> int:
    """Return a height of the design, or what letters with so much room around them need where that is more."""
    return max(height, line_height(letters) + around)


def _scale(system: QFont) -> float:
    is_desktop = QGuiApplication.platformName() in {"xcb", "wayland"}
    points = system.pointSizeF()
    if points <= 0:  # a system font given in pixels: leave our sizes as drawn
        return 1.0
    return min(3.0, max(0.8, points / (_DESKTOP_POINTS if is_desktop else _SYSTEM_POINTS)))


def apply(app: QApplication, scheme: Scheme | None = None) -> None:
    """Set style, palette, fonts and style sheet; with no scheme follow the system from now on."""
    _theme.asked = scheme
    hints = app.styleHints()
    if not _theme.is_following:
        _theme.is_following = True
        hints.colorSchemeChanged.connect(_on_system_changed)
        accessibility = hints.accessibility()
        accessibility.contrastPreferenceChanged.connect(_on_system_changed)
    if scheme is None:
        hints.unsetColorScheme()
    else:
        is_dark = scheme in {Scheme.DARK, Scheme.CONTRAST_DARK}
        hints.setColorScheme(Qt.ColorScheme.Dark if is_dark else Qt.ColorScheme.Light)
    _theme.fonts.clear()
    _theme.heights.clear()
    app.setFont(font("body"))
    _dress(app, scheme or _system_scheme(app))


def _on_system_changed() -> None:
    app = QApplication.instance()
    if _theme.asked is None and isinstance(app, QApplication):
        _dress(app, _system_scheme(app))


def _system_scheme(app: QApplication) -> Scheme:
    hints = app.styleHints()
    is_dark = hints.colorScheme() is Qt.ColorScheme.Dark
    accessibility = hints.accessibility()
    if accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast:
        if QGuiApplication.platformName() == "windows":
            return Scheme.SYSTEM_CONTRAST
        return Scheme.CONTRAST_DARK if is_dark else Scheme.CONTRAST_LIGHT
    return Scheme.DARK if is_dark else Scheme.LIGHT


def _set_style(app: QApplication) -> None:
    """Take the native style, or Fusion with edges and focus that can be seen."""
    if "windows11" in QStyleFactory.keys():  # noqa: SIM118 - a Qt class, not a dict
        if app.style().name() != "windows11":
            app.setStyle("windows11")
        return
    if _theme.edges is None or not shiboken6.isValid(_theme.edges):
        _theme.edges = Edges(colours)
        app.setStyle(_theme.edges)


def _dress(app: QApplication, scheme: Scheme) -> None:
    _set_style(app)
    if scheme is Scheme.SYSTEM_CONTRAST:
        app.setPalette(QPalette())
        _theme.colours = palettes.from_palette(app.palette())
    else:
        _theme.colours = palettes.own(scheme)
        app.setPalette(palettes.palette(_theme.colours))
    app.setStyleSheet(style_sheet(_theme.colours))
    for target, (name, role) in list(_theme.icons.items()):
        if shiboken6.isValid(target):
            _give_icon(target, name, role)
    for button in list(_theme.primaries):
        if shiboken6.isValid(button):
            _paint_primary(button)
    _theme.changed.emit()


def style_sheet(with_colours: Colours) -> str:
    """Return the style sheet (cards, tags, banners and the rail only) with its roles filled in."""
    sheet = assets.read_text("app.qss")
    for role in sorted(ROLES, key=len, reverse=True):
        sheet = sheet.replace(f"@{role}", with_colours.role(role).name())
    return sheet


def icon(name: str, colour_role: str = "text2") -> QIcon:
    """Return the icon of an action or place in a colour role, as it looks now (`set_icon` keeps it right)."""
    return icons.icon(name, _theme.colours.role(colour_role), _theme.colours.disabled)


def set_icon(target: QAbstractButton | QAction, name: str, colour_role: str = "text2") -> None:
    """Give a button or action an icon that follows the colours."""
    _theme.icons[target] = (name, colour_role)
    _give_icon(target, name, colour_role)


def _give_icon(target: QObject, name: str, colour_role: str) -> None:
    if isinstance(target, QAbstractButton | QAction):
        target.setIcon(icon(name, colour_role))


def set_primary(button: QPushButton) -> None:
    """Make a button the accented one of its page: by palette, so that the native style goes on drawing it."""
    _theme.primaries[button] = True
    _paint_primary(button)


def _paint_primary(button: QPushButton) -> None:
    made = QPalette()
    if not _theme.colours.is_contrast:
        made.setColor(QPalette.ColorRole.Button, _theme.colours.accent)
        made.setColor(QPalette.ColorRole.ButtonText, _theme.colours.on_accent)
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Button, _theme.colours.window)
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, _theme.colours.disabled)
    button.setPalette(made)
