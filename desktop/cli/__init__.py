"""The command line `emanifest`: commands over the same services as the window. Qt only inside `print`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

from desktop.errors import DesktopError, UsageError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (product, command line)."""
    from desktop.cli.arguments import parser
    from desktop.cli.output import Output

    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = parser().parse_args(given)
    except UsageError as error:
        Output(_format_asked_for(given)).error(error)
        return error.exit_code
    output = Output(options.format)
    from desktop.cli import reading, writing

    command = {**reading.COMMANDS, **writing.COMMANDS}[options.command]
    try:
        return asyncio.run(command(options, output))
    except DesktopError as error:
        output.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _format_asked_for(given: Sequence[str]) -> str:
    """Return the format wrong usage should be answered in: what was asked for, as far as it can be told."""
    for position, word in enumerate(given):
        if word == "--format=json" or (word == "--format" and list(given[position + 1 : position + 2]) == ["json"]):
            return "json"
    return "text"
