"""Bad files, streams and places, with real processes: a sentence, the right exit code, nothing lost, no hang."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.process import LIMIT_S, MESSAGES, Commands, Practice, environment, until

ACE = "AAAA123457A"
TRIP = str(MESSAGES / "ace-trip.json")
DATABASE = "emanifest.db"
MANY = 10_000
MIB = 1024 * 1024


def _trips(count: int) -> list[dict[str, object]]:
    trip = json.loads(Path(TRIP).read_text(encoding="utf-8"))
    return [{**trip, "tripNumber": f"AAAA{100_000 + place}A"} for place in range(count)]


def test_ten_thousand_messages_in_one_file_are_a_matter_of_seconds(emanifest: Commands, tmp_path: Path) -> None:
    """All bear the same shipment number, which must not make it slower with each; a process has a minute here."""
    path = tmp_path / "many.json"
    shipments = [{"data": "ACE_SHIPMENT", "shipmentControlNumber": "AAAA1234567"}]
    trips = [
        {"data": "ACE_TRIP", "operation": "CREATE", "tripNumber": f"AAAA{100_000 + place}A", "shipments": shipments}
        for place in range(MANY)
    ]
    path.write_text(json.dumps(trips), encoding="utf-8")
    checked = emanifest("check", str(path), "--format", "json", data_dir=False)
    assert len(checked.value["files"][0]["messages"]) == MANY
    emanifest("company", "add", "Sample Carrier", "--scac", "AAAA")
    brought = emanifest.json("import", str(path))
    assert brought.code == 0
    assert len(brought.value["items"]) == MANY
    assert {item["file"] for item in brought.value["items"]} == {str(path)}


def test_64_mib_are_read_and_one_byte_more_is_refused(emanifest: Commands, tmp_path: Path) -> None:
    head, tail = b'{"data":"ACE_TRIP","a":"', b'"}'
    largest, larger = tmp_path / "largest.json", tmp_path / "larger.json"
    largest.write_bytes(head + b"x" * (64 * MIB - len(head) - len(tail)) + tail)
    larger.write_bytes(head + b"x" * (64 * MIB - len(head) - len(tail) + 1) + tail)
    done = emanifest("check", str(largest), str(larger), "--format", "json", data_dir=False)
    read, refused = done.value["files"]
    assert done.code == 2
    assert read["messages"][0]["data"] == "ACE_TRIP"
    assert (refused["error"]["code"], "64 MiB" in refused["error"]["text"]) == ("files.too_large", True)


def test_one_bad_file_of_several_keeps_no_other_out(emanifest: Commands, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe{")
    (tmp_path / "other.json").write_text('{"data":"ACE_RESPONSE"}', encoding="utf-8")
    files = [str(tmp_path / "bad.json"), str(tmp_path / "missing.json"), str(tmp_path / "other.json"), TRIP]
    tried = emanifest.json("import", "--dry-run", *files)
    assert [item["id"] for item in tried.value["items"]] == [""]
    assert emanifest.json("list", "trips").value == {"items": []}
    done = emanifest.json("import", *files)
    assert done.code == 2
    assert [item["number"] for item in done.value["items"]] == [ACE]
    assert [problem["file"] for problem in done.value["problems"]] == files[:3]
    assert all(problem["text"] and problem["remedy"] for problem in done.value["problems"])
    assert [item["trip"] for item in emanifest.json("list", "trips").value["items"]] == [ACE]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in its folders")
def test_a_named_pipe_is_read_and_one_without_a_writer_is_empty(emanifest: Commands, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    empty = emanifest("check", str(pipe), "--format", "json", data_dir=False)
    assert (empty.code, empty.value["files"][0]["error"]["code"]) == (2, "protocol.empty")
    with subprocess.Popen(["/bin/sh", "-c", f"cat {TRIP} > {pipe}"]) as writer:
        full = emanifest("check", str(pipe), "--format", "json", data_dir=False)
        writer.wait(LIMIT_S)
    assert full.value["files"][0]["messages"][0]["data"] == "ACE_TRIP"
    endless = emanifest("check", "/dev/zero", "--format", "json", data_dir=False)
    assert endless.value["files"][0]["error"]["code"] == "files.too_large"
    typed = emanifest("check", "-", "--format", "json", stdin=Path(TRIP).read_text(encoding="utf-8"), data_dir=False)
    assert typed.value["files"][0]["messages"][0]["ready"]


class TestStreams:
    """Where standard output leads is not always somewhere."""

    @staticmethod
    def _ran(commands: Commands, shell: str) -> subprocess.CompletedProcess[str]:
        command = f'"{sys.executable}" -m desktop.cli --data-dir "{commands.folder}"'
        return subprocess.run(
            ["/bin/sh", "-c", shell.replace("emanifest", command)],
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            env=environment(commands.home),
            check=False,
        )

    def test_a_reader_that_leaves_changes_no_exit_code(self, emanifest: Commands, tmp_path: Path) -> None:
        path = tmp_path / "several.json"
        path.write_text(json.dumps(_trips(300)), encoding="utf-8")
        done = self._ran(emanifest, f"(emanifest check {path}; echo $? >&2) | head -1")
        assert (done.stdout.count("\n"), done.stderr) == (1, "0\n")
        done = self._ran(emanifest, f"(emanifest import {path} --format json; echo $? >&2) | true")
        assert done.stderr == "0\n"
        assert len(emanifest.json("list", "trips").value["items"]) == 300

    @pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
    def test_a_closed_stream_is_no_fault(self, emanifest: Commands, closed: str) -> None:
        done = self._ran(emanifest, f"emanifest check {TRIP} {closed}")
        assert done.returncode == 0
        assert "Traceback" not in done.stderr
        unheard = self._ran(emanifest, "emanifest practice >&-")
        assert unheard.returncode == 2
        assert "standard output" in unheard.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
    def test_output_that_finds_no_room_is_said(self, emanifest: Commands) -> None:
        done = self._ran(emanifest, f"emanifest check {TRIP} --format json > /dev/full")
        assert done.returncode == 2
        assert "could not be written to standard output (No space left on device)" in done.stderr
        assert "Traceback" not in done.stderr
        assert "Exception" not in done.stderr

    def test_ascii_output_is_still_json(self, emanifest: Commands) -> None:
        added = emanifest("company", "add", "Spédition Zoë 日本 ; rm -rf '$HOME'", "--scac", "AAAA")
        assert added.code == 0
        env = {**environment(emanifest.home), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
        listed = emanifest("company", "list", "--format", "json", env=env)
        assert listed.value["items"][0]["name"] == "Spédition Zoë 日本 ; rm -rf '$HOME'"
        assert "Sp\\xe9dition" in emanifest("company", "list", env=env).out


class TestPlaces:
    """A data folder that cannot be one is said with exit 5, and left as it is."""

    COMMANDS = ("list trips", f"show {ACE}", f"send {ACE}", f"import {TRIP}", "inbox", "inbox --follow", "company list")

    @staticmethod
    def _refused(commands: Commands, code: str, *which: str) -> None:
        for command in which or TestPlaces.COMMANDS:
            done = commands.json(*command.split())
            assert (done.code, done.value["error"]["code"]) == (5, code), command
            assert done.value["error"]["text"]
            assert done.value["error"]["remedy"]

    def test_a_file_and_what_lies_below_one(self, folder_of: Callable[[str], Commands], tmp_path: Path) -> None:
        (tmp_path / "data").write_text("mine", encoding="utf-8")
        self._refused(folder_of("data"), "cli.not_a_folder")
        self._refused(folder_of("data/below/it"), "cli.not_a_folder", "list trips", f"import {TRIP}", "company list")
        assert (tmp_path / "data").read_text(encoding="utf-8") == "mine"
        doctor = folder_of("data").json("doctor")
        data = next(one for one in doctor.value["findings"] if one["name"] == "data")
        assert (doctor.code, data["state"], "is a file" in data["text"]) == (1, "problem", True)

    @pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a place where not even root can make a folder")
    def test_a_place_where_no_folder_can_be_made(self, emanifest: Commands) -> None:
        emanifest.folder = Path("/proc/nowhere")
        self._refused(emanifest, "owner.no_lock", f"import {TRIP}", f"send {TRIP}")
        assert emanifest.json("list", "trips").value == {"items": []}

    def test_newer_damaged_and_foreign_data_are_left_as_they_are(self, emanifest: Commands) -> None:
        assert emanifest("import", TRIP).code == 0
        database = emanifest.folder / DATABASE
        sound = database.read_bytes()
        with sqlite3.connect(database) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
        damaged = bytearray(sound)
        damaged[4096::7] = bytes(len(damaged[4096::7]))
        for bad, code in (
            (database.read_bytes(), "store.newer"),
            (bytes(damaged), "store.damaged"),
            (b"no database at all" * 100, "store.damaged"),
        ):
            database.write_bytes(bad)
            self._refused(emanifest, code)
            doctor = emanifest.json("doctor")
            assert doctor.code == 1
            assert {one["name"]: one["state"] for one in doctor.value["findings"]}["data"] == "problem"
            assert database.read_bytes() == bad
        database.write_bytes(sound)
        assert emanifest.json("show", ACE).code == 0


class TestOutputFiles:
    def test_where_nothing_can_be_written_is_said_and_what_was_there_stays(
        self, emanifest: Commands, tmp_path: Path
    ) -> None:
        emanifest("import", TRIP)
        (tmp_path / "file").write_text("mine", encoding="utf-8")
        for command in ("export", "print"):
            for target in (tmp_path / "missing" / "x.pdf", tmp_path / "file" / "x.pdf", tmp_path, Path("/proc/x.pdf")):
                done = emanifest.json(command, ACE, "-o", str(target))
                assert done.code in {1, 2}, (command, target)
                assert done.value["error"]["remedy"]
        assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
        assert not list(tmp_path.glob(".*"))

    @pytest.mark.parametrize("paper", ["letter", "a4"])
    def test_paper_needs_no_screen_no_fonts_and_no_data(self, emanifest: Commands, tmp_path: Path, paper: str) -> None:
        env = environment(emanifest.home)
        del env["QT_QPA_PLATFORM"]
        env["FONTCONFIG_FILE"] = str(tmp_path / "none.conf")
        out = tmp_path / "sheet.pdf"
        done = emanifest("print", TRIP, "-o", str(out), "--paper", paper, data_dir=False, env=env)
        assert (done.code, done.out.count("\n")) == (0, 1), done.err
        assert out.read_bytes().startswith(b"%PDF")
        size = b"[0 0 612" if paper == "letter" else b"[0 0 595"
        assert size in out.read_bytes().replace(b"\n", b" ").replace(b"  ", b" ")
        brought = emanifest("import", TRIP)
        assert brought.code == 0
        out.unlink()
        assert emanifest("print", ACE, "-o", str(out), "--paper", paper, env=env).code == 0
        assert size in out.read_bytes()

    def test_a_sheet_of_no_trip_or_two_is_refused(self, emanifest: Commands, tmp_path: Path) -> None:
        two = tmp_path / "two.json"
        two.write_text(json.dumps(_trips(2)), encoding="utf-8")
        for file in (str(two), str(MESSAGES / "rns-shipment.json")):
            done = emanifest.json("print", file, "-o", str(tmp_path / "x.pdf"))
            assert (done.code, done.value["error"]["code"]) == (2, "print.one_trip")
        assert not (tmp_path / "x.pdf").exists()


class TestEnds:
    @pytest.mark.parametrize("signals", [1, 3])
    def test_ctrl_c_while_waiting_is_130_and_the_trip_is_not_lost(
        self, emanifest: Commands, practice: Callable[..., Practice], signals: int
    ) -> None:
        far = practice("--scenario", "lost-answer")
        emanifest.add_company(far)
        sending = emanifest.begin("send", TRIP, "--hold", "--wait", "50", "--format", "json")
        far.wait_for("upload CREATE ACE_TRIP")
        for _ in range(signals):
            sending.send_signal(signal.SIGINT)
        out, err = sending.communicate(timeout=LIMIT_S)
        assert (sending.returncode, out) == (130, "")
        assert "Traceback" not in err
        assert emanifest.json("show", ACE).value["delivery"] == "not_sure"
        assert not (emanifest.folder / "owner.json").exists()

    def test_a_follower_ends_with_0_and_when_nobody_reads(
        self, emanifest: Commands, practice: Callable[..., Practice]
    ) -> None:
        far = practice()
        emanifest.add_company(far)
        following = emanifest.begin("inbox", "--follow")
        emanifest.wait_for_owner(following)
        following.send_signal(signal.SIGINT)
        out, err = following.communicate(timeout=LIMIT_S)
        assert (following.returncode, out, err) == (0, "", "")

        left = emanifest.begin("inbox", "--follow")
        emanifest.wait_for_owner(left)
        assert left.stdout is not None
        left.stdout.close()
        assert emanifest.json("send", TRIP, "--hold", "--wait", "30").code == 0
        assert left.wait(LIMIT_S) == 0

    def test_the_practice_service_says_what_keeps_it_from_starting(self, emanifest: Commands, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            done = emanifest("practice", "--port", port, "--format", "json", data_dir=False)
            assert done.code == 1
            assert port in done.value["error"]["text"]
            assert done.value["error"]["remedy"] in done.err
            assert emanifest("practice", "--port", port, data_dir=False).out == ""
        (tmp_path / "scenario.json").write_text("{", encoding="utf-8")
        for scenario in ("no-such-one", str(tmp_path / "scenario.json"), str(tmp_path)):
            wrong = emanifest("practice", "--scenario", scenario, "--format", "json", data_dir=False)
            assert (wrong.code, bool(wrong.value["error"]["remedy"])) == (2, True)
        assert not emanifest.folder.exists()
        assert not (emanifest.home / "share").exists()


def test_check_and_practice_need_no_data_folder(
    emanifest: Commands, practice: Callable[..., Practice], tmp_path: Path
) -> None:
    """Not even one that can be made: the home is no folder."""
    shutil.rmtree(emanifest.home)
    emanifest.home.write_text("a file", encoding="utf-8")
    emanifest.home, home = tmp_path, emanifest.home
    env = environment(home)
    assert emanifest("check", TRIP, data_dir=False, env=env).code == 0
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop.cli", "practice"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    assert process.stdout is not None
    assert set(json.loads(process.stdout.readline())) == {"url", "apiKey", "companyKey"}
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0
    until(home.is_file, "the home as it was")
