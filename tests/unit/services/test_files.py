"""People's files: read with a sentence for everything that can be wrong, written whole or not at all."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import UTC, datetime

import pytest
from unit.services.world import golden, goldens

from desktop.errors import Bug, DesktopError, EnvironmentFailure, UsageError
from desktop.services import checking, files
from desktop.services.words import error_words
from desktop.validation.facts import CompanyFacts, Facts, HistoryFacts


def said(error: DesktopError) -> str:
    words = error_words(error)
    assert words.title
    assert words.remedy
    return words.text


@pytest.mark.parametrize("name", ["nothing.json", ".", "\0"])
def test_what_cannot_be_read_is_said_with_its_name(tmp_path, name) -> None:
    with pytest.raises(UsageError) as refused:
        files.read_input(str(tmp_path / name) if name != "\0" else name)
    assert refused.value.exit_code == 2
    assert said(refused.value)


def test_no_permission_and_a_failing_disk(tmp_path, monkeypatch) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"{}")
    for error, code in ((PermissionError(13, "no"), "files.no_permission"), (OSError(5, "io"), "files.unreadable")):

        def fails(*_, error=error):
            raise error

        monkeypatch.setattr(files, "_open", fails)
        with pytest.raises(UsageError) as refused:
            files.read_input(str(path))
        assert refused.value.code == code
        assert str(path) in said(refused.value)


def test_a_pipe_nobody_writes_to_is_empty_and_no_reason_to_hang(tmp_path) -> None:
    name = str(tmp_path / "pipe")
    if hasattr(os, "mkfifo"):
        os.mkfifo(name)
    else:  # Windows has no such pipes: an empty file stands for it
        open(name, "wb").close()  # noqa: PTH123
    assert files.read_input(name) == b""


def test_too_large_is_refused_before_it_is_parsed(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1024 * 1024)
    path = tmp_path / "big.json"
    path.write_bytes(b" " * (1024 * 1024 + 1))
    with pytest.raises(UsageError) as refused:
        files.read_input(str(path))
    assert refused.value.code == "files.too_large"
    path.write_bytes(b" " * 1024 * 1024)
    assert len(files.read_input(str(path))) == 1024 * 1024


def test_standard_input(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"data": "X"}')))
    assert files.read_messages("-") == [{"data": "X"}]
    monkeypatch.setattr(files, "MAX_BYTES", 3)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"12345")))
    with pytest.raises(UsageError) as refused:
        files.read_input("-")
    assert refused.value.code == "files.too_large"


def test_one_object_an_array_and_lines(tmp_path) -> None:
    path = tmp_path / "file.json"
    for text in ('{"a": 1}', '[{"a": 1}]', '{"a": 1}\n'):
        path.write_text(text, encoding="utf-8")
        assert files.read_messages(str(path)) == [{"a": 1}]
    path.write_text('{"a": 1}\n{"a": 2}\n', encoding="utf-8")
    assert files.read_messages(str(path)) == [{"a": 1}, {"a": 2}]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch) -> None:
    path = tmp_path / "out.pdf"
    path.write_bytes(b"old")
    files.write_output(str(path), b"new")
    assert path.read_bytes() == b"new"
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(EnvironmentFailure) as refused:
        files.write_output(str(path), b"half")
    assert refused.value.exit_code == 2
    assert "No space left" in said(refused.value)
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["out.pdf"], "no part is left beside it"
    with pytest.raises(EnvironmentFailure):
        files.write_output(str(tmp_path / "none" / "out.pdf"), b"x")


@pytest.mark.parametrize("name", goldens())
def test_every_message_of_the_page_is_checked_in_the_promised_shape(tmp_path, name) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(golden(name)), encoding="utf-8")
    (found,) = checking.check_file(str(path), checking.facts_without_company(datetime(2026, 1, 1, tzinfo=UTC)))
    assert list(found) == ["data", "ready", "issues", "not_judged"]
    assert found["data"] == golden(name)["data"]
    assert found["ready"] is not any(issue["severity"] == "error" for issue in found["issues"])
    for issue in found["issues"]:
        assert set(issue) - {"mend"} == {"path", "code", "severity", "text"}
        assert issue["severity"] in {"error", "warning", "hint"}
        assert issue["text"]


def test_without_a_company_what_needs_one_is_left_out_and_named() -> None:
    now = datetime(2014, 7, 1, tzinfo=UTC)
    alone = checking.check_message(golden("ace-trip"), Facts(now=now, history=HistoryFacts()))
    assert "C02" in alone["not_judged"]
    known = checking.check_message(golden("ace-trip"), Facts(now=now, company=CompanyFacts(), history=HistoryFacts()))
    assert "C02" not in known["not_judged"]
    assert checking.facts_without_company().now is not None


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, {"data": 1}])
def test_any_value_can_be_checked(value) -> None:
    found = checking.check_message(value, Facts())
    assert (found["ready"], found["data"]) == (False, None)


def test_our_own_mistake_has_words_too() -> None:
    words = error_words(Bug("an impossible thing"))
    assert (words.code, "an impossible thing" in words.text) == ("bug", True)
    assert words.remedy
