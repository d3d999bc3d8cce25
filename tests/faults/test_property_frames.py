"""Whatever a frame holds, it is understood as far as it can be: nothing raises, and nothing turns it into good news."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crossing.cards import describe
from desktop.crossing.explain import explain
from desktop.crossing.fold import Heard, fold
from desktop.crossing.readiness import readiness
from desktop.delivery.attempt import Answered, Attempt, CustomsAnswered, Verb, Way
from desktop.delivery.matching import match
from desktop.domain.lifecycle import Category, Customs, Delivery, OutboxState, Regime, Verdict
from desktop.protocol.incoming import decode
from desktop.protocol.kinds import unwrapped

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MESSAGES = Path(__file__).resolve().parents[1] / "golden" / "messages"
INCOMING = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(MESSAGES.glob("*.json"))
    if path.stem.startswith(("ace-response", "aci-notice", "aci-response", "api", "rns"))
]
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(
        ["", " ", "ACCEPT", "REJECT", "IMPORTED", "OK", "02", "1C", "4", "AAAA123457A", "2014-02-25 15:37:57"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, inner in members for place in _places(inner, (*path, name)))]


@st.composite
def frames(draw: st.DrawFn) -> Any:
    """A message of the API page in which up to three places hold something else, or nothing."""
    value = copy.deepcopy(draw(st.sampled_from(INCOMING)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(_places(value)))
        if not path:
            continue
        here = value
        for step in path[:-1]:
            here = here[step]
        if draw(st.booleans()) and isinstance(here, dict):
            del here[path[-1]]
        else:
            here[path[-1]] = draw(ODD)
    return draw(st.sampled_from([value, {"rnsShipment": value}, [value]])) if draw(st.booleans()) else value


@given(frames() | ODD, st.sampled_from(list(Regime)))
@settings(max_examples=200)
def test_any_frame_is_read_without_an_error(value: Any, regime: Regime) -> None:
    body = json.dumps(value).encode("utf-8", "surrogatepass")
    decode(body)
    card = describe(value)
    assert card.title
    assert isinstance(card.category, Category)
    explain(unwrapped(value))
    heard = [Heard("1", NOW, value)]
    crossing = fold(regime, heard, ["AAAA2000002A", "1234PARS34213341"], NOW, trip="AAAA123457A")
    said = readiness(crossing, Delivery.DELIVERED, NOW, eta=NOW + timedelta(hours=1), port="0453")
    assert said.verdict is not Verdict.GO
    assert all(reason.text for reason in said.reasons)


@given(frames())
@settings(max_examples=200)
def test_any_frame_answers_only_what_it_names(value: Any) -> None:
    """A message that arrived is believed only of our id, or of a word that names the trip itself."""
    rows = [
        Attempt(
            id=way,
            send_id=f"id-{way}",
            way=way,
            state=OutboxState.IN_FLIGHT if way is Way.UPLOAD else OutboxState.UNCERTAIN,
            operation="CREATE" if way is Way.UPLOAD else "ORIGINAL",
            trip_number="OTHR999999",
            numbers=("OTHR1",),
            written_at=NOW - timedelta(minutes=1),
            was_written=True,
            tries=1,
        )
        for way in Way
    ]
    found = match(rows, value, NOW)
    if found is not None:
        assert not isinstance(found.event, CustomsAnswered) or "OTHR999999" in json.dumps(value)
        is_good = isinstance(found.event, Answered) and found.event.verb in {Verb.TAKEN, Verb.PROBLEMS}
        assert not is_good or "OTHR" in json.dumps(value) or "id-" in json.dumps(value)


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-16-le", "surrogatepass")))
def test_any_bytes_are_a_frame(body: bytes) -> None:
    decode(body)


@pytest.mark.parametrize("regime", list(Regime))
@given(extra=st.dictionaries(st.text(max_size=8), ODD, max_size=3))
@settings(max_examples=50)
def test_an_unknown_message_moves_nothing(regime: Regime, extra: dict[str, Any]) -> None:
    value = {**extra, "data": "SOMETHING_NEW", "tripNumber": "AAAA123457A"}
    crossing = fold(regime, [Heard("1", NOW, value)], ["AAAA2000002A"], NOW, trip="AAAA123457A")
    assert crossing.customs is Customs.TRANSMITTED
