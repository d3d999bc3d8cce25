"""Errors that people are told about.

An error carries a code and values, never a sentence: the words come from the text catalogue
(`errors.CODE.title`, `.text`, `.remedy`) and are made at the edge, where somebody reads them.
"""

from __future__ import annotations


class DesktopError(Exception):
    """Something a user must be told: what happened, where, and how to mend it.

    Attributes:
        code: key below `errors.` in the text catalogue.
        values: what the sentences name. Never a secret and never personal data.
        exit_code: what a command returns for it (product, command line).
    """

    exit_code = 1

    def __init__(self, code: str, /, *, exit_code: int | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
        if exit_code is not None:
            self.exit_code = exit_code

    def __str__(self) -> str:
        return self.code


class EnvironmentFailure(DesktopError):
    """The world failed (disk, network, keystore, folder): say so and go on."""


class DataFolderUnusable(EnvironmentFailure):
    """The data folder cannot be used: newer, damaged, read-only, in use by another version."""

    exit_code = 5


class NoConnection(EnvironmentFailure):
    """No way to the gateway, or no usable key."""

    exit_code = 4


class UsageError(DesktopError):
    """Unreadable input or wrong usage."""

    exit_code = 2


class NotFound(DesktopError):
    """What was asked for is not here."""


class Bug(DesktopError):
    """We made a mistake: reported locally, never hidden."""

    def __init__(self, what: str) -> None:
        super().__init__("bug", what=what)

    def __str__(self) -> str:
        return f"bug: {self.values['what']}"
