"""Real processes for every test here."""

import pytest
from fakes.process import emanifest, folder_of, home, mended_request, practice

__all__ = ["emanifest", "folder_of", "home", "mended_request", "practice"]


@pytest.fixture(autouse=True)
def _one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is copied here stands for the one a killed program left; a real copy would be held."""
    monkeypatch.setattr("desktop.assembly.desk.whereabouts", lambda _folder: "here")
