"""What goes into the packages for Windows and Debian, without fetching or compiling anything."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from house.tree import ROOT
from PIL import Image

from desktop.app import APP_ID
from desktop.services.sign_in import NAME
from desktop.ui.tour import SIZE

PACKAGING = ROOT / "packaging"
LOCK = (PACKAGING / "requirements.lock").read_text(encoding="utf-8")
SCRIPT = (PACKAGING / "windows" / "installer.nsi").read_text(encoding="utf-8")


@pytest.fixture
def tools(monkeypatch):
    """The parts of the build by name; they find each other from the folder above them, as when they run."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    before = set(sys.modules)
    import bootstrap
    from linux import build as linux
    from windows import build, check, launcher, runtime, staging

    made = {
        "bootstrap": bootstrap, "linux": linux, "build": build, "check": check,
        "launcher": launcher, "runtime": runtime, "staging": staging,
    }  # fmt: skip
    yield type("Tools", (), made)
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in {"bootstrap", "linux", "windows"}:
            del sys.modules[name]


def names(tools, place: dict[str, str]) -> set[str]:
    return {tools.staging.name_of(line) for line in tools.staging.locked_for(LOCK, place).splitlines()}


# What is taken


def test_windows_gets_what_its_markers_say_and_every_byte_is_pinned(tools) -> None:
    """pip would judge markers by the computer it runs on: no keystore on Windows, and D-Bus there instead."""
    taken = tools.staging.locked_for(LOCK, tools.staging.PLACE)
    assert {"pywin32-ctypes", "pyside6-essentials", "keyring"} <= names(tools, tools.staging.PLACE)
    assert not {"secretstorage", "jeepney", "cryptography", "zipp"} & names(tools, tools.staging.PLACE)
    for line in taken.splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( --hash=sha256:[0-9a-f]{64})+", line)


def test_each_python_of_debian_gets_its_own(tools) -> None:
    old, new = (
        names(tools, {**tools.linux.PLACE, "python_version": python, "python_full_version": f"{python}.0"})
        for python in ("3.11", "3.13")
    )
    assert {"secretstorage", "jeepney"} <= new
    assert "pywin32-ctypes" not in new
    assert "zipp" in old - new


def test_a_lock_may_have_no_other_source_only_package(tools) -> None:
    """What is published as source alone must be pure: it is built here for another system."""
    assert sorted(tools.staging.SOURCE_ONLY) == ["font-roboto"]


# The runtime


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


RUNTIME = ("python313.dll", "python3.dll", "python313.zip", "python313._pth", "LICENSE.txt", "vcruntime140.dll")


def test_other_bytes_than_those_published_are_refused(tools, tmp_path: Path) -> None:
    given = archive(tmp_path / "python.zip", dict.fromkeys(RUNTIME, b"x"))
    with pytest.raises(tools.bootstrap.Stop, match="Nothing was built"):
        tools.runtime.official(tmp_path, given)
    assert given.exists()  # it is the user's own file
    kept = archive(tmp_path / Path(tools.runtime.OFFICIAL).name, {"spoiled": b""})
    with pytest.raises(tools.bootstrap.Stop):
        tools.runtime.official(tmp_path)
    assert not kept.exists()


def test_a_file_fetched_elsewhere_is_kept_for_the_checks(tools, tmp_path: Path, monkeypatch) -> None:
    given = archive(tmp_path / "elsewhere.zip", dict.fromkeys(RUNTIME, b"x"))
    monkeypatch.setattr(tools.runtime, "OFFICIAL_SHA256", tools.runtime.sha256(given))
    (tmp_path / "cache").mkdir()
    python = tools.runtime.official(tmp_path / "cache", given)
    assert python.is_official
    assert python.archive.parent == tmp_path / "cache"
    assert python.archive.read_bytes() == given.read_bytes()


def test_out_of_reach_is_no_error_but_a_release_refuses_the_stand_in(tools, tmp_path: Path, monkeypatch) -> None:
    def unreachable(*_arguments: object, **_more: object) -> None:
        raise tools.runtime.urllib.error.URLError("no such host")

    monkeypatch.setattr(tools.runtime.urllib.request, "urlopen", unreachable)
    assert tools.runtime.official(tmp_path) is None
    with pytest.raises(tools.bootstrap.Stop, match="A release takes"):
        tools.build.build(tmp_path / "dist", tmp_path / "cache", is_release=True)


def test_a_runtime_is_unpacked_flat_without_its_own_starters(tools, tmp_path: Path) -> None:
    members = {f"cp313/{name}": b"x" for name in (*RUNTIME, "python.exe", "pythonw.exe")}
    zipped = archive(tmp_path / "runtime.zip", members)
    folder = tmp_path / "app"
    folder.mkdir()
    tools.runtime.unpack(tools.runtime.Runtime(zipped, "3.13.0", is_official=False), folder)
    assert {path.name for path in folder.iterdir()} == set(RUNTIME)
    empty = tmp_path / "empty"
    empty.mkdir()
    broken = archive(tmp_path / "broken.zip", {"python3.dll": b"x"})
    with pytest.raises(tools.bootstrap.Stop, match=r"python313\.dll"):
        tools.runtime.unpack(tools.runtime.Runtime(broken, "", is_official=False), empty)


# What is left out


def test_only_what_is_imported_stays_of_qt(tools, tmp_path: Path) -> None:
    leads_to = {
        "QtCore.pyd": {"qt6core.dll", "kernel32.dll"},
        "QtWidgets.pyd": {"qt6widgets.dll", "pyside6.abi3.dll"},
        "Qt6Widgets.dll": {"qt6gui.dll"},
        "qwindows.dll": {"qt6gui.dll"},
        "qpdf.dll": {"qt6pdf.dll"},
        "pyside6.abi3.dll": {"msvcp140.dll"},
    }
    files = {
        "PySide6": [
            "__init__.py", "QtCore.pyd", "QtWidgets.pyd", "QtQml.pyd", "Qt6Core.dll", "Qt6Widgets.dll", "Qt6Gui.dll",
            "Qt6Qml.dll", "opengl32sw.dll", "pyside6.abi3.dll", "msvcp140.dll", "QtCore.pyi", "designer.exe",
            "plugins/platforms/qwindows.dll", "plugins/imageformats/qpdf.dll", "plugins/sqldrivers/qsqlite.dll",
            "translations/qtbase_fr.qm", "translations/qtbase_de.qm", "qml/x.qml",
        ],
        "desktop": ["window.py", "__pycache__/window.pyc"],
        "other": ["fast.pyx", "fast.pyd"],
    }  # fmt: skip
    for folder, inside in files.items():
        for name in inside:
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("from PySide6.QtWidgets import QLabel\n" if name == "window.py" else "", encoding="utf-8")
    tools.staging.prune(tmp_path, lambda path: leads_to.get(path.name, set()))
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {
        "PySide6/__init__.py", "PySide6/QtCore.pyd", "PySide6/QtWidgets.pyd", "PySide6/Qt6Core.dll",
        "PySide6/Qt6Widgets.dll", "PySide6/Qt6Gui.dll", "PySide6/pyside6.abi3.dll", "PySide6/msvcp140.dll",
        "PySide6/plugins/platforms/qwindows.dll", "PySide6/translations/qtbase_fr.qm", "desktop/window.py",
        "other/fast.pyd",
    }  # fmt: skip
    (tmp_path / "desktop" / "window.py").write_text("from PySide6.QtNetwork import QTcpSocket\n", encoding="utf-8")
    with pytest.raises(tools.bootstrap.Stop, match="QtNetwork"):
        tools.staging.prune(tmp_path, lambda _path: set())


def test_the_qt_modules_of_the_program_are_seen(tools) -> None:
    found = tools.staging.qt_modules(ROOT / "desktop")
    assert {"QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtTest"} <= found
    assert not {"QtQml", "QtQuick", "QtDBus"} & found


# Licences


def test_every_part_brings_its_licence_or_the_build_stops(tools, tmp_path: Path) -> None:
    about = tmp_path / "packages" / "sample-1.0.dist-info"
    (about / "licenses").mkdir(parents=True)
    (about / "METADATA").write_text("Name: sample\nVersion: 1.0\nLicense-Expression: MIT\n", encoding="utf-8")
    with pytest.raises(tools.bootstrap.Stop, match=r"sample 1\.0 brings no licence"):
        tools.staging.collect_licences(tmp_path / "packages", tmp_path / "licences", ROOT / "LICENSE")
    (about / "licenses" / "LICENSE").write_text("may be used", encoding="utf-8")
    lines = tools.staging.collect_licences(tmp_path / "packages", tmp_path / "licences", ROOT / "LICENSE")
    assert lines == ["sample 1.0: MIT"]
    assert (tmp_path / "licences" / "sample" / "LICENSE").read_text(encoding="utf-8") == "may be used"


# Programs and installer


def test_the_icon_has_every_size_windows_shows(tools) -> None:
    pictures = {}
    for size in tools.launcher.SIZES:
        stream = io.BytesIO()
        Image.new("RGBA", (size, size), (29, 95, 175, 255)).save(stream, "PNG")
        pictures[size] = stream.getvalue()
    with Image.open(io.BytesIO(tools.launcher.icon_file(pictures))) as icon:
        assert icon.info["sizes"] == {(size, size) for size in tools.launcher.SIZES}


@pytest.mark.usefixtures("qapp")
def test_the_drawing_becomes_a_picture_with_a_clear_edge(tools) -> None:
    with Image.open(io.BytesIO(tools.launcher.drawn(ROOT / "resources" / "icons" / "app.svg", 32))) as picture:
        assert picture.size == (32, 32)
        assert picture.getpixel((0, 0))[3] == 0
        assert picture.getpixel((16, 4))[3] == 255


def test_the_installer_knows_the_names_the_program_uses(tools) -> None:
    """A notice comes in the name of the shortcut only if both bear one id; the start with Windows is taken out again."""
    assert f'!define APP_ID "{APP_ID}"' in SCRIPT
    assert f'!define RUN_VALUE "{NAME}"' in SCRIPT
    for program in tools.launcher.PROGRAMS:
        assert f'"{program}"' in SCRIPT
    assert f"{NAME}.exe" in tools.launcher.PROGRAMS  # what `own_command` looks for
    assert (SIZE.width(), SIZE.height()) == tools.check.PICTURE


def test_the_uninstaller_takes_every_name_that_is_staged(tools) -> None:
    source = Path(tools.build.__file__).read_text(encoding="utf-8")
    staged = set(re.findall(r'\(folder / "([^"]+)"\)', source)) | {"app", "licences", *tools.launcher.PROGRAMS}
    taken = set(re.findall(r'(?:Delete|RMDir /r) "\$INSTDIR\\([^"]+)"', SCRIPT.partition('Section "Uninstall"')[2]))
    taken = {{"${PROGRAM}": "emanifest-desk.exe", "${COMMAND}": "emanifest.exe"}.get(name, name) for name in taken}
    assert len(staged) > 5
    assert staged | {"uninstall.exe"} == taken
    assert 'RMDir /r "$INSTDIR"' not in SCRIPT  # a folder somebody chose by mistake


def test_every_sentence_of_the_installer_is_there_in_both_languages() -> None:
    said = {
        language: set(re.findall(rf"^LangString (\w+) \$\{{LANG_{language}\}}", SCRIPT, re.MULTILINE))
        for language in ("ENGLISH", "FRENCH")
    }
    assert len(said["ENGLISH"]) > 5
    assert said["ENGLISH"] == said["FRENCH"]


@pytest.mark.parametrize("name", ["windows/build.py", "windows/check.py", "linux/build.py", "linux/check.py"])
def test_the_readme_names_the_command(name: str) -> None:
    assert f"python3 packaging/{name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_the_stage_resolves_and_every_module_imports_under_the_windows_runtime(tmp_path: Path) -> None:
    """By hand alone: it fetches 100 MB and runs Wine, which the usual machine of the tests has not (a minute of CPU)."""
    command = [sys.executable, str(PACKAGING / "windows" / "check.py"), "--quick", "--cache", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
