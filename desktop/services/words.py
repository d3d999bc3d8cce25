"""Puts errors into words at the edge: a code and its values become a title, a sentence and a remedy."""

from __future__ import annotations

from dataclasses import dataclass

from desktop import texts
from desktop.errors import Bug, DesktopError


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What a person reads about an error: what happened and where, and how to mend it."""

    code: str
    title: str
    text: str
    remedy: str


def error_words(error: DesktopError) -> ErrorWords:
    """Return the sentences for `error` from the catalogue (`AREA.error.NAME.title|text|remedy`)."""
    if isinstance(error, Bug):
        return ErrorWords(
            "bug",
            texts.text("cli.error.bug.title"),
            texts.text("cli.error.bug.text", what=error.values["what"]),
            texts.text("cli.error.bug.remedy"),
        )
    area, _, name = error.code.partition(".")
    key = f"{area}.error.{name}"
    return ErrorWords(
        error.code,
        texts.text(f"{key}.title", **error.values),
        texts.text(f"{key}.text", **error.values),
        texts.text(f"{key}.remedy", **error.values),
    )
