"""The last edge: whatever happens, a sentence and an exit code, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from desktop.cli import main, reading
from desktop.errors import DataFolderUnusable


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Put something in the place of a command."""

    def put(error: BaseException) -> None:
        async def run(options: object, output: object) -> int:
            raise error

        monkeypatch.setitem(reading.COMMANDS, "doctor", run)

    return put


def test_a_fault_of_ours_is_a_sentence_without_what_it_was_about(
    command: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(ValueError("Sample Driver One, born 1970-01-01"))
    assert main(["doctor", "--format", "json"]) == 1
    said = capsys.readouterr()
    error = json.loads(said.out)["error"]
    assert error["code"] == "bug"
    assert "ValueError in __init__.py, line " in error["text"]
    assert error["remedy"]
    assert "Traceback" not in said.err
    assert "Sample Driver" not in said.out + said.err


def test_a_told_error_has_its_own_exit_code(
    command: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(DataFolderUnusable("owner.no_answer"))
    assert main(["doctor", "--format", "json"]) == 5
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "owner.no_answer"


def test_ctrl_c_is_130(command: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]) -> None:
    command(KeyboardInterrupt())
    assert main(["doctor"]) == 130
    assert capsys.readouterr() == ("", "")
