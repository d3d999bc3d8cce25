"""A keystore in memory. Importing it registers it with keyring, at a priority that is never chosen by itself."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError


class MemoryKeyring(KeyringBackend):
    """Keeps secrets in a dictionary of this instance.

    Attributes:
        secrets: (service, user) -> secret.
        is_locked: every call fails as on a locked keystore.
        limit_characters: the longest secret it takes, in UTF-16 units as on Windows; None for no limit.
    """

    priority = -1  # type: ignore[assignment]  # keyring declares a class property here

    def __init__(self, *, is_locked: bool = False, limit_characters: int | None = None) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}
        self.is_locked = is_locked
        self.limit_characters = limit_characters

    def _refuse_when_locked(self) -> None:
        if self.is_locked:
            raise KeyringLocked("the keystore is locked")

    def get_password(self, service: str, username: str) -> str | None:
        """Return the secret, or None where there is none."""
        self._refuse_when_locked()
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret.

        Raises:
            PasswordSetError: it is longer than this keystore takes.
        """
        self._refuse_when_locked()
        if self.limit_characters is not None and len(password.encode("utf-16-le")) // 2 > self.limit_characters:
            raise PasswordSetError("stub received bad data")
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget the secret.

        Raises:
            PasswordDeleteError: there is none.
        """
        self._refuse_when_locked()
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError("no such secret")
