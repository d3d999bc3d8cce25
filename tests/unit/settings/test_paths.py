"""Where data are kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.settings.paths import data_folder, synced_by


def test_practice_has_a_folder_of_its_own_and_nothing_is_made() -> None:
    real, practice = data_folder(is_practice=False), data_folder(is_practice=True)
    assert real != practice
    assert not real.is_relative_to(practice)
    assert not practice.is_relative_to(real)
    assert real.is_absolute()
    assert not real.exists()
    assert not practice.exists()


@pytest.mark.parametrize(("platform", "name"), [("win32", "eManifest Desk"), ("linux", "emanifest-desk")])
def test_it_bears_the_name_usual_on_the_platform(monkeypatch, platform, name) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert data_folder(is_practice=False).name == name
    assert data_folder(is_practice=True).name.casefold().endswith("practice")


@pytest.mark.parametrize("is_practice", [True, False])
def test_the_folder_asked_for_is_taken_as_it_is(tmp_path, monkeypatch, is_practice) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder(is_practice=is_practice, override="data") == tmp_path / "data"
    assert data_folder(is_practice=is_practice, override="~/data") == Path.home() / "data"


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/sample/OneDrive - Sample Carrier/data", "OneDrive"),
        ("/home/sample/Dropbox/data", "Dropbox"),
        ("/home/sample/Google Drive/x", "Google Drive"),
        ("/home/sample/onedrives/data", None),
        ("/home/sample/data", None),
    ],
)
def test_folders_that_are_copied_elsewhere_are_known(folder, service) -> None:
    assert synced_by(Path(folder)) == service
