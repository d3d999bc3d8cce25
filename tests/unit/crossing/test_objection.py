"""What the gateway objects to finds its place by its words, since it names no field."""

from datetime import UTC, datetime

import pytest

from desktop.crossing.news import Objection, Who
from desktop.crossing.objection import located
from desktop.domain.lifecycle import Regime

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("Trip Number is already used (must be unique for a CREATE operation) [1234923ASDFA]", "/tripNumber"),
        ("Weight is missing on 1234PARS34213341", "/shipments/0"),
        ("Something else", ""),
    ],
)
def test_the_pages_own_refusal_stands_beside_the_trip_number(said: str, path: str) -> None:
    one = Objection(who=Who.GATEWAY, said=said, identifier="1234923ASDFA")
    assert located(one, Regime.ACI, ["1234PARS34213341"], NOW, "1").path == path
