"""Commands speak the language asked for, else that of the settings, else that of the computer."""

import json

import pytest

from desktop import texts
from desktop.cli import main
from desktop.settings import language


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr(language, "of_computer", lambda _environment: "en")
    yield
    texts.use("en")


def set_language(folder, name):
    folder.mkdir(exist_ok=True)
    (folder / "settings.json").write_text(json.dumps({"version": 1, "appearance": {"language": name}}))


@pytest.mark.parametrize(
    ("words", "setting", "computer", "found"),
    [
        ((), "system", "en", "Nothing here."),
        ((), "system", "fr", "Rien ici."),
        ((), "fr", "en", "Rien ici."),
        ((), "en", "fr", "Nothing here."),
        (("--language", "fr"), "en", "en", "Rien ici."),
        (("--language=en",), "fr", "fr", "Nothing here."),
    ],
)
def test_what_is_asked_for_comes_before_the_settings_and_they_before_the_computer(
    tmp_path, capsys, monkeypatch, words, setting, computer, found
):
    monkeypatch.setattr(language, "of_computer", lambda _environment: computer)
    set_language(tmp_path, setting)
    assert main([*words, "--data-dir", str(tmp_path), "list", "trips"]) == 0
    assert capsys.readouterr().out.strip() == found


def test_the_language_of_a_sheet_is_not_that_of_what_is_said(tmp_path, capsys):
    main(["--data-dir", str(tmp_path / "none"), "print", "T1", "-o", str(tmp_path / "x.pdf"), "--language", "fr"])
    assert capsys.readouterr().err.startswith("Nothing has been saved")


def test_help_is_in_the_language_asked_for(capsys):
    with pytest.raises(SystemExit):
        main(["--format", "text", "--language", "fr", "--help"])
    assert "Liste ce qui est dans le dossier de données." in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--language", "fr", "company", "--help"])
    assert "Ajoute un transporteur." in capsys.readouterr().out
