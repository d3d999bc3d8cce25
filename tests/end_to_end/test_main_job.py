"""The main job through the commands: the page's own trips become accepted manifests, messages and paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from fakes.process import MESSAGES, Commands, Practice

ACE, ACI = "AAAA123457A", "1234923ASDF"


def _file(name: str) -> str:
    return str(MESSAGES / f"{name}.json")


def test_all_eleven_examples_of_the_page_are_read(emanifest: Commands) -> None:
    files = sorted(str(path) for path in MESSAGES.glob("*.json"))
    done = emanifest("check", *files, "--format", "json", data_dir=False)
    found = {Path(file["file"]).stem: file["messages"][0] for file in done.value["files"]}
    assert len(found) == 11
    assert done.code == 1  # the misprinted request
    for trip in ("ace-trip", "aci-trip"):
        assert found[trip]["ready"]
        warned = {(issue["code"], issue["path"]) for issue in found[trip]["issues"] if issue["severity"] == "warning"}
        assert ("C09", "/truck/vinNumber") in warned
    assert ("A41", "/drivers/0/fastCardNumber") in {(i["code"], i["path"]) for i in found["ace-trip"]["issues"]}
    misprint = found["aci-send-request-as-printed"]["issues"]
    assert [(i["code"], i["severity"], i["path"], i["mend"]) for i in misprint] == [
        ("P01", "error", "/data", "ACI_SEND_REQUEST")
    ]
    assert "ACI_SEND_REQUEST" in misprint[0]["text"]


def test_both_trips_of_the_page_go_all_the_way(
    emanifest: Commands, practice: Callable[..., Practice], mended_request: Path, tmp_path: Path
) -> None:
    far = practice()
    added = emanifest.add_company(far)
    assert added.code == 0
    assert added.value["has_key"]
    assert far.api_key not in added.out + added.err
    for name in ("ace-trip", "aci-trip"):
        held = emanifest.json("send", _file(name), "--hold", "--wait", "30")
        assert (held.code, held.value["outcome"], held.value["customs"]) == (0, "delivered", "none")
    for file in (_file("ace-send-request"), str(mended_request)):
        filed = emanifest.json("send", file, "--wait", "30")
        assert (filed.code, filed.value["outcome"], filed.value["customs"]) == (0, "delivered", "on_file")
    again = emanifest.json("send", _file("ace-trip"), "--wait", "5")
    assert (again.code, again.value["outcome"], again.value["customs"]) == (1, "not_ready", "on_file")
    for trip in (ACE, ACI):
        shown = emanifest.json("show", trip).value
        assert (shown["delivery"], shown["customs"]) == ("delivered", "on_file")
        assert shown["readiness"]["verdict"] != "go"
    items = emanifest.json("inbox").value["items"]
    linked = {(item["kind"], item["trip"], item["shipment"]) for item in items}
    assert {
        ("API_RESPONSE", ACE, ""),
        ("API_RESPONSE", ACI, ""),
        ("ACE_RESPONSE", ACE, ""),
        ("ACI_RESPONSE", ACI, ""),
        ("ACI_NOTICE", ACI, "1234PARS34213341"),
        ("RNS_SHIPMENT", ACI, "1234PARS34213341"),
    } <= linked
    for private in ("1970-01-01", "42705555555555", "23423562", "1980-07-14"):
        assert private not in emanifest("show", ACE).out + emanifest.json("show", ACI).out
    exported = emanifest("export", ACE)
    assert json.loads(exported.out) == json.loads(Path(_file("ace-trip")).read_text(encoding="utf-8"))
    sheet = tmp_path / "sheet.pdf"
    assert emanifest("print", ACI, "-o", str(sheet)).code == 0
    assert sheet.read_bytes().startswith(b"%PDF")


def test_the_same_file_again_is_stopped_here_and_from_another_folder_there(
    folder_of: Callable[[str], Commands], practice: Callable[..., Practice]
) -> None:
    far = practice()
    first, second = folder_of("first"), folder_of("second")
    first.add_company(far)
    second.add_company(far)
    assert first.json("send", _file("ace-trip"), "--hold", "--wait", "30").code == 0
    connections = len(far.lines("opened"))
    again = first.json("send", _file("ace-trip"), "--hold", "--wait", "30")
    assert (again.code, again.value["outcome"]) == (1, "not_ready")
    assert "/tripNumber" in {error["path"] for error in again.value["errors"]}
    assert len(far.lines("opened")) == connections  # not even a connection
    refused = second.json("send", _file("ace-trip"), "--hold", "--wait", "30")
    assert (refused.code, refused.value["outcome"], refused.value["status"]) == (1, "refused", "DATA_ERROR")
    words = "Trip Number is already used (must be unique for a CREATE operation) [AAAA123457A]"
    assert any(words in error["text"] for error in refused.value["errors"])
    assert refused.value["next_step"]
    assert words in second("show", ACE).out
    assert len(far.lines("upload CREATE ACE_TRIP AAAA123457A: imported")) == 1


def test_a_wrong_key_is_tried_once_and_said(emanifest: Commands, practice: Callable[..., Practice]) -> None:
    far = practice()
    emanifest.add_company(far, key="practice-not-the-one")
    refused = emanifest.json("send", _file("ace-trip"), "--hold", "--wait", "20")
    assert (refused.code, refused.value["outcome"]) == (4, "no_connection")
    assert len(far.lines("opened")) == 1
    tested = emanifest.json("company", "test", "Sample Carrier")
    assert (tested.code, tested.value["state"]) == (4, "key_refused")


def test_a_real_key_is_not_kept_without_a_keystore(emanifest: Commands) -> None:
    added = emanifest.json(
        *("company", "add", "Sample Carrier", "--scac", "AAAA", "--address", "suffix1", "--key-stdin"),
        stdin="a-9000-3ee67a05ee8afc2d\n",
    )
    assert added.code == 4
    assert "--key-stdin" in added.err
    assert added.value["address"] == "wss://borderconnect.com/api/sockets/suffix1"
    assert not added.value["has_key"]
    kept = [path for path in emanifest.folder.rglob("*") if path.is_file() and b"3ee67a05" in path.read_bytes()]
    assert kept == []


def test_commands_say_what_prevents_them(emanifest: Commands, tmp_path: Path) -> None:
    missing = emanifest.json("show", "NOPE")
    assert (missing.code, set(missing.value["error"])) == (1, {"code", "text", "remedy"})
    assert emanifest.json("send", "NOPE").code == 1
    wrong = emanifest("frobnicate", "--format", "json")
    assert wrong.code == 2
    assert wrong.value["error"]["remedy"].startswith("usage:")
    (tmp_path / "text.json").write_text("no JSON at all", encoding="utf-8")
    unreadable = emanifest("check", str(tmp_path / "text.json"), str(tmp_path), "--format", "json")
    assert unreadable.code == 2
    assert all(file["error"]["remedy"] for file in unreadable.value["files"])
    assert emanifest.json("list", "trips").value == {"items": []}
