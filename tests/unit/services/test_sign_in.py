"""Starting with the system: what stands in the user's autostart folder and in the registry, and when."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from desktop.errors import EnvironmentFailure
from desktop.services.sign_in import APPROVED, RUN, Autostart, RunValue, SignIn, entry_of_system, exec_line, own_command

PROGRAM = "/usr/some folder/emanifest-desk"


class FakeRegistry:
    """Values by key and name."""

    def __init__(self):
        self.values = {}

    def read(self, key, name):
        return self.values.get((key, name))

    def write(self, key, name, value):
        self.values[key, name] = value

    def delete(self, key, name):
        self.values.pop((key, name), None)


def words_of(line):
    """Undo the rules of the Desktop Entry Specification: first those of strings, then those of the Exec key."""
    escapes = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "s": " "}
    text, letters = "", iter(line)
    for letter in letters:
        text += escapes[next(letters)] if letter == "\\" else letter
    quoted = re.findall(r'"((?:[^"\\`$]|\\.)*)"(?: |$)', text, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted]


@pytest.mark.parametrize(
    "word",
    ["plain", "two words", 'a "quoted" one', "back\\slash", "$HOME", "`date`", "100%f", "a\tb", "café", "--x=y z"],
)
def test_every_word_of_the_command_comes_back_as_it_was(word):
    assert words_of(exec_line(["/bin/x", word])) == ["/bin/x", word]
    assert "\n" not in exec_line(["/bin/x", word + "\n"])


def test_on_writes_one_whole_entry_and_off_takes_it_away(run, tmp_path):
    path = tmp_path / "config" / "autostart" / "emanifest-desk.desktop"
    sign_in = SignIn(Autostart(path), [PROGRAM])

    async def main():
        assert not await sign_in.is_on()
        await sign_in.set_on(True)
        assert await sign_in.is_on()
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "[Desktop Entry]"
        assert "Type=Application" in lines
        (command,) = [line.removeprefix("Exec=") for line in lines if line.startswith("Exec=")]
        assert words_of(command) == [PROGRAM, "--minimised"]
        assert [one.name for one in path.parent.iterdir()] == [path.name], "nothing half-written is left"
        await sign_in.set_on(False)
        assert not path.exists()
        await sign_in.set_on(False)

    run(main())


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_switched_off_is_off_and_stays_so(run, tmp_path, line):
    path = tmp_path / "emanifest-desk.desktop"
    path.write_text(f'[Desktop Entry]\nExec="/gone"\n{line}\nX-EManifestDesk-Program=/gone\n')
    before = path.read_text()
    sign_in = SignIn(Autostart(path), [PROGRAM])

    async def main():
        assert not await sign_in.is_on()
        await sign_in.mend()

    run(main())
    assert path.read_text() == before


@pytest.mark.parametrize("is_there", [True, False])
def test_an_entry_follows_the_program_only_where_the_old_one_has_gone(run, tmp_path, is_there):
    old = tmp_path / "old \\ place" / "emanifest-desk"
    old.parent.mkdir()
    if is_there:
        old.write_text("")
    path = tmp_path / "emanifest-desk.desktop"

    async def main():
        await SignIn(Autostart(path), [str(old)]).set_on(True)
        await SignIn(Autostart(path), [PROGRAM]).mend()

    run(main())
    assert Autostart(path).program() == (str(old) if is_there else PROGRAM)


def test_a_folder_that_cannot_be_written_is_said(run, tmp_path):
    (tmp_path / "autostart").write_text("a file")
    sign_in = SignIn(Autostart(tmp_path / "autostart" / "x.desktop"), [PROGRAM])

    async def main():
        with pytest.raises(EnvironmentFailure) as caught:
            await sign_in.set_on(True)
        assert caught.value.code == "sign_in.refused"

    run(main())


def test_a_system_without_a_place_for_it_says_so(run):
    sign_in = SignIn(None, [PROGRAM])

    async def main():
        await sign_in.set_on(True)
        assert not await sign_in.is_on()

    run(main())
    assert not sign_in.is_possible


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the place is Linux's")
def test_the_place_follows_the_xdg_variable(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    entry_of_system().write([PROGRAM])
    assert (tmp_path / "config" / "autostart" / "emanifest-desk.desktop").is_file()
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")  # to be ignored, says the specification
    entry_of_system(tmp_path).write([PROGRAM])
    assert (tmp_path / ".config" / "autostart" / "emanifest-desk.desktop").is_file()


# Windows: the registry is a fake; nothing here ran on Windows


def test_windows_has_a_quoted_value_and_the_task_manager_wins(run):
    registry = FakeRegistry()
    sign_in = SignIn(RunValue(registry), [r"C:\Program Files\x\emanifest-desk.exe", "--data-dir", r"D:\my data"])

    async def main():
        await sign_in.set_on(True)
        value = registry.values[RUN, "emanifest-desk"]
        assert value == r'"C:\Program Files\x\emanifest-desk.exe" --data-dir "D:\my data" --minimised'
        assert await sign_in.is_on()
        registry.values[APPROVED, "emanifest-desk"] = b"\x03" + bytes(11)
        assert not await sign_in.is_on()
        await sign_in.set_on(True)
        assert await sign_in.is_on()
        assert (APPROVED, "emanifest-desk") not in registry.values
        registry.values[APPROVED, "emanifest-desk"] = b"\x02" + bytes(11)
        assert await sign_in.is_on()
        await sign_in.set_on(False)
        assert (RUN, "emanifest-desk") not in registry.values

    run(main())


def test_the_command_is_the_program_itself_and_names_another_folder(tmp_path):
    here, other = tmp_path / "data", tmp_path / "other"
    script = tmp_path / "bin" / "emanifest-desk"
    script.parent.mkdir()
    script.write_text("")
    python = str(tmp_path / "bin" / "python")
    beside = own_command(here, here, argv=["x"], executable=python)
    assert beside == [str(script)]
    assert own_command(other, here, argv=[str(script)], executable="/elsewhere/python") == [
        str(script), "--data-dir", str(other),
    ]  # fmt: skip
    script.unlink()
    assert own_command(here, here, argv=[], executable=python) == [python, "-m", "desktop"]


def test_windows_starts_without_a_console(tmp_path):
    for name in ("python.exe", "pythonw.exe"):
        (tmp_path / name).write_text("")
    here = Path("data")
    command = own_command(here, here, argv=["app"], executable=str(tmp_path / "python.exe"))
    assert command == [str(tmp_path / "pythonw.exe"), "-m", "desktop"]
    (tmp_path / "emanifest-desk.exe").write_text("")
    command = own_command(here, here, argv=["app"], executable=str(tmp_path / "python.exe"))
    assert command == [str(tmp_path / "emanifest-desk.exe")]
