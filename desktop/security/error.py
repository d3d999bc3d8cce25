"""What keeps a key from being kept or had."""

from __future__ import annotations

from desktop.errors import DesktopError, NoConnection


class NoKeystore(NoConnection):
    """This computer has no keystore the program may use: ask for the key, and keep it for the session alone."""

    def __init__(self) -> None:
        super().__init__("security.no_keystore")


class KeystoreLocked(NoConnection):
    """The keystore is locked and was not opened: ask for the key, and keep it for the session alone."""

    def __init__(self) -> None:
        super().__init__("security.keystore_locked")


class KeystoreFailed(NoConnection):
    """The keystore refused. What it said is not repeated, since it may quote what it was given."""

    def __init__(self, kind: str) -> None:
        super().__init__("security.keystore_failed", kind=kind)


class KeyUnusable(DesktopError):  # noqa: N818 - named like its fellows in desktop.errors
    """What was given cannot be a key: empty, too long, or a practice key among real data."""
