"""Nothing secret and nothing that forges lines reaches a log or report."""

from __future__ import annotations

import base64
import json
import logging
import stat
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Bug
from desktop.security.log import Log
from desktop.security.redaction import RedactingFilter, Redactor
from desktop.security.secret import Secret

CANARY = 'ca/na+ry "key" value?'


def redactor() -> Redactor:
    made = Redactor()
    made.learn(Secret(CANARY))
    return made


@pytest.mark.parametrize(
    "form",
    [
        CANARY,
        json.dumps(CANARY),
        urllib.parse.quote(CANARY),
        urllib.parse.quote(CANARY, safe=""),
        urllib.parse.quote_plus(CANARY),
        CANARY.encode().hex(),
        CANARY.encode().hex().upper(),
        base64.b64encode(CANARY.encode()).decode(),
        base64.urlsafe_b64encode(CANARY.encode()).decode(),
    ],
)
def test_a_known_secret_is_found_in_every_usual_disguise(form) -> None:
    cleaned = redactor().one_line(f"before {form} after")
    assert form.strip('"=') not in cleaned
    assert cleaned.startswith("before ")
    assert cleaned.endswith(" after")


@pytest.mark.parametrize("key", ["a-0-0000000000000000", "c-12-ABCDEF0123456789ab", "practice-0123abcd"])
def test_what_looks_like_a_key_is_taken_out_unknown(key) -> None:
    assert key not in Redactor().one_line(f'{{"apiKey":"{key}"}}')


def test_ordinary_words_stay() -> None:
    made = Redactor()
    made.learn(Secret("ok"))  # too short to be told from words
    said = "ok, the practice run of row a-12 is done"
    assert made.one_line(said) == said


@given(st.text())
def test_a_line_stays_one_line_and_hides_nothing(text) -> None:
    cleaned = Redactor().one_line(text)
    assert len(cleaned.splitlines()) <= 1
    assert cleaned.isprintable() or all(ord(letter) > 0x9F for letter in cleaned if not letter.isprintable())
    cleaned.encode()


def test_a_report_marks_lines_that_belong_to_the_first() -> None:
    assert Redactor().report("one\ntwo\r\nthree") == "one\n    | two\\r\n    | three"


def logged(level: int = logging.INFO, **given) -> str:
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Keeping()
    handler.addFilter(RedactingFilter(redactor()))
    logger = logging.Logger("sample")  # noqa: LOG001 - one that nobody else hears
    logger.addHandler(handler)
    logger.log(level, given.pop("message", "message"), *given.pop("args", ()), **given)
    return "\n".join(lines)


def test_arguments_are_cleaned_with_the_message() -> None:
    said = logged(message="got %s from %s", args=(CANARY, "x\r\nforged line"))
    assert said == "got <secret> from x\\r\\nforged line"


def test_a_badly_made_call_is_told_and_does_no_harm() -> None:
    assert "could not be made" in logged(message="%d", args=(CANARY,))


def fail() -> None:
    raise ValueError(f"{CANARY}\n2026-11-24 INFO forged")


def test_tracebacks_are_cleaned_and_their_lines_cannot_pass_for_others() -> None:
    try:
        fail()
    except ValueError:
        said = logged(exc_info=True, stack_info=True)
    assert CANARY not in said
    assert "forged" not in said
    first = [line for line in said.splitlines() if not line.startswith("    | ")]
    assert first == ["message", "builtins.ValueError", "Stack (most recent call last):"]
    assert "\n    |   test_redaction.py:" in said


def test_row_26_an_error_is_logged_by_kind_and_place_without_its_words() -> None:
    """An error that is not ours may quote what somebody typed, and so may those it came from."""
    try:
        try:
            int("Sample Driver One")
        except ValueError as cause:
            raise KeyError("1987-06-05") from cause
    except KeyError:
        said = logged(exc_info=True)
    assert "builtins.KeyError" in said
    assert "after:\n    | builtins.ValueError" in said
    assert "Sample Driver One" not in said
    assert "1987" not in said
    bug = Bug("the plan is empty\n2026-11-24 INFO forged")
    said = logged(exc_info=BaseExceptionGroup("Sample Driver One", [bug, OSError("1987")]))
    assert "with OSError" in said
    assert "Sample Driver One" not in said
    said = logged(exc_info=bug)
    assert "Bug: bug: the plan is empty" in said
    assert "\n    | 2026-11-24 INFO forged" in said


def test_the_log_is_private_clean_and_turns_over(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("desktop.security.log._LARGEST", 2000)
    root = logging.getLogger()
    level, sockets = root.level, logging.getLogger("websockets").level
    log = Log(tmp_path, redactor())
    try:
        logging.getLogger("desktop.sample").info("key %s \ud800", CANARY)
        logging.getLogger("websockets.client").debug("> TEXT a whole frame")
        for number in range(60):
            logging.getLogger("desktop.sample").info("line %s of many, to turn the file over", number)
    finally:
        log.stop()
        root.setLevel(level)
        logging.getLogger("websockets").setLevel(sockets)
    files = sorted((tmp_path / "logs").iterdir())
    assert 1 < len(files) <= 6
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700
    everything = "".join(file.read_text() for file in files)
    assert CANARY not in everything
    assert "whole frame" not in everything
    assert "line 59 of many" in log.file.read_text()
    logging.getLogger("desktop.sample").info("after the end")
    assert "after the end" not in log.file.read_text()
