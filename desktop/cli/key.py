"""Where a command's API key comes from: standard input or the terminal, never an argument or the environment."""

from __future__ import annotations

import argparse
import getpass
import json
import sys

from desktop import texts
from desktop.errors import UsageError


def key_of_this_run(options: argparse.Namespace) -> str | None:
    """Return the key given for this run, if one was."""
    return _key_from_input() if options.key_stdin else None


def key_asked_for(options: argparse.Namespace, *, is_new: bool) -> str | None:
    """Return the key from standard input, or from the terminal where there is one and the company is new."""
    if options.key_stdin:
        return _key_from_input()
    if is_new and sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(texts.text("cli.company.ask_key")).strip() or None
    return None


def _key_from_input() -> str:
    """Return the key in the first line of standard input: bare, or in the line `emanifest practice` prints.

    Raises:
        UsageError: there is none.
    """
    try:
        line = "" if sys.stdin is None else sys.stdin.readline().strip()
    except (OSError, ValueError) as error:  # closed, or not the terminal's encoding: no key looks like that
        raise UsageError("cli.no_key_given") from error
    if line.startswith("{"):
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        line = str(said.get("apiKey", "")) if isinstance(said, dict) else ""
    if not line:
        raise UsageError("cli.no_key_given")
    return line
