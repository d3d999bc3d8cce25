"""Type of a sheet: the bundled font measured in whole dots of the device, so that paper is the same everywhere."""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

from desktop.ui import fonts

_LEADING = 1.22
_ELLIPSIS = "…"
_POINTS_PER_INCH = 72


class Face(NamedTuple):
    """A size of type in points."""

    points: float
    is_bold: bool = False


class SheetType:
    """Measures and breaks text at one resolution."""

    def __init__(self, dots_per_inch: int) -> None:
        self.dots_per_inch = dots_per_inch
        self._family = fonts.ensure_fonts()
        self._fonts: dict[Face, QFont] = {}
        self._metrics: dict[Face, QFontMetricsF] = {}

    def dots(self, points: float) -> int:
        """Return points in whole dots."""
        return round(points * self.dots_per_inch / _POINTS_PER_INCH)

    def font(self, face: Face) -> QFont:
        """Return the font that draws a face."""
        if face not in self._fonts:
            made = QFont(self._family)
            made.setPixelSize(max(1, self.dots(face.points)))
            made.setWeight(QFont.Weight.Bold if face.is_bold else QFont.Weight.Normal)
            made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            made.setFeature(QFont.Tag("tnum"), 0)  # the window's own digits have no text in a PDF; do not inherit them
            self._fonts[face] = made
            self._metrics[face] = QFontMetricsF(made)
        return self._fonts[face]

    def width(self, text: str, face: Face) -> float:
        """Return how many dots a line takes."""
        self.font(face)
        return self._metrics[face].horizontalAdvance(text)

    def ascent(self, face: Face) -> int:
        """Return the dots from the top of a line to its base line."""
        self.font(face)
        return round(self._metrics[face].ascent())

    def line(self, face: Face) -> int:
        """Return the height of a line in dots."""
        return self.dots(face.points * _LEADING)

    def shrunk(self, text: str, face: Face, room: int, least: float) -> Face:
        """Return the largest face, not below `least` points, in which `text` stays on one line of `room` dots."""
        points = face.points
        while points > least and self.width(text, Face(points, face.is_bold)) > room:
            points = max(least, points - 0.5)
        return Face(points, face.is_bold)

    def wrap(self, text: str, face: Face, room: int, most: int) -> list[str]:
        """Return `text` in lines of `room` dots, broken between words where that is possible.

        What does not fit in `most` lines ends in an ellipsis.
        """
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self.width(longer, face) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = self._broken(word, face, room)
            lines.extend(full)
        if line:
            lines.append(line)
        if len(lines) > most:
            last = lines[most - 1]
            while last and self.width(last + _ELLIPSIS, face) > room:
                last = last[:-1]
            lines = [*lines[: most - 1], last.rstrip() + _ELLIPSIS]
        return lines

    def _broken(self, word: str, face: Face, room: int) -> list[str]:
        """Return a word in pieces that each fit, broken after a hyphen where there is one, else anywhere."""
        pieces = [""]
        for part in re.findall(r"[^-]*-|[^-]+", word):
            if self.width(pieces[-1] + part, face) <= room:
                pieces[-1] += part
                continue
            if pieces[-1]:
                pieces.append("")
            for letter in part:
                if pieces[-1] and self.width(pieces[-1] + letter, face) > room:
                    pieces.append("")
                pieces[-1] += letter
        return pieces
