"""Which language is spoken: asked for, set, or the computer's."""

import sys

import pytest

from desktop.settings import language
from desktop.settings.language import of_computer, spoken
from desktop.settings.tree import Language


@pytest.fixture(autouse=True)
def english_computer(monkeypatch):
    monkeypatch.setattr(language, "of_computer", lambda _environment: "en")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("fr",), "fr"),
        (("fr-CA",), "fr"),
        (("fr_CA.UTF-8",), "fr"),
        ((None, "fr"), "fr"),
        (("en", "fr"), "en"),
        (("system",), "en"),
        (("es-MX",), "en"),
        ((), "en"),
        (("", "system", None), "en"),
    ],
)
def test_what_is_asked_for_first_is_spoken(asked, said):
    assert spoken(*asked) == said


def test_the_system_s_language_is_spoken_where_nothing_else_is_asked(monkeypatch):
    monkeypatch.setattr(language, "of_computer", lambda _environment: "fr")
    assert spoken("system") == "fr"
    assert spoken("en") == "en"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "fr_CA.UTF-8", "LC_ALL": "en_CA.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr", "LANG": "C"}, "fr"),
        ({"LANG": "C.UTF-8"}, "c"),
        ({}, ""),
    ],
)
def test_a_posix_computer_says_it_in_the_environment(monkeypatch, environment, said):
    monkeypatch.setattr(sys, "platform", "linux")
    assert of_computer(environment) == said


def test_the_settings_offer_what_the_program_speaks():
    assert {one.value for one in Language} == {language.SYSTEM, *language.LANGUAGES}
