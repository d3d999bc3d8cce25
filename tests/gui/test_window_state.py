"""Where the window stood is kept whole, and its loss harms nothing."""

import json

from fakes.clock import ManualClock

from desktop.ui.choices import Choices
from desktop.ui.colours import Scheme
from desktop.ui.window_state import WindowState


def write(path, data):
    path.write_bytes(data)


def test_what_is_kept_is_there_at_the_next_start(tmp_path):
    state = WindowState(tmp_path / "window.json")
    state.keep("window.place", "inbox")
    state.save()
    assert WindowState(tmp_path / "window.json").value("window.place") == "inbox"
    assert list(tmp_path.iterdir()) == [tmp_path / "window.json"]


def test_a_damaged_or_foreign_file_is_the_default(tmp_path):
    file = tmp_path / "window.json"
    for content in ("{", "[]", json.dumps({"window.place": 7})):
        file.write_text(content)
        assert WindowState(file).value("window.place", "trips") == "trips"


def test_a_folder_that_takes_no_file_does_not_stop_the_window(tmp_path):
    state = WindowState(tmp_path / "missing" / "window.json")
    state.keep("a", "b")
    state.save()
    assert state.value("a") == "b"


def test_choices_live_in_the_settings(tmp_path):
    choices = Choices(tmp_path, ManualClock(), write)
    assert choices.scheme is None
    assert (choices.stays_in_tray, choices.has_notices, choices.has_good_news, choices.paper) == (
        True,
        True,
        True,
        "letter",
    )
    choices.scheme = Scheme.CONTRAST_DARK
    choices.stays_in_tray = False
    choices.has_notices = False
    choices.has_good_news = False
    choices.paper = "a4"
    again = Choices(tmp_path, ManualClock(), write)
    assert again.scheme is Scheme.CONTRAST_DARK
    assert (again.stays_in_tray, again.has_notices, again.has_good_news, again.paper) == (False, False, False, "a4")
    again.scheme = None
    assert Choices(tmp_path, ManualClock(), write).scheme is None


def test_what_is_odd_about_the_settings_is_told(tmp_path):
    from desktop.clock import SystemClock
    from desktop.store.file import write_file
    from desktop.ui.choices import Choices

    folder = tmp_path / "Dropbox" / "data"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text("{ not JSON", encoding="utf-8")
    kept, synced = Choices(folder, SystemClock(), write_file).remarks()
    assert "could not be read" in kept
    assert "Dropbox" in synced
    (folder / "settings.json").write_text('{"appearance": {"theme": "plaid"}}', encoding="utf-8")
    assert "appearance.theme" in Choices(folder, SystemClock(), write_file).remarks()[0]
    assert Choices(tmp_path, SystemClock(), write_file).remarks() == []
