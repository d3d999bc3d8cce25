"""Settings: nothing in the file can stop the program, and nothing unknown is lost."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from fakes.clock import ManualClock
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from desktop.errors import DesktopError, EnvironmentFailure
from desktop.settings import first_paint
from desktop.settings.file import SettingsFile
from desktop.settings.first_paint import FILE, FirstPaint
from desktop.settings.tree import VERSION, Settings, Theme
from desktop.store.file import write_file
from desktop.texts import text

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def file(tmp_path) -> SettingsFile:
    return SettingsFile(tmp_path, ManualClock(), write=write_file)


def put(folder: Path, content: object) -> None:
    (folder / FILE).write_text(content if isinstance(content, str) else json.dumps(content))


def told(error: DesktopError) -> bool:
    name = error.code.removeprefix("settings.")
    return all(text(f"settings.error.{name}.{part}", **error.values) for part in ("title", "text", "remedy"))


def test_without_a_file_all_is_as_declared_and_nothing_is_written(file, tmp_path) -> None:
    loaded = file.load()
    assert loaded.settings == Settings()
    assert (loaded.kept_aside, loaded.defaulted) == (None, ())
    assert list(tmp_path.iterdir()) == []


def test_every_setting_says_what_it_means() -> None:
    for branch in Settings.model_fields.values():
        fields = getattr(branch.annotation, "model_fields", {"": branch})
        for name, field in fields.items():
            assert field.description, name


def test_what_was_saved_is_read_again_and_private(file, tmp_path) -> None:
    changed = file.change(Settings(), "appearance.theme", "dark")
    assert changed.appearance.theme is Theme.DARK
    assert file.load().settings == changed
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_what_a_newer_version_wrote_survives_a_save(file, tmp_path) -> None:
    put(tmp_path, {"version": 99, "future": {"a": [1]}, "printing": {"paper": "a4", "duplex": True}})
    loaded = file.load()
    assert loaded.settings.printing.paper == "a4"
    file.change(loaded.settings, "appearance.scale", 1.5)
    said = json.loads((tmp_path / FILE).read_text())
    assert (said["version"], said["future"], said["printing"]["duplex"]) == (99, {"a": [1]}, True)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\x00", "[" * 100_000])
def test_an_unreadable_file_is_kept_aside_and_said(file, tmp_path, content) -> None:
    put(tmp_path, content)
    loaded = file.load()
    assert loaded.settings == Settings()
    assert loaded.kept_aside is not None
    assert loaded.kept_aside.read_text() == content
    assert text("settings.kept_aside.text", path=loaded.kept_aside)
    assert not (tmp_path / FILE).exists()


def test_one_that_cannot_even_be_moved_stops_nothing(file, tmp_path) -> None:
    (tmp_path / FILE).mkdir()
    (tmp_path / "settings-unreadable-2026-11-24T120000.000Z.json").write_text("in the way")
    loaded = file.load()
    assert (loaded.settings, loaded.kept_aside) == (Settings(), None)


def test_a_value_that_makes_no_sense_is_the_default_and_the_rest_stays(file, tmp_path) -> None:
    put(tmp_path, {"appearance": {"theme": "pink", "scale": 99}, "printing": {"paper": "a4"}, "connection": 5})
    loaded = file.load()
    assert loaded.settings.appearance == Settings().appearance
    assert loaded.settings.printing.paper == "a4"
    assert set(loaded.defaulted) == {"appearance.theme", "appearance.scale", "connection"}
    assert text("settings.defaulted.text", count=3, places=", ".join(loaded.defaulted))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from([*Settings.model_fields, "theme", "scale", "paper", "is_on", "company", "geometry", "other"])


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(names, json_values | st.dictionaries(names, json_values)))
def test_whatever_stands_there_the_program_starts(tmp_path, content) -> None:
    put(tmp_path, content)
    loaded = SettingsFile(tmp_path, ManualClock(), write=write_file).load()
    assert isinstance(loaded.settings, Settings)
    assert isinstance(first_paint.read(tmp_path), FirstPaint)


def test_a_change_that_makes_no_sense_changes_nothing(file, tmp_path) -> None:
    for place, value, code in (
        ("printing.paper", "a5", "refused"),
        ("printing.colour", "red", "unknown"),
        ("future.x", 1, "unknown"),
        ("version", 2, "unknown"),
    ):
        with pytest.raises(DesktopError) as refused:
            file.change(Settings(), place, value)
        assert refused.value.code == f"settings.{code}"
        assert told(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_nothing_is_said(tmp_path) -> None:
    def fail(_path, _data):
        raise OSError(28, "No space left on device")

    with pytest.raises(EnvironmentFailure) as refused:
        SettingsFile(tmp_path, ManualClock(), write=fail).save(Settings())
    assert refused.value.code == "settings.not_saved"
    assert told(refused.value)


def test_an_older_file_is_brought_up_step_by_step(tmp_path) -> None:
    def first(said: dict) -> dict:
        paper = said.pop("paper")
        return {**said, "printing": {"paper": paper}}

    def second(said: dict) -> dict:
        return {**said, "appearance": {"theme": "dark"}}

    put(tmp_path, {"version": VERSION - 2, "paper": "a4", "kept": 1})
    upgrades = {VERSION - 2: first, VERSION - 1: second}
    settings = SettingsFile(tmp_path, ManualClock(), write=write_file, upgrades=upgrades).load().settings
    assert (settings.version, settings.printing.paper, settings.appearance.theme) == (VERSION, "a4", "dark")
    assert settings.model_extra == {"kept": 1}


class TestFirstPaint:
    def test_it_says_the_same_as_the_tree(self, file, tmp_path) -> None:
        settings = Settings()
        assert first_paint.read(tmp_path) == FirstPaint()
        assert FirstPaint().theme == settings.appearance.theme
        for place, value in (
            ("appearance.theme", "dark"),
            ("appearance.language", "fr"),
            ("appearance.scale", 3.0),
            ("window.company", "01A"),
            ("window.geometry", "AAA"),
        ):
            settings = file.change(settings, place, value)
        assert first_paint.read(tmp_path) == FirstPaint("dark", "fr", 3.0, "01A", "AAA")

    @pytest.mark.parametrize("scale", [0.5, 3.5, True, "2", None])
    def test_both_refuse_the_same_sizes(self, file, tmp_path, scale) -> None:
        put(tmp_path, {"appearance": {"scale": scale, "theme": 7}})
        assert first_paint.read(tmp_path) == FirstPaint()

    def test_it_loads_no_pydantic(self) -> None:
        script = "import sys, desktop.settings.first_paint, desktop.settings.paths; print('pydantic' in sys.modules)"
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout == "False\n"
