"""What cannot be read is refused in a sentence: what, where, how to mend it. The rest of the files is checked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fakes.process import MESSAGES

from desktop.cli import main

TRIP = (MESSAGES / "ace-trip.json").read_bytes()
DEEP = 100_000

UNREADABLE = {
    "empty": (b"", "protocol.empty", "no text"),
    "blank": (b" \r\n\t", "protocol.empty", "no text"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "protocol.empty", "no text"),
    "no JSON": (b"Hello", "protocol.json_syntax", "Line 1, column 1"),
    "cut off": (TRIP[:-40], "protocol.json_syntax", "Line "),
    "two values": (b'{"data":"ACE_TRIP"} {}', "protocol.json_syntax", "Line 1, column 21"),
    "a comma too many": (b'{"data":"ACE_TRIP",}', "protocol.json_syntax", "Line 1, column 20"),
    "a comment": (b'// no\n{"data":"ACE_TRIP"}', "protocol.json_syntax", "Line 1, column 1"),
    "single quotes": (b"{'data':'ACE_TRIP'}", "protocol.json_syntax", "Line 1, column 2"),
    "UTF-16": (TRIP.decode().encode("utf-16"), "protocol.not_utf8", "Line 1, column 1"),
    "Latin-1": ('{"data":"ACE_TRIP","a":"é"}'.encode("latin-1"), "protocol.not_utf8", "Line 1, column 25"),
    "an overlong form": (b'{"data":"\xc0\xaf"}', "protocol.not_utf8", "Line 1, column 10"),
    "binary": (bytes(range(256)) * 8, "protocol.not_utf8", "Line "),
    "deep arrays": (b"[" * DEEP + b"]" * DEEP, "protocol.too_deep", "200 levels"),
    "deep and never closed": (b"[" * DEEP, "protocol.too_deep", "200 levels"),
    "deep objects": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "protocol.too_deep", "200 levels"),
    "NaN": (b'{"data":"ACE_TRIP","a":NaN}', "protocol.json_syntax", "Line 1, column 24"),
    "infinity": (b'{"data":"ACE_TRIP",\n"a":-Infinity}', "protocol.json_syntax", "Line 2, column "),
    "a number too large": (b'{"data":"ACE_TRIP","a":1e999}', "protocol.not_finite", "line 1, column 24"),
    "a whole number too long": (
        b'{"data":"ACE_TRIP","a":' + b"9" * 5000 + b"}",
        "protocol.not_finite",
        "line 1, column ",
    ),
    "a name twice": (b'{"data":"ACE_TRIP",\n "a":1,\n "\\u0061":2}', "protocol.duplicate_key", "Line 3, column 2"),
    "a name twice, deep": (b'[{"data":"ACE_TRIP","truck":{"a":1,"a":2}}]', "protocol.duplicate_key", '"a"'),
    "half a character": (b'{"data":"ACE_TRIP","a":"\\ud800"}', "protocol.json_syntax", "Line 1, column 31"),
    "a line break in a text": (b'{"data":"ACE_TRIP","a":"x\ny"}', "protocol.json_syntax", "Line 2, column "),
    "a bad line of several": (
        b'{"data":"ACE_TRIP"}\n{"data":"ACI_TRIP"}\n{oops\n',
        "protocol.json_syntax",
        "Line 3, column 2",
    ),
    "half a character in a line": (
        b'{"data":"ACE_TRIP"}\n{"a":"\\udc00"}\n',
        "protocol.json_syntax",
        "Line 2, column ",
    ),
}

READABLE = {
    "a byte order mark": b"\xef\xbb\xbf" + TRIP,
    "line ends of all kinds": b'{"data":"ACE_TRIP"}\r\n\r\n{"data":"ACI_TRIP"}\n\n{"data":"X"}',
    "an array": b"[" + TRIP + b"," + TRIP + b"]",
    "unknown data": b'{"data":"NEW_THING","a":{"b":[1,2]}}',
    "no data": b'{"tripNumber":"AAAA123457A"}',
    "data of another type": b'{"data":17}',
    "a number": b"3",
    "null": b"null",
    "a text": b'"ACE_TRIP"',
    "an array of odd things": b'[null,3,"x",[],{},[[{"data":"ACE_TRIP"}]]]',
    "numbers as text": re.sub(rb'("quantity"|"weight"): ?([0-9.]+)', rb'\1:"\2"', TRIP),
    "text as numbers": b'{"data":"ACE_TRIP","operation":1,"tripNumber":2,"usPortOfArrival":3801,"truck":[],"drivers":{},"shipments":"x"}',
    "null everywhere": b'{"data":"ACI_TRIP","operation":null,"tripNumber":null,"truck":null,"drivers":[null],"shipments":[null]}',
    "a million spaces": b" " * 1_000_000 + TRIP,
    "a name and a text of a million": b'{"data":"ACE_TRIP","' + b"a" * 1_000_000 + b'":"' + b"b" * 1_000_000 + b'"}',
    "all planes": '{"data":"ACE_TRIP","tripNumber":"\\u0000\\ud83d\\ude9a😀\\u202e","é":1}'.encode(),
}


def checked(capsys: pytest.CaptureFixture[str], *files: object) -> tuple[int, list[dict[str, Any]], str]:
    """Run `check` as JSON; returns exit code, the files' results and standard error."""
    code = main(["check", *map(str, files), "--format", "json"])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, json.loads(said.out)["files"], said.err


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_its_place(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, error_code, words = UNREADABLE[case]
    bad, good = tmp_path / "bad.json", tmp_path / "good.json"
    bad.write_bytes(data)
    good.write_bytes(TRIP)
    code, (refused, read), said = checked(capsys, bad, good)
    assert code == 2
    assert set(refused) == {"file", "error"}
    assert set(refused["error"]) == {"code", "text", "remedy"}
    assert (refused["file"], refused["error"]["code"]) == (str(bad), error_code)
    assert words in refused["error"]["text"]
    assert refused["error"]["remedy"]
    assert f"{bad}: " in said
    assert refused["error"]["remedy"] in said
    assert read["messages"][0]["ready"], "the other file is checked all the same"


@pytest.mark.parametrize("case", READABLE)
def test_what_can_be_read_is_judged(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(READABLE[case])
    code, (found,), said = checked(capsys, path)
    assert (code, said) == (0 if all(message["ready"] for message in found["messages"]) else 1, "")
    for message in found["messages"]:
        assert set(message) == {"data", "ready", "issues", "not_judged"}
        assert message["ready"] == (not any(issue["severity"] == "error" for issue in message["issues"]))
        assert {issue["severity"] for issue in message["issues"]} <= {"error", "warning", "hint"}
        for issue in message["issues"]:
            assert set(issue) - {"mend"} == {"path", "code", "severity", "text"}
            assert issue["path"] == "" or issue["path"].startswith("/")
            assert issue["text"]
    assert main(["check", str(path)]) == code
    text = capsys.readouterr().out.replace("\n", "").replace("\t", "")
    assert text.isprintable()


def test_numbers_as_text_are_pointed_at_and_not_mended_in_silence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "text.json"
    path.write_bytes(READABLE["numbers as text"])
    assert path.read_bytes() != TRIP
    code, (found,), _ = checked(capsys, path)
    assert code == 1
    assert any(
        issue["severity"] == "error" and "/commodities/" in issue["path"] for issue in found["messages"][0]["issues"]
    )


def test_an_array_without_messages_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.json"
    path.write_text("[]")
    code, (found,), _ = checked(capsys, path)
    assert (code, found["messages"]) == (0, [])
    main(["check", str(path)])
    assert "there is no message in it" in capsys.readouterr().out


def test_files_that_are_not_there_or_are_no_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long_name = "x" * 5000
    code, found, said = checked(capsys, tmp_path / "missing.json", tmp_path, long_name, "a\0b")
    assert code == 2
    assert [file["error"]["code"] for file in found[:2]] == ["files.not_found", "files.is_folder"]
    assert all(file["error"]["text"] and file["error"]["remedy"] for file in found)
    assert str(tmp_path / "missing.json") in said


def test_patterns_a_shell_left_alone_are_expanded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b.json", "a.json", "[odd].json"):
        (tmp_path / name).write_bytes(TRIP)
    _, found, _ = checked(capsys, tmp_path / "?.json", tmp_path / "[odd].json")
    assert [file["file"] for file in found] == [str(tmp_path / name) for name in ("a.json", "b.json", "[odd].json")]


def test_a_name_longer_than_any_file_is_a_trip_nobody_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["show"], ["export"], ["print", "-o", str(tmp_path / "x.pdf")], ["send"]):
        place = ["--data-dir", str(tmp_path / "data")]
        assert main([*place, *command, "A" * 5000, "--format", "json"]) == 1
        assert json.loads(capsys.readouterr().out)["error"]["text"]


def test_foreign_text_comes_back_in_json_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "steer.json"
    path.write_text(json.dumps({"data": "X\x1b]0;title\x07\u202e"}), encoding="utf-8")
    _, (found,), _ = checked(capsys, path)
    assert found["messages"][0]["data"] == "X\x1b]0;title\x07\u202e"
    main(["check", str(path)])
    assert "\x1b" not in capsys.readouterr().out
