"""The Qt binding does not eat its own interpreter."""

from __future__ import annotations

import sys

import pytest


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: nothing to lose")
def test_void_methods_keep_the_references_of_none(qtbot) -> None:
    """PySide6 6.12.0 drops one per call on Python 3.11 and aborts after some thousand."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))
    assert before - sys.getrefcount(None) < 200
