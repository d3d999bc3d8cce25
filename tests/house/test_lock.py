"""The locked requirements: every package pinned and hashed, no address, the same for Linux and Windows."""

from __future__ import annotations

import re
import tomllib

import pytest
from house.tree import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ["requirements-build.lock", "requirements.lock", "requirements-test.lock"]


def entries(name: str) -> list[tuple[Requirement, list[str]]]:
    """Return each requirement of a lock with its hashes."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8").replace("\\\n", "")
    found = []
    for line in text.splitlines():
        if line and not line.lstrip().startswith("#"):
            words = line.split(" --hash=")
            found.append((Requirement(words[0].strip()), [word.strip() for word in words[1:]]))
    return found


def pins(name: str) -> dict[str, set[Version]]:
    """Return the versions a lock names for each package."""
    found: dict[str, set[Version]] = {}
    for requirement, _ in entries(name):
        (pin,) = requirement.specifier
        found.setdefault(canonicalize_name(requirement.name), set()).add(Version(pin.version))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_everything_is_pinned_and_hashed(name: str) -> None:
    assert entries(name)
    for requirement, hashes in entries(name):
        (pin,) = requirement.specifier
        assert pin.operator == "==", requirement
        assert requirement.url is None, requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_and_no_path_of_a_machine(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    text = text.replace("--no-emit-index-url", "")  # the header names the command
    for word in ("://", "index-url", "find-links", "file:", "trusted-host", "\n-e", " @ "):
        assert word not in text
    assert re.search(r"(?<![\w.])/\w", text) is None


def test_pins_lie_within_what_the_project_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = asked["project"]
    for name, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-test.lock", project["dependencies"] + project["optional-dependencies"]["test"]),
        ("requirements-build.lock", asked["dependency-groups"]["build"]),
    ):
        locked = pins(name)
        for line in wanted:
            requirement = Requirement(line)
            versions = locked.get(canonicalize_name(requirement.name), set())
            assert versions, f"{name} lacks {line}: make the locks again (README, Contribute)"
            assert all(requirement.specifier.contains(version) for version in versions), f"{name}: {line}"


def test_tests_run_with_the_versions_that_people_get() -> None:
    tested = pins("requirements-test.lock")
    for package, versions in pins("requirements.lock").items():
        assert tested[package] == versions


def test_windows_gets_its_own_packages() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        marked = {
            canonicalize_name(requirement.name): str(requirement.marker or "") for requirement, _ in entries(name)
        }
        assert "win32" in marked["pywin32-ctypes"]
        assert "linux" in marked["secretstorage"]
    assert "colorama" in pins("requirements-test.lock")


def test_qt_is_not_the_release_that_aborts_on_python_3_11() -> None:
    (version,) = pins("requirements.lock")["pyside6-essentials"]
    assert Version("6.11.3") <= version < Version("6.12")
