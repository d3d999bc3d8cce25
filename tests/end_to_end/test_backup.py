"""Backups by the command line: beside a running owner, put back, held, let go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fakes.process import MESSAGES, Commands, Practice

TRIP = str(MESSAGES / "ace-trip.json")
NUMBER = "AAAA123457A"


def test_a_lost_folder_comes_back_and_sends_only_after_somebody_looked(
    emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path
) -> None:
    emanifest.add_company(practice())
    emanifest.json("import", TRIP)
    file = tmp_path / "snapshot.db"
    made = emanifest.json("backup", str(file))
    assert made.code == 0
    assert (made.value["file"], made.value["trips"], made.value["kind"]) == (str(file), 1, "practice")
    assert made.value["bytes"] == file.stat().st_size
    sent = emanifest.json("send", NUMBER, "--wait", "30")
    assert sent.value["outcome"] == "delivered"
    back = emanifest.json("restore", str(file))
    assert back.code == 0
    assert back.value["held"] is True
    assert Path(back.value["kept"]).exists(), "what was there is kept"
    shown = emanifest.json("show", NUMBER)
    assert shown.value["delivery"] == "not_sent", "as of the backup; what went out since is not known here"
    refused = emanifest.json("send", NUMBER, "--wait", "5")
    assert (refused.code, refused.value["outcome"]) == (1, "not_ready")
    assert "BorderConnect" in refused.value["errors"][0]["text"]
    assert emanifest.json("restore", "--confirm").value == {"held": False}
    again = emanifest.json("send", NUMBER, "--wait", "30")
    assert again.value["outcome"] != "not_ready"


def test_wrong_use_is_told(emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path) -> None:
    emanifest.add_company(practice())
    for arguments in ((), ("--confirm", "x.db")):
        done = emanifest.json("restore", *arguments)
        assert (done.code, done.value["error"]["code"]) == (2, "cli.usage")
    nothing = tmp_path / "nothing.db"
    done = emanifest.json("restore", str(nothing))
    assert done.code == 5
    assert done.value["error"]["code"] == "backup.not_read"
    assert all(done.value["error"][part] for part in ("text", "remedy"))


def test_beside_a_running_owner(emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path) -> None:
    emanifest.add_company(practice())
    emanifest.json("import", TRIP)
    owner = emanifest.begin("inbox", "--follow")
    try:
        emanifest.wait_for_owner(owner)
        file = tmp_path / "beside.db"
        assert emanifest.json("backup", str(file)).value["trips"] == 1
        done = emanifest.json("restore", str(file))
        assert (done.code, done.value["error"]["code"]) == (2, "backup.owner_runs")
    finally:
        owner.terminate()
        owner.wait(30)
