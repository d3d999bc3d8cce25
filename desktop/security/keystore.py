"""The system's keystore, through a backend of our own choosing (reliability 6.1).

`keyring.get_keyring()` is never asked: environment, configuration files and entry points can make it load anything.
The library is imported on first use and called outside the loop's thread, since a keystore may stop to ask the user.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import sys
import threading
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from desktop.security.error import KeystoreFailed, KeystoreLocked, KeyUnusable, NoKeystore
from desktop.security.secret import Secret

log = logging.getLogger(__name__)

T = TypeVar("T")

LONGEST = 1280  # UTF-16 units: what the Windows vault takes (tech notes 7); the same everywhere
USER = "api-key"
_BACKENDS = {
    "win32": (("keyring.backends.Windows", "WinVaultKeyring"),),
    "darwin": (("keyring.backends.macOS", "Keyring"),),
    "linux": (
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
    ),
}


class Backend(Protocol):
    """The part of a keyring backend that is used."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget the secret."""
        ...


def service_name(company: str) -> str:
    """Return the name a company's key stands under; one name for each, so that no key pushes another aside."""
    return f"eManifest Desk {company}"


def find_backend(platform: str = sys.platform) -> Backend | None:
    """Return the first backend of this platform that works; None where there is none."""
    for module, name in _BACKENDS.get(platform, ()):
        try:
            kind: Any = getattr(importlib.import_module(module), name)
            if not kind.viable:
                continue
            # keyring lets the environment set a backend's properties; ours must not
            ours = type(name, (kind,), {"set_properties_from_env": lambda _self: None})
            backend: Any = ours()
        except Exception as error:  # a backend fails in whatever way its system library does; the next one is tried
            log.info("keystore %s is not usable: %s", module, type(error).__name__)
            continue
        if platform == "win32":
            backend.persist = "local machine"  # the default roams with the user to other computers
        found: Backend = backend
        return found
    return None


class Keystore:
    """Keeps one key for each company in the system's keystore."""

    def __init__(self, find: Callable[[], Backend | None] = find_backend) -> None:
        self._find = find
        self._backend: Backend | None = None

    async def key(self, company: str) -> Secret | None:
        """Return a company's key; None where there is none.

        Raises:
            NoKeystore: there is no keystore.
            KeystoreLocked: it is locked and was not opened.
            KeystoreFailed: it refused.
        """
        value = await self._ask(lambda backend: backend.get_password(service_name(company), USER))
        return Secret(value) if value else None

    async def keep(self, company: str, key: Secret) -> None:
        """Keep a company's key in place of the one it had.

        Raises:
            KeyUnusable: it is longer than a keystore takes.
            NoKeystore: as `key`; so are KeystoreLocked and KeystoreFailed.
        """
        refuse_unusable(key)
        await self._ask(lambda backend: backend.set_password(service_name(company), USER, key.reveal()))

    async def forget(self, company: str) -> None:
        """Take a company's key out; nothing happens where there is none.

        Raises:
            NoKeystore: as `key`; so are KeystoreLocked and KeystoreFailed.
        """

        def work(backend: Backend) -> None:
            if backend.get_password(service_name(company), USER) is not None:
                backend.delete_password(service_name(company), USER)

        await self._ask(work)

    async def is_there(self) -> bool:
        """Tell whether this computer has a keystore the program may use, for `doctor`."""
        try:
            await self._ask(lambda _backend: None)
        except NoKeystore:
            return False
        return True

    async def _ask(self, work: Callable[[Backend], T]) -> T:
        return await _aside(lambda: self._called(work))

    def _called(self, work: Callable[[Backend], T]) -> T:
        if self._backend is None:
            self._backend = self._find()
        if self._backend is None:
            raise NoKeystore
        from keyring.errors import InitError, KeyringLocked, NoKeyringError

        try:
            return work(self._backend)
        except (KeyringLocked, InitError):
            raise KeystoreLocked from None
        except NoKeyringError:
            raise NoKeystore from None
        except Exception as error:  # whatever the system's library raises; its text may quote what it was given
            raise KeystoreFailed(type(error).__name__) from None


def refuse_unusable(key: Secret) -> None:
    """Refuse what no keystore takes.

    Raises:
        KeyUnusable: empty, too long, or with characters that no key has.
    """
    value = key.reveal()
    if not value.strip():
        raise KeyUnusable("security.key_empty")
    if not value.isprintable() or not value.isascii():
        raise KeyUnusable("security.key_characters")
    if len(value.encode("utf-16-le")) // 2 > LONGEST:
        raise KeyUnusable("security.key_too_long", limit=LONGEST)


async def _aside(work: Callable[[], T]) -> T:
    """Run `work` in a thread of its own that does not hold up the end of the program while a prompt stands open."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if not done.done():
            if error is None:
                done.set_result(result)  # type: ignore[arg-type]  # T may itself be None
            else:
                done.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except Exception as raised:  # handed to whoever awaits
            error = raised
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:
            log.info("the keystore answered after the end")

    threading.Thread(target=run, name="keystore", daemon=True).start()
    return await done
