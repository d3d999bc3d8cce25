"""What stands on the pages of the first-run guide besides fields, and where it was left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop import texts
from desktop.ui import pieces, theme


@dataclass(frozen=True, slots=True)
class LeftAt:
    """Where the guide was left, to go on there.

    Attributes:
        step: number of the page.
        fields: what was typed, by field; never the API key.
        company: id of the company, where it was stored already.
    """

    step: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    company: str = ""

    def kept(self) -> str:
        """Return it as the window keeps it."""
        return json.dumps({"step": self.step, "fields": dict(self.fields), "company": self.company})


def left_at(kept: str) -> LeftAt:
    """Return where it was left, of what `LeftAt.kept` made; the beginning where that cannot be read."""
    try:
        found = json.loads(kept)
        step, fields, company = found["step"], found["fields"], found["company"]
        return LeftAt(int(step), {str(name): str(value) for name, value in fields.items()}, str(company))
    except (ValueError, TypeError, KeyError, AttributeError):
        return LeftAt()


def about_keys() -> QWidget:
    """Return the words beside the key: which one, where it is made, and what release notices need."""
    words = pieces.frame("card")
    column = QVBoxLayout(words)
    column.setContentsMargins(theme.STEP_16, theme.STEP_12, theme.STEP_16, theme.STEP_12)
    column.setSpacing(theme.STEP_4)
    for title, text in (
        (texts.text("setup_guide.keys.title"), texts.text("setup_guide.keys.text")),
        (texts.text("setup_guide.made.title"), texts.text("setup_guide.made.text")),
        (texts.text("setup_guide.rns.title"), texts.text("setup_guide.rns.text")),
    ):
        column.addWidget(pieces.label(title, "strong"))
        column.addWidget(pieces.prose(text, "caption", look="muted"))
        column.addSpacing(theme.STEP_4)
    return words


class LastChoices(QWidget):
    """What is asked at the end: start with the computer, and a sample trip first."""

    def __init__(self, *, can_start: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.STEP_4)
        self._whys: list[QLabel] = []
        self.starts = self._box(
            column, "guide_starts", texts.text("setup_guide.starts"), texts.text("setup_guide.starts.why")
        )
        column.addSpacing(theme.STEP_12)
        self.tries = self._box(column, "guide_try", texts.text("setup_guide.try"), texts.text("setup_guide.try.why"))
        if not can_start:
            self.starts.hide()
            self._whys[0].hide()

    def _box(self, column: QVBoxLayout, name: str, title: str, why: str) -> QCheckBox:
        box = QCheckBox(title)
        box.setObjectName(name)
        box.setMinimumHeight(theme.TARGET_HEIGHT)
        box.setAccessibleDescription(why)
        words = pieces.prose(why, "caption", look="muted")
        self._whys.append(words)
        column.addWidget(box)
        column.addWidget(words)
        return box
