"""Result on standard output, messages on standard error, whatever becomes of either."""

from __future__ import annotations

import io
import json
import sys

import pytest

from desktop.cli.output import Output, plain
from desktop.errors import EnvironmentFailure, NotFound

ODD = "Zoë \x1b[31m\x07\x9b\u202etxet\u2066\x7f\r end"


class Stream(io.TextIOWrapper):
    """A stream of some encoding, kept in memory."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self._bytes = io.BytesIO()
        super().__init__(self._bytes, encoding=encoding, newline="\n")

    def raw(self) -> bytes:
        return self._bytes.getvalue()

    def said(self) -> str:
        return self._bytes.getvalue().decode(self.encoding)


class Broken(Stream):
    """A stream whose other end is gone, or that finds no room."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error: OSError | None = error

    def write(self, text: str) -> int:
        if self._error is not None:
            raise self._error
        return super().write(text)


def test_foreign_text_cannot_steer_a_terminal() -> None:
    """Control characters, escape sequences and direction marks are replaced; tab and line break stay."""
    cleaned = plain(ODD + "\t\n")
    assert cleaned.isprintable() is False  # tab and line break are left
    assert cleaned.replace("\t", "").replace("\n", "").isprintable()
    assert "Zoë" in cleaned
    assert cleaned.endswith("end\t\n")


def test_json_stands_alone_on_standard_output_and_is_exact() -> None:
    out, err = Stream(), Stream()
    output = Output("json", out, err)
    output.value({"text": ODD}, "for people")
    output.note(ODD)
    assert json.loads(out.said()) == {"text": ODD}
    assert out.said().count("\n") == 1
    assert "\x1b" not in err.said()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("text", [ODD, "日本", "\udce9 half a character", "\N{SNOWMAN}"])
def test_json_is_json_in_any_encoding(encoding: str, text: str) -> None:
    out = Stream(encoding)
    Output("json", out, Stream(encoding)).value({"name": text}, "")
    assert json.loads(out.said()) == {"name": text}
    document = Stream(encoding)
    Output("text", document, Stream(encoding)).document({"name": text})
    assert json.loads(document.said()) == {"name": text}


@pytest.mark.parametrize("text", ["Zoë “Été”", "日本"])
def test_json_in_a_pipe_on_windows_is_utf_8_all_the_same(text: str) -> None:
    """Dispatch software reads JSON as UTF-8, whatever code page the pipe of this computer has."""
    for form, write in (("json", Output.line), ("text", Output.document)):
        out = Stream("cp1252")
        write(Output(form, out, Stream()), {"name": text})
        assert json.loads(out.raw().decode("utf-8")) == {"name": text}


def test_text_for_people_is_written_in_escapes_where_the_terminal_knows_no_better() -> None:
    out = Stream("ascii")
    Output("text", out, Stream()).value({}, "Zoë · 日本")
    assert out.said() == "Zo\\xeb \\xb7 \\u65e5\\u672c\n"


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_is_said_with_its_remedy(form: str) -> None:
    out, err = Stream(), Stream()
    Output(form, out, err).error(NotFound("cli.trip_unknown", trip="NOPE"))
    assert "NOPE" in err.said()
    assert "emanifest list trips" in err.said()
    if form == "json":
        assert json.loads(out.said())["error"]["code"] == "cli.trip_unknown"
        assert set(json.loads(out.said())["error"]) == {"code", "text", "remedy"}
    else:
        assert out.said() == ""


def test_a_reader_that_left_is_no_fault() -> None:
    output = Output("json", Broken(BrokenPipeError()), Stream())
    output.line({})
    assert output.is_unread
    output.line({})  # and is not tried again


def test_a_result_that_cannot_be_written_is_said() -> None:
    output = Output("json", Broken(OSError(28, "No space left on device")), Stream())
    with pytest.raises(EnvironmentFailure) as caught:
        output.line({})
    assert (caught.value.code, caught.value.exit_code) == ("cli.not_printed", 2)
    assert caught.value.values["reason"] == "No space left on device"
    output.error(caught.value)  # on standard error alone


def test_a_closed_standard_error_hides_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Stream()
    output = Output("json", out, Broken(OSError(9, "Bad file descriptor")))
    output.note("a message")
    output.value({"a": 1}, "")
    assert json.loads(out.said()) == {"a": 1}
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    nowhere = Output("text")
    nowhere.text("nobody")
    nowhere.note("nobody")
