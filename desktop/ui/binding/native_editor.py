"""The native editor of a field: a check box, a masked line, a date, a picker, or a plain line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget

from desktop.domain.fields import Field, Kind
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding.choice import Source
from desktop.ui.binding.datetime_edit import DateTimeEdit
from desktop.ui.binding.picker import Picker
from desktop.ui.binding.secret_edit import SecretEdit


def field_height() -> int:
    """Return the height of a field in logical pixels; it grows with the user's font."""
    return max(theme.FIELD_HEIGHT, theme.line_height("body") + theme.STEP_12)


def is_undo(event: QKeyEvent) -> bool:
    """Tell whether a key takes back or brings again."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def make_editor(
    parent: QWidget,
    field: Field,
    source: Source | None,
    now: Callable[[], datetime],
    zone: Callable[[], str] | None,
) -> QWidget:
    """Return the editor that a row of the field table asks for.

    Args:
        parent: the field's box.
        field: the row.
        source: what a picker offers; None for a plain line.
        now: wall time at the port, for words like `today`.
        zone: gives the short name of that clock's zone.
    """
    editor: QWidget
    if field.kind is Kind.BOOLEAN:
        editor = QCheckBox(text(f"fields.{field.name}").replace("&", "&&"), parent)
        editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    elif field.is_secret:
        editor = SecretEdit(parent, kind=field.kind)
    elif field.kind in {Kind.DATE, Kind.DATETIME}:
        moment = DateTimeEdit(parent, has_time=field.kind is Kind.DATETIME)
        moment.set_now(now, zone)
        editor = moment
    elif source is not None:
        picker = Picker(parent)
        picker.set_source(source)
        picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        editor = picker
    else:
        editor = QLineEdit(parent)
    editor.setFixedHeight(field_height())
    return editor
