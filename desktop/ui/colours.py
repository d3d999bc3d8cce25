"""Every colour role of the design (ui design 2), in light, dark and high contrast.

Text roles keep 4.5:1 and glyph roles 3:1 on `surface` and `window`; a test computes it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from desktop.errors import Bug


class Scheme(StrEnum):
    """A set of colours. `SYSTEM_CONTRAST` is whatever contrast theme Windows shows."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST_DARK = "contrast_dark"
    CONTRAST_LIGHT = "contrast_light"
    SYSTEM_CONTRAST = "system_contrast"


class Colours(NamedTuple):
    """One colour for each role; a role that has a `_tint` is laid over it as text or glyph."""

    scheme: Scheme
    window: QColor
    surface: QColor
    alt: QColor
    hover: QColor
    border: QColor
    strong: QColor
    text: QColor
    text2: QColor
    disabled: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    slate: QColor
    track: QColor
    good: QColor
    good_tint: QColor
    attention: QColor
    attention_tint: QColor
    attention_glyph: QColor
    stop: QColor
    stop_tint: QColor
    unknown: QColor
    unknown_tint: QColor
    practice: QColor
    practice_tint: QColor

    @property
    def is_contrast(self) -> bool:
        """Whether tints and fine shades are off: frames and shapes carry the meaning."""
        return self.scheme not in {Scheme.LIGHT, Scheme.DARK}

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than the page."""
        return self.surface.lightness() < self.text.lightness()

    def role(self, name: str) -> QColor:
        """Return the colour of a role by its name.

        Raises:
            Bug: there is no such role.
        """
        colour = getattr(self, name, None)
        if not isinstance(colour, QColor):
            raise Bug(f"there is no colour role {name}")
        return colour


ROLES: tuple[str, ...] = tuple(name for name in Colours._fields if name != "scheme")
"""Names of all roles, in the order of the table."""


def _colours(scheme: Scheme, values: str) -> Colours:
    names = values.split()
    return Colours(scheme, *(QColor(f"#{value}") for value in names))


LIGHT = _colours(
    Scheme.LIGHT,
    "F3F4F6 FFFFFF F8F9FB EDF0F4 D8DCE2 7E8590 1B1F26 555C67 8B919B 1D5FAF FFFFFF DCE8F7 59626F D3D8DF"
    " 1A6E3C E4F2E9 8A5200 FBF0DC B56B00 B3261E FBE8E6 66479C EFEAF8 0A6470 DDF1F2",
)
DARK = _colours(
    Scheme.DARK,
    "191B1F 212429 262A30 2D3239 393F47 868E9A E9EBEE AEB5BF 727A85 86B6F2 10233D 26384F A3ABB7 3C434C"
    " 74CF98 1D3327 F2B75E 3B2F18 F2B75E FF9389 45221F C6AEF2 302842 6CCBD3 14343A",
)
CONTRAST_DARK = _colours(
    Scheme.CONTRAST_DARK,
    "000000 000000 000000 000000 FFFFFF FFFFFF FFFFFF FFFFFF A6A6A6 FFE55C 000000 000000 FFFFFF 4D4D4D"
    " 5CFF8F 000000 FFC14D 000000 FFC14D FF8A80 000000 D9B8FF 000000 6FF2FF 000000",
)
CONTRAST_LIGHT = _colours(
    Scheme.CONTRAST_LIGHT,
    "FFFFFF FFFFFF FFFFFF FFFFFF 000000 000000 000000 000000 595959 00308F FFFFFF FFFFFF 000000 B3B3B3"
    " 00501E FFFFFF 6B3A00 FFFFFF 6B3A00 8B0000 FFFFFF 43207A FFFFFF 00444D FFFFFF",
)


def own(scheme: Scheme) -> Colours:
    """Return our own colours of a scheme.

    Raises:
        Bug: the scheme is the system's.
    """
    for colours in (LIGHT, DARK, CONTRAST_DARK, CONTRAST_LIGHT):
        if colours.scheme is scheme:
            return colours
    raise Bug("the system's contrast theme has no colours of ours")


def from_palette(palette: QPalette) -> Colours:
    """Return roles drawn from a contrast theme of the system: no tints, glyphs in the text colour (ui design 2)."""
    window, surface = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.Base)
    text = palette.color(QPalette.ColorRole.WindowText)
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    accent, on_accent = palette.color(QPalette.ColorRole.Highlight), palette.color(QPalette.ColorRole.HighlightedText)
    paper = {"window": window, "surface": surface, "alt": surface, "hover": surface, "selection": surface}
    marks = {"disabled": faint, "track": faint, "accent": accent, "on_accent": on_accent}
    rest = {name: surface if name.endswith("_tint") else text for name in ROLES}
    return Colours(Scheme.SYSTEM_CONTRAST, **(rest | paper | marks))


def palette(colours: Colours) -> QPalette:
    """Return the Qt palette of our own colours (ui design 2, "Palette")."""
    made = QPalette()
    everywhere = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.Button: colours.window,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.alt,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.BrightText: colours.stop,
        QPalette.ColorRole.PlaceholderText: colours.text2,
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.ToolTipBase: colours.alt,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Midlight: colours.hover,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Dark: colours.strong,
        QPalette.ColorRole.Shadow: colours.strong,
    }
    for role, colour in everywhere.items():
        made.setColor(role, colour)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colours.disabled)
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, colours.border)
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.HighlightedText, colours.text)
    return made
