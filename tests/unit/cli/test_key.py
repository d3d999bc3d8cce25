"""A key comes from standard input or the terminal, and a missing one is a sentence."""

from __future__ import annotations

import argparse
import io
import sys

import pytest

from desktop.cli.key import key_asked_for, key_of_this_run
from desktop.errors import UsageError

ASKED = argparse.Namespace(key_stdin=True)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("practice-0001\n", "practice-0001"),
        ('{"url": "ws://127.0.0.1:1/x", "apiKey": "practice-0002", "companyKey": "c"}\n', "practice-0002"),
    ],
)
def test_the_first_line_is_the_key_bare_or_as_the_practice_service_prints_it(
    monkeypatch: pytest.MonkeyPatch, line: str, key: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(line + "more\n"))
    assert key_of_this_run(ASKED) == key


@pytest.mark.parametrize(
    "given", [io.StringIO(""), io.StringIO("{broken\n"), io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), "utf-8"), None]
)
def test_no_key_is_said(monkeypatch: pytest.MonkeyPatch, given: object) -> None:
    monkeypatch.setattr(sys, "stdin", given)
    with pytest.raises(UsageError) as said:
        key_asked_for(ASKED, is_new=True)
    assert said.value.code == "cli.no_key_given"


def test_none_is_asked_for_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("not read\n"))
    assert key_asked_for(argparse.Namespace(key_stdin=False), is_new=True) is None
