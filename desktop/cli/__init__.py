"""The command line `emanifest`: commands over the same services as the window. Qt only inside `print`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import texts
from desktop.errors import Bug, DesktopError, UsageError

if TYPE_CHECKING:
    from desktop.cli.output import Output

INTERRUPTED = 130

_WITH_VALUE = frozenset({"--data-dir", "--company", "--format"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (product, command line)."""
    from desktop.cli.arguments import parse
    from desktop.cli.output import Output
    from desktop.settings import first_paint
    from desktop.settings.language import spoken
    from desktop.settings.paths import data_folder

    given = list(sys.argv[1:] if arguments is None else arguments)
    logging.getLogger().addHandler(logging.NullHandler())  # without one, warnings would go to the terminal as they are
    texts.use(spoken(_language_asked_for(given)))
    try:
        options = parse(given)
    except UsageError as error:
        Output(_format_asked_for(given)).error(error)
        return error.exit_code
    folder = data_folder(is_practice=options.practice, override=options.data_dir)
    texts.use(spoken(options.words, first_paint.read(folder).language))
    output = Output(options.format)
    try:
        return _run(options, output)
    except DesktopError as error:
        output.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(options: argparse.Namespace, output: Output) -> int:
    from desktop.cli import reading, recovering, writing

    command = {**reading.COMMANDS, **recovering.COMMANDS, **writing.COMMANDS}[options.command]
    try:
        return asyncio.run(command(options, output))
    except DesktopError:
        raise
    except Exception as error:  # the last edge: a fault of ours is told in a sentence, not as a traceback
        raise Bug(_place_of(error)) from error


def _place_of(error: Exception) -> str:
    """Return kind and place of a fault, and nothing of what it was about: values may be private."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "desktop" in Path(frame.filename).parts] or list(frames)
    return f"{type(error).__name__} in {Path(ours[-1].filename).name}, line {ours[-1].lineno}"


def _format_asked_for(given: Sequence[str]) -> str:
    """Return the format wrong usage should be answered in: what was asked for, as far as it can be told."""
    for position, word in enumerate(given):
        if word == "--format=json" or (word == "--format" and list(given[position + 1 : position + 2]) == ["json"]):
            return "json"
    return "text"


def _language_asked_for(given: Sequence[str]) -> str:
    """Return the language that is named before the command, for the words of wrong usage and help."""
    for position, word in enumerate(given):
        if word.startswith("--language="):
            return word.partition("=")[2]
        if word == "--language":
            return "".join(given[position + 1 : position + 2])
        if not word.startswith("-") and "".join(given[position - 1 : position]) not in _WITH_VALUE:
            break  # the command: what follows is the language of a sheet
    return ""
