"""A second start: what it finds at the door of the data folder, and that nothing left there keeps it from starting."""

from __future__ import annotations

import json
import os
import socket
import sys
import threading

import pytest

from desktop import __main__ as program
from desktop.__main__ import raised_other
from desktop.errors import DataFolderUnusable
from desktop.owner.entry import is_owned
from desktop.owner.lock import OwnerLock
from desktop.settings.start import Options


@pytest.fixture
def another_program(tmp_path):
    """Another program got the port that a killed owner left in its file; it answers everything in its own way."""
    server = socket.create_server(("127.0.0.1", 0))
    said = {"v": 1, "port": server.getsockname()[1], "token": "0" * 64, "pid": 1}
    (tmp_path / "owner.json").write_text(json.dumps(said), encoding="utf-8")

    def serve() -> None:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    thread = threading.Thread(target=serve, name="another program")
    thread.start()
    yield
    server.close()
    thread.join()


@pytest.mark.usefixtures("another_program")
def test_row_20_a_port_that_another_program_has_now_is_no_owner(tmp_path) -> None:
    assert raised_other(Options(tmp_path)) is False
    lock = OwnerLock(tmp_path)
    assert lock.take(), "the folder is as free as before"
    lock.give_back()


@pytest.mark.usefixtures("another_program")
def test_an_owner_that_lives_and_answers_in_another_way_is_said(tmp_path) -> None:
    with OwnerLock(tmp_path), pytest.raises(DataFolderUnusable, match=r"owner\.other_version"):
        raised_other(Options(tmp_path))


def test_where_nobody_is_the_window_starts(tmp_path) -> None:
    assert raised_other(Options(tmp_path / "none")) is False


@pytest.mark.usefixtures("another_program")
def test_who_only_reads_does_not_take_another_program_for_an_owner(tmp_path) -> None:
    assert not is_owned(tmp_path)


def test_a_window_program_without_standard_streams_can_still_say_something(monkeypatch, tmp_path) -> None:
    """Windows gives a program that was started from the Start menu neither; what nobody hears is shown in a box."""
    shown = []
    folder = tmp_path / "data"

    def fail(_options: Options) -> bool:
        raise DataFolderUnusable("owner.other_version", path=str(folder))

    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(program, "raised_other", fail)
    monkeypatch.setattr(program, "show_box", lambda title, text: shown.append((title, text)))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert program.main(["--data-dir", str(folder)]) == DataFolderUnusable.exit_code
    ((title, text),) = shown
    assert title
    assert text.count("\n") == 1
    for stream in (sys.stdout, sys.stderr):
        assert stream.name == os.devnull
        stream.close()


def test_what_is_heard_at_a_terminal_is_not_shown_in_a_box(monkeypatch, tmp_path, capsys) -> None:
    def fail(_options: Options) -> bool:
        raise DataFolderUnusable("owner.other_version", path=str(tmp_path))

    monkeypatch.setattr(program, "raised_other", fail)
    monkeypatch.setattr(program, "show_box", lambda *_words: pytest.fail("it is said twice"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert program.main(["--data-dir", str(tmp_path)]) == DataFolderUnusable.exit_code
    assert capsys.readouterr().err
