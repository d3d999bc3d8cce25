"""The one command: what it decides, without installing anything."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest
from house.tree import ROOT

FILE = ROOT / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap():
    """A fresh copy of the module, which is no package."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_it_and_answer() -> None:
    """It must come as far as its own sentence about the version."""
    ast.parse(FILE.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_it_needs_the_standard_library_alone() -> None:
    for node in ast.walk(ast.parse(FILE.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module]
        assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_it_names_no_package_index() -> None:
    text = FILE.read_text(encoding="utf-8")
    for word in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host"):
        assert word not in text


def test_an_old_python_gets_a_sentence(bootstrap, monkeypatch, capsys) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    monkeypatch.setattr(bootstrap, "MINIMUM", (99, 0))
    assert bootstrap.main() == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().out


def test_without_rights_the_line_to_type_is_printed(bootstrap, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(bootstrap.Stop, match=r"sudo apt-get install -y --no-install-recommends libegl1"):
        bootstrap.apt_install(["libegl1"], "Qt needs it.")


def test_without_apt_the_packages_are_named(bootstrap, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    with pytest.raises(bootstrap.Stop, match="libegl1"):
        bootstrap.apt_install(["libegl1"], "Qt needs it.")


def test_missing_libraries_are_seen(bootstrap) -> None:
    assert bootstrap.missing_libraries({"libnothing-like-it.so.9": "libnothing9"}) == ["libnothing9"]


def test_what_plays_a_desktop_is_installed_where_that_is_allowed(bootstrap, monkeypatch, capsys) -> None:
    asked = []
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _name: None)
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda _wanted: ["libxcb-cursor0"])
    monkeypatch.setattr(bootstrap, "apt_install", lambda packages, _why: asked.append(packages))
    bootstrap.ensure_desktop()
    assert asked == [["xvfb", "dbus-daemon", "strace", "libxcb-cursor0"]]

    def refuse(_packages: list[str], why: str) -> None:
        raise bootstrap.Stop(why)

    monkeypatch.setattr(bootstrap, "apt_install", refuse)
    bootstrap.ensure_desktop()
    assert "Until then these tests are skipped." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_screen_is_what_the_session_names(bootstrap, monkeypatch, environment, expected) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert bootstrap.has_screen() is expected


def test_a_finished_environment_is_used_again(bootstrap, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap, "call", lambda *_arguments, **_environment: pytest.fail("nothing is to be done"))
    environment = tmp_path / ".venv"
    environment.mkdir()
    stamp = environment / "made-from.json"
    stamp.write_text(json.dumps(bootstrap.recipe("python", with_tests=True)), encoding="utf-8")
    bootstrap.make_environment(environment, "python", with_tests=True)
    stamp.write_text(json.dumps(bootstrap.recipe("python", with_tests=False)), encoding="utf-8")
    bootstrap.make_environment(environment, "python", with_tests=False)


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"recipe": "0"}'])
def test_an_unfinished_environment_is_made_again(bootstrap, monkeypatch, tmp_path: Path, stamp: str) -> None:
    commands = []
    monkeypatch.setattr(bootstrap, "call", lambda command, **_environment: commands.append(command) or 1)
    environment = tmp_path / ".venv"
    environment.mkdir()
    (environment / "made-from.json").write_text(stamp, encoding="utf-8")
    with pytest.raises(bootstrap.Stop, match="could not make an environment"):
        bootstrap.make_environment(environment, "python", with_tests=True)
    assert commands == [["python", "-m", "venv", str(environment)]]
    assert not environment.exists()


def test_packages_that_cannot_be_had_are_a_sentence(bootstrap, monkeypatch, tmp_path: Path) -> None:
    environment = tmp_path / ".venv"

    def answer(command: list[str], **_environment: str) -> int:
        environment.mkdir(exist_ok=True)
        return 0 if "venv" in command else 1

    monkeypatch.setattr(bootstrap, "call", answer)
    with pytest.raises(bootstrap.Stop, match=r"requirements-build\.lock could not be installed"):
        bootstrap.make_environment(environment, "python", with_tests=False)
    assert not (environment / "made-from.json").exists()


def test_run_takes_the_tour_where_there_is_no_screen(bootstrap, monkeypatch, tmp_path: Path, capsys) -> None:
    commands = []
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "has_screen", lambda: False)
    monkeypatch.setattr(bootstrap, "ensure_system", lambda *, for_screen: None)
    monkeypatch.setattr(bootstrap, "ensure_environment", lambda *, with_tests: tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "call", lambda command, **environment: commands.append((command, environment)) or 0)
    assert bootstrap.run(["--data-dir", "x"]) == 0
    ((command, environment),) = commands
    assert command[1:] == [
        *("-m", "desktop", "--practice", "--data-dir", "x"),
        *("--tour", str(tmp_path / "build" / "tour")),
    ]
    assert environment == {"QT_QPA_PLATFORM": "offscreen"}
    assert str(tmp_path / "build" / "tour") in capsys.readouterr().out


def test_run_opens_the_window_where_there_is_a_screen(bootstrap, monkeypatch, tmp_path: Path) -> None:
    commands = []
    monkeypatch.setattr(bootstrap, "has_screen", lambda: True)
    monkeypatch.setattr(bootstrap, "ensure_system", lambda *, for_screen: None)
    monkeypatch.setattr(bootstrap, "ensure_environment", lambda *, with_tests: tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "call", lambda command, **environment: commands.append((command, environment)) or 0)
    assert bootstrap.run([]) == 0
    ((command, environment),) = commands
    assert command[1:] == ["-m", "desktop", "--practice"]
    assert environment == {}


def test_every_failing_step_is_named_and_all_steps_run(bootstrap, monkeypatch, tmp_path: Path, capsys) -> None:
    commands = []

    def answer(command: list[str], **_environment: str) -> int:
        commands.append(command)
        return 1 if "mypy" in command or "check" in command else 0

    monkeypatch.setattr(bootstrap, "ensure_system", lambda *, for_screen: None)
    monkeypatch.setattr(bootstrap, "ensure_desktop", lambda: None)
    monkeypatch.setattr(bootstrap, "ensure_environment", lambda *, with_tests: tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "newer_environment", lambda: ("3.13", tmp_path / ".venv-3.13"))
    monkeypatch.setattr(bootstrap, "call", answer)
    assert bootstrap.test([]) == 1
    assert len(commands) == 6
    assert "FAILED: ruff check, mypy (" in capsys.readouterr().out


def test_a_newer_python_that_is_a_dead_name_is_passed_over(bootstrap, monkeypatch, tmp_path: Path) -> None:
    """Version managers leave names on PATH that do not run."""
    shim = tmp_path / "python3.99"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(bootstrap, "NEWER", ("3.99",))
    assert bootstrap.newer_python() is None
    real = tmp_path / "pyenv" / "versions" / "3.99.1" / "bin" / "python3.99"
    real.parent.mkdir(parents=True)
    real.write_text("#!/bin/sh\necho /real/python3.99\n", encoding="utf-8")
    real.chmod(0o755)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert bootstrap.newer_python() == ("3.99", "/real/python3.99")


def test_ctrl_c_ends_quietly(bootstrap, monkeypatch) -> None:
    def interrupted(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "run", interrupted)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "run"])
    assert bootstrap.main() == 130
