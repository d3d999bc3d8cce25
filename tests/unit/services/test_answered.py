"""An objection that an edit has answered stays away when the trip is opened again; a new one comes."""

from __future__ import annotations

from datetime import UTC, datetime

from unit.services.world import data_error

from desktop.services.answered import still_open, with_answered
from desktop.services.views import ServerError

OLD = ServerError("/tripNumber", "Already used", datetime(2026, 11, 24, 12, tzinfo=UTC))
NEW = ServerError("/tripNumber", "Already used", datetime(2026, 11, 24, 13, tzinfo=UTC))


def test_only_what_was_answered_stays_away():
    local = with_answered({"nature": ""}, [OLD])
    assert still_open([OLD, NEW], local) == (NEW,)
    assert local["nature"] == ""
    assert still_open([OLD], {"answered": "text"}) == (OLD,)


def test_the_oldest_answers_are_forgotten():
    local = {}
    for hour in range(24):
        for minute in range(10):
            at = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)
            local = with_answered(local, [ServerError("/x", "no", at)])
    assert len(local["answered"]) == 100


def test_a_mended_objection_does_not_come_back_with_the_next_opening(world, run):
    async def main():
        trip = await world.trip()
        world.socket.script = lambda message: [
            data_error(message, f"Trip Number is already used (must be unique) [{message.get('tripNumber', '')}]")
        ]
        await world.submit.send(trip.id)
        await world.deliver()
        session = await world.editing.open(trip.id)
        assert [error.path for error in session.server_errors] == ["/tripNumber"]
        session.set("/tripNumber", "SMPL77777")
        assert session.server_errors == ()
        await session.close()
        again = await world.editing.open(trip.id)
        assert again.server_errors == ()

    run(main())
