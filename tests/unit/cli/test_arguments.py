"""The grammar is an interface: what is wrong is said in a sentence with the usage, and nothing is guessed."""

from __future__ import annotations

import json

import pytest

from desktop.cli import main
from desktop.cli.arguments import parse
from desktop.errors import UsageError

WRONG = {
    "nothing": ([], "COMMAND"),
    "an unknown command": (["frobnicate"], "'frobnicate'"),
    "an unknown kind": (["list", "frogs"], "'frogs'"),
    "an unknown option": (["list", "trips", "--frogs"], "--frogs"),
    "an option cut short": (["list", "trips", "--sear", "x"], "--sear"),
    "no file": (["check"], "FILE"),
    "no output": (["print", "TRIP"], "--output"),
    "an unknown paper": (["print", "TRIP", "-o", "x", "--paper", "a5"], "'a5'"),
    "an unknown sheet": (["print", "TRIP", "-o", "x", "--sheet", "poster"], "'poster'"),
    "a QR code where none goes": (["print", "TRIP", "-o", "x", "--sheet", "labels", "--qr"], "--qr: only on"),
    "an unknown format": (["list", "trips", "--format", "xml"], "'xml'"),
    "a reason for what customs is not told": (
        ["send", "TRIP", "--hold", "--trip-reason", "40"],
        "--hold tells customs nothing that needs a reason",
    ),
    "no seconds": (["send", "TRIP", "--wait", "soon"], "'soon' is no number of seconds"),
    "seconds that are none": (["send", "TRIP", "--wait", "nan"], "'nan' is no number of seconds"),
    "seconds before now": (["send", "TRIP", "--wait", "-1"], "'-1' is no number of seconds"),
    "seconds without end": (["send", "TRIP", "--wait", "1e9"], "'1e9' is no number of seconds"),
    "no port": (["practice", "--port", "http"], "'http' is no port"),
    "a port too high": (["practice", "--port", "65536"], "'65536' is no port"),
    "a port of a million digits": (["practice", "--port", "9" * 1000], "is no port"),
    "two places": (["--data-dir", "x", "--practice", "list", "trips"], "--data-dir"),
    "two places, one after the command": (["--data-dir", "x", "list", "trips", "--practice"], "--data-dir"),
    "a state of what has none": (["list", "drivers", "--state", "sending"], "drivers have no state"),
    "no action": (["company"], "ACTION"),
    "no name": (["company", "add"], "NAME"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_is_said(case: str) -> None:
    given, words = WRONG[case]
    with pytest.raises(UsageError) as caught:
        parse(given)
    assert words in str(caught.value.values["message"])
    assert str(caught.value.values["usage"]).startswith("usage: emanifest")
    assert "_" not in str(caught.value.values["message"]), "no name of a function"


@pytest.mark.parametrize("form", [["--format", "json"], ["--format=json"]])
def test_wrong_usage_is_json_where_json_was_asked_for(capsys: pytest.CaptureFixture[str], form: list[str]) -> None:
    assert main(["list", "frogs", *form]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out)["error"]["remedy"].startswith("usage: emanifest list")
    assert "frogs" in said.err


def test_wrong_usage_is_text_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate", "--format"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage: emanifest" in said.err


def test_options_stand_before_or_after_the_command() -> None:
    for given in (
        ["--data-dir", "x", "--company", "C", "--format", "json", "list", "trips"],
        ["list", "--data-dir", "x", "trips", "--company", "C", "--format", "json"],
        ["--data-dir", "x", "list", "trips", "--company=C", "--format=json"],
    ):
        options = parse(given)
        assert (options.data_dir, options.company, options.format, options.practice) == ("x", "C", "json", False)
    nested = parse(["--practice", "company", "test", "N", "--format", "json"])
    assert (nested.practice, nested.format, nested.name) == (True, "json", "N")


def test_limits_are_taken() -> None:
    assert parse(["send", "T", "--wait", "0"]).wait == 0
    assert parse(["send", "T", "--wait", "86400"]).wait == 86_400
    assert parse(["send", "T"]).wait is None
    assert parse(["practice", "--port", "65535"]).port == 65_535


def test_a_key_has_no_place_in_the_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    """The only way in for a key is the terminal or standard input."""
    with pytest.raises(SystemExit):
        parse(["company", "add", "--help"])
    words = capsys.readouterr().out
    assert "--key-stdin" in words
    assert "--key " not in words
    assert "--api-key" not in words
