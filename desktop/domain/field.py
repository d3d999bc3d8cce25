"""What one row of the field table says."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How a value is written in JSON, and how it is typed."""

    TEXT = "text"
    CODE = "code"  # text in upper case
    DIGITS = "digits"  # text of digits: leading zeros count
    NUMBER = "number"
    INTEGER = "integer"
    NUMBER_TEXT = "number_text"  # a number written as a string
    BOOLEAN = "boolean"
    DATE = "date"  # 2026-01-31
    DATETIME = "datetime"  # 2026-01-31 13:45:00, wall time at the port
    OBJECT = "object"
    ARRAY = "array"  # of objects
    TEXT_ARRAY = "text_array"
    CONST = "const"  # the name of the message type


class Need(StrEnum):
    """Whether a value must be there once the object around it is."""

    YES = "yes"
    NO = "no"
    SOMETIMES = "sometimes"  # a rule says when


class Field(NamedTuple):
    """One field of the wire documents.

    Attributes:
        name: unique; also the object name of its widget and the key of its words (`fields.NAME`, `fields.NAME.help`).
        ace: JSON Pointer template in an ACE_TRIP (`*` for positions in arrays), None where ACE has no such field.
        aci: the same in an ACI_TRIP.
        kind: how it is written.
        need_ace: whether ACE wants it.
        need_aci: whether ACI wants it.
        minimum: fewest characters, or items of an array.
        maximum: most characters or items; None where none is known.
        pattern: regular expression the whole text matches; empty where none is known.
        codes: name of its code list, or empty.
        is_secret: personal document numbers and birth dates: masked on screen, never in logs, sentences or on paper.
        mark: how sure the row is (protocol, "How far to trust each line"): S E M stop, F C I only warn.
        also_ace: a second place where ACE documents may carry it (one plate instead of a list of plates).
    """

    name: str
    ace: str | None
    aci: str | None
    kind: Kind
    need_ace: Need = Need.NO
    need_aci: Need = Need.NO
    minimum: int = 0
    maximum: int | None = None
    pattern: str = ""
    codes: str = ""
    is_secret: bool = False
    mark: str = "M"
    also_ace: str | None = None

    @property
    def is_firm(self) -> bool:
        """Whether breaking this row stops a send: first-party or transcribed facts without a conflict (domain 3.2)."""
        return self.mark in {"S", "E", "M"}
