"""The label check: a sticker's number against the number that is sent, character for character (I21, domain 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

WORD: Final = "PARS"
"""The word a Canadian label bears; where it stands inside the number it is in the bars too (domain 6)."""

_GAPS: Final = frozenset(" -")


class Finding(StrEnum):
    """How a label differs from a number."""

    EQUAL = "equal"
    NOTHING_READ = "nothing_read"
    NO_NUMBER = "no_number"
    LABEL_HAS_WORD = "label_has_word"
    LABEL_LACKS_WORD = "label_lacks_word"
    GAPS = "gaps"
    ONE = "one"
    MORE = "more"
    LABEL_LONGER = "label_longer"
    LABEL_SHORTER = "label_shorter"


class Comparison(NamedTuple):
    """What a label says beside a number.

    Attributes:
        finding: how they differ.
        position: the first character that differs, from 1; 0 where there is none.
        on_label: that character on the label; empty past its end.
        here: that character of the number; empty past its end.
        label_marks: places (from 0) of the label's characters that differ.
        number_marks: those of the number.
    """

    finding: Finding
    position: int = 0
    on_label: str = ""
    here: str = ""
    label_marks: frozenset[int] = frozenset()
    number_marks: frozenset[int] = frozenset()


def label_text(read: str) -> str:
    """Return what a label says: without the stars a Code 39 scanner may add, and in capitals, as bars have no small."""
    plain = read.strip()
    if len(plain) > 1 and plain.startswith("*") and plain.endswith("*"):
        plain = plain[1:-1].strip()
    return plain.upper()


def compare(label: str, number: str) -> Comparison:
    """Return how a label, as `label_text` gives it, differs from a number. Only the very same characters are equal."""
    if not label:
        return Comparison(Finding.NOTHING_READ)
    if not number:
        return Comparison(Finding.NO_NUMBER)
    if label == number:
        return Comparison(Finding.EQUAL)
    label_marks, number_marks = _marks(label, number)
    at = next(
        (place for place, (one, other) in enumerate(zip(label, number, strict=False)) if one != other),
        min(len(label), len(number)),
    )
    return Comparison(
        _finding(label, number), at + 1, label[at : at + 1], number[at : at + 1], label_marks, number_marks
    )


def _finding(label: str, number: str) -> Finding:
    if _without_gaps(label) == _without_gaps(number):
        return Finding.GAPS
    if label.replace(WORD, "", 1) == number:
        return Finding.LABEL_HAS_WORD
    if label == number.replace(WORD, "", 1):
        return Finding.LABEL_LACKS_WORD
    if len(label) != len(number):
        return Finding.LABEL_LONGER if len(label) > len(number) else Finding.LABEL_SHORTER
    return Finding.ONE if len(_odd_places(label, number)) == 1 else Finding.MORE


def _without_gaps(text: str) -> str:
    return "".join(letter for letter in text if letter not in _GAPS)


def _odd_places(label: str, number: str) -> frozenset[int]:
    return frozenset(place for place, (one, other) in enumerate(zip(label, number, strict=True)) if one != other)


def _marks(label: str, number: str) -> tuple[frozenset[int], frozenset[int]]:
    if len(label) == len(number):
        odd = _odd_places(label, number)
        return odd, odd
    in_label: set[int] = set()
    in_number: set[int] = set()
    for kind, label_from, label_to, number_from, number_to in SequenceMatcher(
        None, label, number, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            in_label.update(range(label_from, label_to))
            in_number.update(range(number_from, number_to))
    return frozenset(in_label), frozenset(in_number)


def bearer(label: str, numbers: Sequence[str]) -> int:
    """Return the place of the first number that is the label's, character for character; -1 where none is."""
    return next((place for place, number in enumerate(numbers) if number and number == label), -1)


def nearest(label: str, numbers: Sequence[str]) -> int:
    """Return the place of the number most like the label; -1 where nothing is alike."""
    alike = [SequenceMatcher(None, label, number, autojunk=False).ratio() if number else 0.0 for number in numbers]
    best = max(alike, default=0.0)
    return alike.index(best) if best > 0 else -1
