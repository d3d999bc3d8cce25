"""Customs and gateway as a test plays them: each answer has a time of its own, and any request may be answered no."""

from __future__ import annotations

from unit.services.world import World, data_error, imported

from desktop.domain.lifecycle import Regime


def said(world: World, message: dict, *, is_yes: bool = True) -> dict:
    """Customs' answer to a send request, now."""
    at = f"{world.clock.now():%Y-%m-%d %H:%M:%S}"
    request = {"type": message["type"], "tripNumber": message["tripNumber"]}
    if message["data"] == "ACI_SEND_REQUEST":
        answer = {"data": "ACI_RESPONSE", "dateTime": at, "cbsaDateTime": at, "tripNumber": message["tripNumber"]}
        answer["sendRequest"] = {**request, "bundleTripAndShipments": True}
        reasons = {"errorResponses": [{"errorDescription": "INVALID STATUS OF REQUEST"}]}
        return {**answer, "type": "ACCEPT"} if is_yes else {**answer, "type": "REJECT", **reasons}
    answer = {"data": "ACE_RESPONSE", "dateTime": at, "cbpDateTime": at, "sendRequest": request}
    if is_yes:
        return {**answer, "processingResponse": {"shipmentsRejected": 0, "shipmentsAccepted": 2}}
    return {**answer, "validationResponses": [{"code": "033", "description": "INVALID PORT CODE"}]}


class Customs:
    """Answers what is sent, at once and in order; what is in `refuses` is refused, what is in `silent` unanswered."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.refuses: set[str] = set()
        self.silent: set[str] = set()
        self.unanswered: list[dict] = []
        world.socket.script = self.answer

    def answer(self, message: dict) -> list[dict]:
        self.world.clock.advance(1)
        name = message.get("type") if message["data"].endswith("_SEND_REQUEST") else message["operation"]
        if name in self.silent:
            self.unanswered.append(message)
            return []
        if message["data"].endswith("_SEND_REQUEST"):
            return [said(self.world, message, is_yes=name not in self.refuses)]
        return [data_error(message) if name in self.refuses else imported(message)]

    def names(self) -> list[tuple[str, str]]:
        """What went out: operation or type, and the trip's number."""
        return [(one.get("type", one.get("operation")), one["tripNumber"]) for one in self.world.socket.sent]


async def edit(world: World, trip, pointer: str, value) -> None:
    session = await world.editing.open(trip.id)
    session.set(pointer, value)
    await session.flush()
    await world.editing.release(trip.id)


async def filed(world: World, customs: Customs, regime: Regime = Regime.ACE, **changes):
    """A trip that customs has on file."""
    trip = await world.trip(regime, **changes)
    await world.submit.send(trip.id)
    await world.deliver()
    world.socket.sent.clear()
    customs.unanswered.clear()
    return trip
