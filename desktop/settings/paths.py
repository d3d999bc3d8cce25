"""Where the program keeps its data on each platform (product, one owner of the data folder). No pydantic here."""

from __future__ import annotations

import sys
from pathlib import Path

_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}


def data_folder(*, is_practice: bool, override: str | Path | None = None) -> Path:
    """Return the absolute data folder: the one asked for, or the user's local one, or its twin for practice.

    Local, so that Windows does not carry it to other computers; nothing is made here.
    """
    if override is not None:
        return Path(override).expanduser().absolute()
    if sys.platform in {"win32", "darwin"}:
        name = "eManifest Desk Practice" if is_practice else "eManifest Desk"
    else:
        name = "emanifest-desk-practice" if is_practice else "emanifest-desk"
    import platformdirs  # on use: a folder named by hand needs none of it

    return platformdirs.user_data_path(name, appauthor=False, roaming=False)


def leases_folder() -> Path:
    """Return the user's folder for leases on keys, the same whatever the data folder; nothing is made here."""
    import platformdirs

    if sys.platform in {"win32", "darwin"}:
        return platformdirs.user_data_path("eManifest Desk Leases", appauthor=False, roaming=False)
    return platformdirs.user_state_path("emanifest-desk") / "leases"


def synced_by(folder: Path) -> str | None:
    """Return the name of the service that copies a folder to other computers, as far as its path tells.

    A database that is copied while it is open gets damaged (reliability 6.15): `doctor` and the window warn.
    """
    for part in folder.parts:
        plain = part.casefold()
        for sign, name in _SYNCED.items():
            if plain == sign or plain.startswith((f"{sign} ", f"{sign}-")):  # "OneDrive - Sample Carrier"
                return name
    return None
