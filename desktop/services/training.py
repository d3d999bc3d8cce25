"""What the practice service inside the window plays, and what else it can play: names and words for the trainee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.services.views import ScenarioRow

if TYPE_CHECKING:
    from desktop.practice.scenario import Scenario
    from desktop.practice.service import PracticeService


class Training:
    """The scenarios of the practice service.

    Attributes:
        playing: name of the scenario that is played.
    """

    def __init__(self, scenario: str | None = None) -> None:
        from desktop.practice.scenario_file import DEFAULT

        self.playing = scenario or DEFAULT
        self._service: PracticeService | None = None

    def scenario(self) -> Scenario:
        """Return what is to be played.

        Raises:
            UsageError: there is no such scenario.
        """
        from desktop.practice import scenario_file

        return scenario_file.load(self.playing)

    def begin(self, service: PracticeService) -> None:
        """The service runs: from now on it follows what is chosen."""
        self._service = service

    def rows(self) -> tuple[ScenarioRow, ...]:
        """Return what can be played, the default first, in words."""
        from desktop.practice import scenario_file

        return tuple(
            ScenarioRow(name, scenario_file.title(name), scenario_file.about(name)) for name in scenario_file.names()
        )

    def play(self, name: str) -> None:
        """Play another scenario from now on; what is on file stays.

        Raises:
            UsageError: there is no such scenario; what was played goes on.
        """
        from desktop.practice import scenario_file

        scenario = scenario_file.load(name)
        if self._service is not None:
            self._service.use(scenario)
        self.playing = name
