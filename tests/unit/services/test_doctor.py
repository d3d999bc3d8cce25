"""The doctor: a finding for each thing, in each state, with words and a remedy."""

from __future__ import annotations

import pytest

from desktop import texts
from desktop.services import doctor

STATES = {
    "version": ["ok"],
    "keystore": ["ok", "warning"],
    "data": ["ok", "warning", "problem"],
    "room": ["ok", "problem"],
    "synced": ["ok", "warning"],
    "tls": ["ok", "warning"],
    "qt": ["ok", "problem"],
    "screen": ["ok", "warning"],
    "rns": ["warning"],
}
WINDOW_STATES = {
    "qt_start": ["problem"],
    "fonts": ["ok", "problem"],
    "tray": ["ok", "warning"],
    "printers": ["ok", "warning"],
}
VALUES = {
    "fault": "libGL.so.1: cannot open shared object file",
    "count": 2,
    "version": "1",
    "python": "3",
    "folder": "/x",
    "problems": "p",
    "free": 5,
    "place": "OneDrive",
    "library": "L",
}


@pytest.mark.parametrize(
    ("name", "state"), [(name, state) for name, states in (STATES | WINDOW_STATES).items() for state in states]
)
def test_every_state_has_its_words(name, state) -> None:
    found = doctor._finding(name, state, **VALUES)
    assert list(found) == ["name", "state", "title", "text", "remedy"]
    assert found["title"]
    assert found["text"]
    assert bool(found["remedy"]) is (state != "ok")


def by_name(found) -> dict:
    return {one["name"]: one for one in found}


def test_a_healthy_folder(world, run, tmp_path) -> None:
    run(world.trip())
    found = by_name(run(doctor.examine(tmp_path / "data")))
    assert list(found) == list(STATES)
    assert all(one["state"] in STATES[name] for name, one in found.items())
    assert found["data"]["state"] == "ok"
    assert found["keystore"]["state"] == "warning", "the tests have no keystore"
    assert found["synced"]["state"] == "ok"


@pytest.mark.parametrize(("is_good", "state"), [(True, "ok"), (False, "not ok")])
def test_what_was_seen_of_the_window(run, tmp_path, is_good, state) -> None:
    seen = {"has_font": is_good, "has_tray": is_good, "printers": int(is_good)}
    found = by_name(run(doctor.examine(tmp_path, seen)))
    assert found["qt"]["state"] == "ok"
    for name in ("fonts", "tray", "printers"):
        assert found[name]["state"] in WINDOW_STATES[name]
        assert (found[name]["state"] == "ok") is is_good


def test_a_window_that_does_not_start(run, tmp_path) -> None:
    found = by_name(run(doctor.examine(tmp_path, {"fault": "libGL.so.1: cannot open shared object file"})))
    assert found["qt_start"]["state"] == "problem"
    assert "libGL.so.1" in found["qt_start"]["text"]
    assert not {"qt", "fonts", "tray", "printers"} & set(found)


def test_no_folder_yet(run, tmp_path) -> None:
    found = by_name(run(doctor.examine(tmp_path / "none" / "deeper")))
    assert (found["data"]["state"], found["room"]["state"]) == ("warning", "ok")
    assert not (tmp_path / "none").exists(), "the doctor makes nothing"


def test_a_damaged_folder(run, tmp_path) -> None:
    (tmp_path / "data.sqlite3").write_bytes(b"this is no database at all" * 100)
    from desktop.store import DATABASE

    (tmp_path / DATABASE).write_bytes(b"this is no database at all" * 100)
    found = by_name(run(doctor.examine(tmp_path)))["data"]
    assert found["state"] == "problem"
    assert found["remedy"]


def test_a_full_disk_and_a_synchronised_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1024 * 1024})())
    assert doctor._room(tmp_path)["state"] == "problem"
    assert "1 MiB" in doctor._room(tmp_path)["text"]
    folder = tmp_path / "Dropbox (Sample)" / "data"
    assert (doctor._synced(folder)["state"], "Dropbox" in doctor._synced(folder)["text"]) == ("warning", True)


def test_no_certificates_no_qt_no_screen(monkeypatch) -> None:
    class Empty:
        check_hostname, verify_mode = True, doctor.ssl.CERT_REQUIRED

        def get_ca_certs(self):
            return []

    monkeypatch.setattr("ssl.create_default_context", Empty)
    assert doctor._tls()["state"] == "warning"
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert doctor._qt(None)[0]["state"] == "problem"
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert doctor._screen()["state"] == "warning"
    monkeypatch.setenv("DISPLAY", ":0")
    assert doctor._screen()["state"] == "ok"


def test_no_text_is_left_over() -> None:
    named = {f"doctor.{name}.title" for name in STATES}
    for name, states in STATES.items():
        named |= {f"doctor.{name}.{state}" for state in states}
        named |= {f"doctor.{name}.{state}.remedy" for state in states if state != "ok"}
    assert all(texts.has(key) for key in named)
