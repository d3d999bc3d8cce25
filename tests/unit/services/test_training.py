"""What the trainee may let the practice service play."""

from __future__ import annotations

import pytest

from desktop.errors import UsageError
from desktop.services.training import Training


class Stage:
    def __init__(self) -> None:
        self.played = []

    def use(self, scenario) -> None:
        self.played.append(scenario)


def test_every_scenario_has_words_and_the_default_comes_first() -> None:
    rows = Training().rows()
    assert rows[0].name == "accept"
    assert len(rows) > 20
    assert all(row.title and row.about for row in rows)


def test_what_is_chosen_is_played_at_once() -> None:
    training, stage = Training(), Stage()
    assert training.playing == "accept"
    training.begin(stage)
    training.play("hold")
    assert (training.playing, len(stage.played)) == ("hold", 1)


def test_chosen_before_the_service_runs_it_is_what_it_starts_with() -> None:
    training = Training("clear")
    training.play("hold")
    assert training.scenario() is not None
    assert training.playing == "hold"


def test_an_unknown_scenario_changes_nothing() -> None:
    training, stage = Training(), Stage()
    training.begin(stage)
    with pytest.raises(UsageError):
        training.play("no-such-thing")
    assert (training.playing, stage.played) == ("accept", [])
