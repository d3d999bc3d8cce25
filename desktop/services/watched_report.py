"""The report beside a file that came through the watched folder: plain words and codes, nothing of what is in it.

Trip numbers are named where they look like one; never a name, a date of birth, a document, a plate or any other value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from desktop.errors import DesktopError
from desktop.services.import_preview import Foreseen
from desktop.services.words import error_words
from desktop.texts import text

_NUMBER = re.compile(r"(?=[A-Za-z0-9-]*[0-9])[A-Za-z0-9-]{4,25}")
_MOST = 2_000  # lines; a file of more messages is only counted from there on


def report(outcome: str, at: datetime, items: Sequence[Foreseen] = (), problems: Sequence[DesktopError] = ()) -> str:
    """Return the report of a file.

    Args:
        outcome: `done` or `failed`.
        at: when; any zone.
        items: its messages and what happened to them.
        problems: what was wrong with the file as a whole.
    """
    lines = lines_of(outcome, at)
    lines += [f"- {_sentence(problem)}" for problem in problems]
    if items:
        lines += ["", text("watched.report.messages", count=len(items))]
        lines += [f"{item.position}. {_line(item, outcome)}" for item in items[:_MOST]]
    if len(items) > _MOST:
        lines.append(text("watched.report.more", count=len(items) - _MOST))
    return "\n".join(lines) + "\n"


def lines_of(outcome: str, at: datetime) -> list[str]:
    """Return the first lines of every report."""
    return [
        mark(outcome),
        text("watched.report.at", time=f"{at.astimezone():%Y-%m-%d %H:%M:%S %z}"),
        text("watched.report.nothing_sent"),
    ]


def mark(outcome: str) -> str:
    """Return the first line of a report, by which a later start knows how the file fared."""
    return f"{text(f'watched.report.{outcome}')} [{outcome}]"


def shown_number(number: str) -> str:
    """Return a number as a report may name it: anything that does not look like one might be private."""
    return number if _NUMBER.fullmatch(number) else text("watched.report.no_number")


def _line(item: Foreseen, outcome: str) -> str:
    if item.reason is not None:
        return f"{_what(item)}: {_sentence(item.reason)}" if item.regime is not None else _sentence(item.reason)
    key = item.fate.value if outcome == "done" or not item.comes_in else "left"
    words = f"{_what(item)}: {text(f'watched.report.fate.{key}')}"
    problems = text("watched.report.problems", count=item.errors) if item.errors else ""
    return f"{words}. {problems}" if problems else words


def _what(item: Foreseen) -> str:
    kind = "trip" if item.is_trip else "shipment"
    return text(f"watched.report.{kind}", number=shown_number(item.number))


def _sentence(error: DesktopError) -> str:
    """Return title, place and code; the whole text only where it can name nothing but numbers of lines and sizes."""
    words = error_words(error)
    parts = [words.title]
    if all(isinstance(value, int) for value in error.values.values()):
        parts += [words.text, words.remedy]
    elif isinstance(error.values.get("line"), int):
        parts.append(text("watched.report.place", line=error.values["line"], column=error.values.get("column", 1)))
    return f"{' · '.join(part for part in parts if part)} ({words.code})"
