"""The vault: where each company's key is, and the one place that says so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.security.error import KeyUnusable
from desktop.security.keystore import refuse_unusable
from desktop.security.redaction import Redactor
from desktop.security.secret import Secret

PRACTICE = "practice-"
_FILE = "practice-keys.json"

Write = Callable[[Path, bytes], None]


class KeyPlace(Protocol):
    """Where keys are kept; raises as `Keystore` does."""

    async def key(self, company: str) -> Secret | None:
        """Return a company's key; None where there is none."""
        ...

    async def keep(self, company: str, key: Secret) -> None:
        """Keep a company's key in place of the one it had."""
        ...

    async def forget(self, company: str) -> None:
        """Take a company's key out."""
        ...


class MemoryKeys:
    """Keys for this run alone: where no keystore is, or a command was given its key."""

    def __init__(self) -> None:
        self._keys: dict[str, Secret] = {}

    async def key(self, company: str) -> Secret | None:
        """Return a company's key; None where there is none."""
        return self._keys.get(company)

    async def keep(self, company: str, key: Secret) -> None:
        """Keep a company's key until the program ends.

        Raises:
            KeyUnusable: it cannot be a key.
        """
        refuse_unusable(key)
        self._keys[company] = key

    async def forget(self, company: str) -> None:
        """Take a company's key out; nothing happens where there is none."""
        self._keys.pop(company, None)


class PracticeKeys:
    """Keys of the practice service, which open nothing else, in a private file of a practice data folder."""

    def __init__(self, folder: Path, *, write: Write) -> None:
        self._file = folder / _FILE
        self._write = write

    async def key(self, company: str) -> Secret | None:
        """Return a company's key; None where there is none."""
        value = (await asyncio.to_thread(self._read)).get(company)
        return Secret(value) if value else None

    async def keep(self, company: str, key: Secret) -> None:
        """Keep a company's practice key.

        Raises:
            KeyUnusable: it is not a practice key; nothing was written.
            OSError: the file cannot be written.
        """
        refuse_unusable(key)
        if not is_practice_key(key):
            raise KeyUnusable("security.key_not_practice")
        await asyncio.to_thread(lambda: self._save(self._read() | {company: key.reveal()}))

    async def forget(self, company: str) -> None:
        """Take a company's key out; nothing happens where there is none."""

        def work() -> None:
            keys = self._read()
            if keys.pop(company, None) is not None:
                self._save(keys)

        await asyncio.to_thread(work)

    def _read(self) -> dict[str, str]:
        try:
            said = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(said, dict):
            return {}
        return {name: key for name, key in said.items() if isinstance(key, str) and key.startswith(PRACTICE)}

    def _save(self, keys: dict[str, str]) -> None:
        self._write(self._file, json.dumps(keys).encode())


def is_practice_key(key: Secret) -> bool:
    """Tell whether a key is one of the practice service's."""
    return key.reveal().startswith(PRACTICE)


class Vault:
    """Finds and keeps the keys of companies: those of the session first, then the practice file, then the keystore."""

    def __init__(self, keystore: KeyPlace, practice: KeyPlace | None, redactor: Redactor) -> None:
        """Make a vault.

        Args:
            keystore: where keys are kept.
            practice: where practice keys are kept; None for real data, which have none.
            redactor: learns every key, so that none reaches a log or report.
        """
        self._keystore = keystore
        self._practice = practice
        self._redactor = redactor
        self._session = MemoryKeys()

    async def key(self, company: str) -> Secret | None:
        """Return a company's key; None where none is known: ask for it.

        Raises:
            NoKeystore: there is no keystore to look in; ask for the key.
            KeystoreLocked: it was not opened; ask for the key.
            KeystoreFailed: it refused; ask for the key.
        """
        found = await self._session.key(company)
        if found is None and self._practice is not None:
            found = await self._practice.key(company)
        if found is None:
            found = await self._keystore.key(company)
        if found is not None:
            self._redactor.learn(found)
        return found

    async def keep(self, company: str, key: Secret) -> None:
        """Keep a company's key in place of any it had: a practice key in its file, any other in the keystore.

        Raises:
            KeyUnusable: it cannot be a key, or is a practice key among real data.
            NoKeystore: it was not kept, nowhere; so are KeystoreLocked and KeystoreFailed.
        """
        self._redactor.learn(key)
        if is_practice_key(key):
            if self._practice is None:
                raise KeyUnusable("security.key_practice")
            await self._practice.keep(company, key)
        else:
            await self._keystore.keep(company, key)
            if self._practice is not None:
                await self._practice.forget(company)
        await self._session.forget(company)

    async def keep_for_session(self, company: str, key: Secret) -> None:
        """Use a key until the program ends, without storing it.

        Raises:
            KeyUnusable: it cannot be a key, or is a practice key among real data.
        """
        self._redactor.learn(key)
        if is_practice_key(key) and self._practice is None:
            raise KeyUnusable("security.key_practice")
        await self._session.keep(company, key)

    async def forget(self, company: str) -> None:
        """Take a company's key out of every place that has it.

        Raises:
            KeystoreLocked: the keystore may still have it; so with KeystoreFailed and NoKeystore.
        """
        await self._session.forget(company)
        if self._practice is not None and await self._practice.key(company) is not None:
            await self._practice.forget(company)
            return
        await self._keystore.forget(company)
