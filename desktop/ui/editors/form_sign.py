"""A sign that stands in a form's file."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.ui.sign import Sign
from desktop.ui.sign_label import SignLabel


class FormSign(SignLabel):
    """A `SignLabel` made the way generated forms make widgets: with the parent alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Sign.NOT_SENT, parent=parent)
