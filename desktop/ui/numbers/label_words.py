"""A comparison of a label with a number in words: what differs, where, and what to do."""

from __future__ import annotations

from desktop import texts
from desktop.domain.label import Comparison
from desktop.ui.legible import legible


def character(letter: str) -> str:
    """Return a character as it is spoken of, so that the letter O and the digit 0 are told apart."""
    if letter.isdigit():
        return texts.text("sticker.digit", letter=letter)
    if letter == " ":
        return texts.text("sticker.space")
    if letter == "-":
        return texts.text("sticker.dash")
    return legible(texts.text("sticker.letter", letter=letter)) if letter else texts.text("sticker.nothing")


def comparison_words(found: Comparison, *, label: str, number: str) -> str:
    """Return what a comparison came to, as one or two sentences."""
    return texts.text(
        f"sticker.finding.{found.finding.value}",
        position=found.position,
        on_label=character(found.on_label),
        here=character(found.here),
        count=len(found.number_marks | found.label_marks),
        label_length=len(label),
        number_length=len(number),
    )
