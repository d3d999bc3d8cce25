"""Each command's result has the shape that is promised: extended, never renamed (product, output shapes)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes.process import LIMIT_S, MESSAGES, Commands, Practice, environment, until

ACE, ACI = "AAAA123457A", "1234923ASDF"
PARS = "1234PARS34213341"
TRIP, ACI_TRIP, REQUEST = (str(MESSAGES / f"{name}.json") for name in ("ace-trip", "aci-trip", "ace-send-request"))
SLOW = {"pydantic", "pydantic_core", "websockets", "keyring", "PySide6", "shiboken6", "qasync"}

SEND: dict[str, type] = {"trip": str, "outcome": str, "customs": str, "status": str, "errors": list}
INBOX: dict[str, type] = {
    **dict.fromkeys(("id", "received_at", "category", "company", "trip", "shipment", "title", "text"), str),
    "unread": bool,
    "repeats": int,
}
SHOW: dict[str, type] = {
    **dict.fromkeys(("trip", "regime", "company", "delivery", "customs"), str),
    "readiness": dict,
    "shipments": list,
    "history": list,
}


def holds(value: dict[str, Any], shape: dict[str, type]) -> None:
    """Check that a result has every promised member, and of the promised kind."""
    assert {name: type(value[name]) for name in shape} == shape


def edited(path: Path, source: str, **members: Any) -> str:
    """Write a message with other members; return the file's name."""
    message = json.loads(Path(source).read_text(encoding="utf-8"))
    path.write_text(json.dumps({**message, **members}), encoding="utf-8")
    return str(path)


class TestSend:
    def test_several_messages_give_items_and_the_first_exit_that_counts(
        self, emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path
    ) -> None:
        emanifest.add_company(practice())
        good = json.loads(Path(TRIP).read_text(encoding="utf-8"))
        bad = {**good, "tripNumber": "AAAA1", "truck": None}
        file = tmp_path / "both.json"
        file.write_text(json.dumps([good, bad, {"data": "NEW_THING"}, 3]), encoding="utf-8")
        done = emanifest.json("send", str(file), "--hold", "--wait", "30")
        assert done.code == 1
        assert set(done.value) == {"items"}
        assert [item["outcome"] for item in done.value["items"]] == ["delivered", "not_ready", "not_ready", "not_ready"]
        for item in done.value["items"]:
            holds(item, SEND)
            assert all(set(error) == {"path", "text"} for error in item["errors"])
            assert bool(item["errors"]) == (item["outcome"] == "not_ready")
        (tmp_path / "none.json").write_text("[]", encoding="utf-8")
        empty = emanifest.json("send", str(tmp_path / "none.json"))
        assert (empty.code, empty.value["error"]["code"]) == (2, "send.empty_file")

    def test_not_sure_comes_before_refused_and_no_connection_last(
        self, emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path
    ) -> None:
        emanifest.add_company(practice("--scenario", "lost-answer"))
        good = json.loads(Path(TRIP).read_text(encoding="utf-8"))
        file = tmp_path / "both.json"
        file.write_text(json.dumps([{**good, "tripNumber": "x"}, good]), encoding="utf-8")
        done = emanifest.json("send", str(file), "--hold", "--wait", "3")
        assert (done.code, [item["outcome"] for item in done.value["items"]]) == (3, ["not_ready", "not_sure"])

    def test_an_imported_trip_is_sent_by_its_number(
        self, emanifest: Commands, practice: Callable[..., Practice]
    ) -> None:
        far = practice()
        emanifest.add_company(far)
        brought = emanifest.json("import", TRIP, ACI_TRIP)
        assert [(item["what"], item["number"]) for item in brought.value["items"]] == [("trip", ACE), ("trip", ACI)]
        held = emanifest.json("send", ACE, "--hold", "--wait", "30")
        holds(held.value, SEND)
        assert (held.code, held.value["outcome"], held.value["customs"]) == (0, "delivered", "none")
        assert far.lines("send request") == []
        filed = emanifest.json("send", ACE, "--wait", "30")
        assert (filed.code, filed.value["outcome"], filed.value["customs"]) == (0, "delivered", "on_file")
        both = emanifest.json("send", ACI.lower(), "--wait", "30")
        assert (both.code, both.value["customs"]) == (0, "on_file")
        assert "nobody listens" in both.err
        assert len(far.lines("upload CREATE ACE_TRIP")) == 1
        assert [item["trip"] for item in emanifest.json("list", "trips", "--state", "on_file").value["items"]] == [
            ACE,
            ACI,
        ]

    def test_without_a_company_or_a_key_it_says_so(self, emanifest: Commands, tmp_path: Path) -> None:
        nobody = emanifest.json("send", TRIP)
        assert (nobody.code, nobody.value["error"]["code"]) == (1, "cli.no_company")
        emanifest("import", TRIP)
        assert emanifest.json("send", ACE).value["outcome"] == "not_ready"
        emanifest("company", "add", "Sample Carrier", "--scac", "AAAA", "--address", "wss://127.0.0.1:9/x")
        keyless = emanifest.json("send", TRIP, "--hold", "--wait", "20")
        assert (keyless.code, keyless.value["outcome"]) == (4, "no_connection")
        no_key = emanifest.json("send", TRIP, "--key-stdin", stdin="\n")
        assert (no_key.code, no_key.value["error"]["code"]) == (2, "cli.no_key_given")


class TestReading:
    def test_every_list_has_items_and_finds_by_words_and_state(
        self, emanifest: Commands, practice: Callable[..., Practice]
    ) -> None:
        emanifest.add_company(practice())
        emanifest.json("send", TRIP, "--hold", "--wait", "30")
        emanifest.json("send", REQUEST, "--wait", "30")
        emanifest.json("import", ACI_TRIP)
        (trip,) = emanifest.json("list", "trips", "--search", ACE[:8].lower()).value["items"]
        holds(trip, dict.fromkeys(("trip", "id", "regime", "company", "port", "eta", "delivery", "customs"), str))
        assert (trip["trip"], trip["delivery"], trip["customs"]) == (ACE, "delivered", "on_file")
        assert [item["trip"] for item in emanifest.json("list", "trips", "--state", "not_sent").value["items"]] == [ACI]
        assert emanifest.json("list", "trips", "--search", "nothing like it").value == {"items": []}
        (shipment,) = emanifest.json("list", "shipments", "--search", PARS).value["items"]
        holds(shipment, {"number": str, "type": str, "clearance": str, "holds": int, "trip": str, "regime": str})
        assert {item["number"] for item in emanifest.json("list", "shipments", "--state", "none").value["items"]} >= {
            PARS
        }
        for kind in ("drivers", "trucks", "trailers", "partners"):
            assert emanifest.json("list", kind).value == {"items": []}
        wrong = emanifest.json("list", "trips", "--state", "sent")
        assert (wrong.code, wrong.value["error"]["code"]) == (2, "cli.state_unknown")
        assert "on_file" in wrong.value["error"]["remedy"]
        text = emanifest("list", "trips").out.splitlines()
        assert len(text) == 2
        assert any(ACE in line and "Delivered" in line for line in text)

    def test_show_and_export(
        self, emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path, mended_request: Path
    ) -> None:
        emanifest.add_company(practice())
        emanifest.json("send", ACI_TRIP, "--hold", "--wait", "30")
        emanifest.json("send", str(mended_request), "--wait", "30")
        value = emanifest.json("show", ACI).value
        holds(value, SHOW)
        assert set(value["readiness"]) == {"verdict", "booth_from", "reasons"}
        assert value["readiness"]["reasons"]
        assert all(set(reason) == {"code", "text"} for reason in value["readiness"]["reasons"])
        for shipment in value["shipments"]:
            assert set(shipment) == {"number", "type", "clearance", "released", "holds"}
            assert type(shipment["holds"]) is int
        assert all(set(line) == {"at", "what", "text"} for line in value["history"])
        text = emanifest("show", ACI).out
        assert PARS in text
        out = tmp_path / "out.json"
        assert emanifest.json("export", ACI, "-o", str(out)).value == {"trip": ACI, "file": str(out)}
        document = json.loads(Path(ACI_TRIP).read_text(encoding="utf-8"))
        assert json.loads(out.read_text(encoding="utf-8")) == document
        assert json.loads(emanifest("export", ACI).out) == document
        assert list(json.loads(out.read_text(encoding="utf-8"))) == list(document)
        assert emanifest.json("check", str(out)).code == 0

    def test_inbox(self, emanifest: Commands, practice: Callable[..., Practice]) -> None:
        emanifest.add_company(practice())
        assert emanifest.json("inbox").value == {"items": []}
        emanifest.json("send", TRIP, "--hold", "--wait", "30")
        emanifest.json("send", REQUEST, "--wait", "30")
        items = emanifest.json("inbox").value["items"]
        for item in items:
            holds(item, INBOX)
            assert item["kind"] is None or isinstance(item["kind"], str)
        assert [item["received_at"] for item in items] == sorted((i["received_at"] for i in items), reverse=True)
        assert emanifest.json("inbox", "--unread").value["items"] == items
        assert {item["kind"] for item in emanifest.json("inbox", "--search", "ACE_RESPONSE").value["items"]} <= {
            "ACE_RESPONSE"
        }
        assert emanifest.json("inbox", "--search", ACE).value["items"]
        assert emanifest.json("inbox", "--search", "nothing like it").value == {"items": []}
        assert emanifest.json("--company", "sample carrier", "inbox").value["items"] == items
        assert emanifest.json("--company", "Nobody", "inbox").code == 1
        assert ACE in emanifest("inbox").out

    def test_the_doctor_names_what_it_looks_at(self, emanifest: Commands) -> None:
        done = emanifest.json("doctor")
        findings = {finding["name"]: finding for finding in done.value["findings"]}
        assert set(findings) >= {
            *(
                "version",
                "keystore",
                "data",
                "room",
                "synced",
                "tls",
                "qt",
                "fonts",
                "screen",
                "tray",
                "printers",
                "rns",
            )
        }
        for finding in findings.values():
            assert set(finding) == {"name", "state", "title", "text", "remedy"}
            assert finding["state"] in {"ok", "warning", "problem"}
            assert bool(finding["remedy"]) == (finding["state"] != "ok")
        assert findings["keystore"]["state"] == "warning"
        assert "--key-stdin" in findings["keystore"]["remedy"]
        assert (done.code, findings["data"]["state"]) == (0, "warning")
        assert not emanifest.folder.exists(), "it looks, and makes nothing"
        assert len(emanifest("doctor").out.splitlines()) >= len(findings)


def test_the_doctor_outlives_a_qt_that_does_not_start(emanifest: Commands, tmp_path: Path) -> None:
    package = tmp_path / "other" / "PySide6"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')")
    env = environment(emanifest.home)
    env["PYTHONPATH"] = f"{package.parent}{os.pathsep}{env['PYTHONPATH']}"
    done = emanifest("doctor", "--format", "json", env=env)
    found = {finding["name"]: finding for finding in done.value["findings"]}
    assert (done.code, found["qt_start"]["state"]) == (1, "problem")
    assert "libGL.so.1" in found["qt_start"]["text"]


class TestCompany:
    def test_the_life_of_a_company(self, emanifest: Commands, practice: Callable[..., Practice]) -> None:
        far = practice()
        assert emanifest.json("company", "list").value == {"items": []}
        added = emanifest.add_company(far)
        members = {"id", "name", "scacs", "carrier_codes", "address", "company_key", "practice", "has_key"}
        assert members <= set(added.value)
        assert (added.value["practice"], added.value["has_key"], added.value["scacs"]) == (True, True, ["AAAA"])
        changed = emanifest.json(
            "company", "edit", "sample carrier", "--rename", "Other", "--scac", "BBBB", "--scac", "CCCC"
        )
        assert (changed.value["name"], changed.value["scacs"]) == ("Other", ["BBBB", "CCCC"])
        assert (changed.value["address"], changed.value["carrier_codes"]) == (far.url, ["1234"])
        assert changed.value["has_key"]
        tested = emanifest.json("company", "test", "Other")
        assert (tested.code, tested.value["name"], tested.value["state"]) == (0, "Other", "connected")
        assert emanifest.json("company", "list").value["items"] == [changed.value]
        by_http = emanifest.json("company", "edit", "Other", "--way", "http", "--proxy", "none")
        assert (by_http.value["way"], by_http.value["proxy"]) == ("http", "none")
        assert emanifest.json("company", "test", "Other").value["state"] == "connected"
        assert emanifest.json("company", "remove", "Other").code == 0
        assert emanifest.json("company", "list").value == {"items": []}
        assert emanifest.json("company", "remove", "Other").value["error"]["code"] == "cli.company_unknown"

    def test_what_is_no_company_is_refused_and_nothing_is_kept(self, emanifest: Commands, tmp_path: Path) -> None:
        for wrong in (
            ["  ", "--scac", "AAAA"],
            ["two\nlines", "--scac", "AAAA"],
            ["\x1b[31m", "--scac", "AAAA"],
            ["X", "--scac", "AAAAA"],
            ["X", "--cbsa", "12"],
            ["X", "--address", "a b"],
            ["X", "--address", "https://borderconnect.com"],
            ["X", "--address", "ws://borderconnect.com/x"],
            ["X", "--address", "wss://user:word@borderconnect.com/x"],
            ["X", "--address", "wss://[::1"],
            ["X", "--ca", str(tmp_path / "missing.pem")],
        ):
            done = emanifest.json("company", "add", *wrong)
            assert (done.code, bool(done.value["error"]["remedy"])) == (2, True), wrong
            assert "\x1b" not in done.err
        assert emanifest.json("company", "list").value == {"items": []}

    def test_two_companies_are_told_apart_and_never_guessed(self, emanifest: Commands) -> None:
        for name, code in (("Zoë", "AAAA"), ("ZOË", "BBBB"), ("Other", "CCCC")):
            assert emanifest.json("company", "add", name, "--scac", code).code == 0
        taken = emanifest.json("company", "add", "other", "--scac", "DDDD")
        assert (taken.code, taken.value["error"]["code"]) == (1, "store.name_taken")
        which = emanifest.json("send", TRIP)
        assert (which.code, which.value["error"]["code"]) == (2, "cli.which_company")
        assert "Zoë" in which.value["error"]["text"]
        for command in (["import", TRIP], ["send", TRIP], ["list", "trips"], ["check", TRIP], ["inbox"]):
            unsure = emanifest.json("--company", "zoë", *command)
            assert (unsure.code, unsure.value["error"]["code"]) == (2, "cli.company_ambiguous"), command
            assert emanifest.json("--company", "nobody", *command).value["error"]["code"] == "cli.company_unknown"
        assert emanifest.json("--company", "ZOË", "import", TRIP).code == 0
        assert emanifest.json("--company", "OTHER", "import", TRIP).code == 0
        assert {item["company"] for item in emanifest.json("list", "trips").value["items"]} == {"ZOË", "Other"}
        both = emanifest.json("show", ACE)
        assert (both.code, both.value["error"]["code"]) == (2, "cli.trip_ambiguous")
        assert emanifest.json("--company", "ZOË", "show", ACE).value["company"] == "ZOË"
        assert [item["company"] for item in emanifest.json("--company", "other", "list", "trips").value["items"]] == [
            "Other"
        ]


def test_check_with_a_company_knows_what_it_has(
    emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path
) -> None:
    emanifest.add_company(practice())
    without = emanifest.json("check", TRIP).value["files"][0]["messages"][0]
    beside = emanifest.json("--company", "Sample Carrier", "check", TRIP).value["files"][0]["messages"][0]
    assert without["not_judged"]
    assert set(beside["not_judged"]) < set(without["not_judged"])
    emanifest.json("send", TRIP, "--hold", "--wait", "30")
    used = emanifest.json("--company", "Sample Carrier", "check", TRIP)
    assert used.code == 1
    assert "/tripNumber" in {issue["path"] for issue in used.value["files"][0]["messages"][0]["issues"]}
    assert emanifest.json("check", TRIP).code == 0
    other = edited(tmp_path / "other.json", TRIP, tripNumber="ZZZZ123457A")
    found = emanifest.json("--company", "Sample Carrier", "check", other).value["files"][0]["messages"][0]
    assert "/tripNumber" in {issue["path"] for issue in found["issues"]}, "not this carrier's SCAC"


def test_the_practice_folder_is_another_and_comes_with_sample_trips(emanifest: Commands) -> None:
    assert emanifest("--practice", "list", "trips", "--format", "json", data_dir=False).value == {"items": []}
    brought = emanifest("--practice", "import", TRIP, "--format", "json", data_dir=False)
    assert brought.code == 0
    items = emanifest("list", "trips", "--practice", "--format", "json", data_dir=False).value["items"]
    assert len(items) > 2
    assert ACE in {item["trip"] for item in items}
    assert emanifest("list", "trips", "--format", "json", data_dir=False).value == {"items": []}
    for kind in ("drivers", "trucks", "trailers", "partners"):
        listed = emanifest("--practice", "list", kind, "--format", "json", data_dir=False).value["items"]
        assert listed
        assert all({"id", "key", "title", "subtitle"} <= set(item) for item in listed)
    sent = emanifest("--practice", "send", items[0]["trip"], "--wait", "30", "--format", "json", data_dir=False)
    assert sent.value["outcome"] in {"delivered", "not_ready"}


@pytest.mark.parametrize("command", ["list trips", "list drivers", "inbox", f"show {ACE}", f"export {ACE}"])
def test_what_only_reads_loads_nothing_slow(emanifest: Commands, command: str) -> None:
    emanifest("import", TRIP)
    code = "import sys; from desktop.cli import main; print(main(sys.argv[1:]), *sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, "--data-dir", str(emanifest.folder), *command.split()],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        env=environment(emanifest.home),
        check=False,
    )
    exit_code, *modules = done.stderr.split()
    assert (exit_code, {name.partition(".")[0] for name in modules} & SLOW) == ("0", set())


def test_a_follower_prints_each_message_as_one_json_line(
    emanifest: Commands, practice: Callable[..., Practice]
) -> None:
    far = practice("--scenario", "duplicate")
    emanifest.add_company(far)
    following = emanifest.begin("inbox", "--follow", "--unread", "--search", ACE)
    emanifest.wait_for_owner(following)
    emanifest.json("send", TRIP, "--hold", "--wait", "30")
    emanifest.json("send", REQUEST, "--wait", "30")

    def is_there() -> bool:
        items = emanifest.json("inbox").value["items"]
        return any((item["kind"], item["repeats"]) == ("ACE_RESPONSE", 2) for item in items)

    until(is_there, "the repeated answer")
    following.kill()
    out, _ = following.communicate()
    for line in out.splitlines():
        holds(json.loads(line), INBOX)
