"""Roles that our models share."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to a model."""


class Role(IntEnum):
    """What a delegate or page asks a model for beside Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole + 1
    OBJECT = Qt.ItemDataRole.UserRole + 2
    WORDS = Qt.ItemDataRole.UserRole + 3
    IS_FRESH = Qt.ItemDataRole.UserRole + 4
