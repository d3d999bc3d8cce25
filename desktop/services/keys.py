"""Makes the vault of a data folder, and keeps a key from the process it was typed into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.errors import DesktopError
from desktop.security.keystore import Keystore
from desktop.security.redaction import Redactor
from desktop.security.secret import Secret
from desktop.security.vault import PracticeKeys, Vault
from desktop.services.words import error_words
from desktop.store.file import write_file


def vault_of(folder: Path, redactor: Redactor, *, is_practice: bool) -> Vault:
    """Return the vault of a data folder; only practice data may keep a key in a file."""
    practice = PracticeKeys(folder, write=write_file) if is_practice else None
    return Vault(Keystore(), practice, redactor)


async def keep_key(folder: Path, company: str, key: str, *, is_practice: bool) -> dict[str, Any]:
    """Keep a company's key where it belongs; `is_kept` tells whether it was, `text` why not and what to do."""
    try:
        await vault_of(folder, Redactor(), is_practice=is_practice).keep(company, Secret(key))
    except DesktopError as error:
        words = error_words(error)
        return {"is_kept": False, "text": f"{words.text}\n{words.remedy}"}
    return {"is_kept": True, "text": ""}
