"""Carries out what a scenario says on an event: answers, customs messages, nonsense, silence, and their delays."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from desktop.clock import Clock
from desktop.practice import answers, garbage
from desktop.practice.customs import Customs, Request
from desktop.practice.day import Day
from desktop.practice.gateway import WIRE_TIME, Gateway, Message
from desktop.practice.journal import Journal, printable
from desktop.practice.ledger import Record
from desktop.practice.mailbox import Frame, Mailbox
from desktop.practice.scenario import Action, Director, Happening
from desktop.tasks import TaskKeeper

Sleep = Callable[[float], Awaitable[object]]
_LONGEST_ROUND_S = 2.0
_SECOND_ANSWER_S = 0.2


class Caller(Protocol):
    """The connection an event came from."""

    async def send(self, frame: Frame) -> bool:
        """Hand over one frame; False if the connection is closed."""
        ...

    async def close(self, code: int) -> None:
        """End it with a closing handshake."""
        ...

    def drop(self) -> None:
        """Cut it off."""
        ...

    def freeze(self) -> None:
        """Read nothing more on it."""
        ...

    async def admit(self, response: Mapping[str, Any]) -> None:
        """Answer the handshake: from now on it hears everything meant for its key."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """One event while its actions are played.

    Attributes:
        happening: the event.
        caller: its connection; None for an event of time.
        message: the upload or send request.
        request: what customs get of a send request.
        fresh: shipments that this request brought on file.
        is_background: a delay has been met; the connection no longer waits.
        copies: how often each frame goes out.
    """

    happening: Happening
    caller: Caller | None = None
    message: Message | None = None
    request: Request | None = None
    fresh: frozenset[str] = frozenset()
    is_background: bool = False
    copies: int = 1


def wire(value: object) -> str:
    """Return a message as it goes out: one JSON text, UTF-8."""
    content = json.dumps(value, ensure_ascii=False)
    try:
        content.encode()
    except UnicodeEncodeError:  # a scenario may ask for half a character: only an escape can carry it
        return json.dumps(value)
    return content


class Player:
    """Plays scenes one action after another; from the first delay on in the background.

    Attributes:
        director: says what to do on an event.
        day: deals the stories of a working day, where the scenario is one.
        unfinished: how many scenes and frames are still to come.
    """

    def __init__(
        self, gateway: Gateway, mailbox: Mailbox, keeper: TaskKeeper, journal: Journal, clock: Clock, sleep: Sleep
    ) -> None:
        self.director: Director
        self.day: Day | None = None
        self.unfinished = 0
        self._gateway = gateway
        self._customs = Customs(gateway.ledger)
        self._mailbox = mailbox
        self._keeper = keeper
        self._journal = journal
        self._clock = clock
        self._sleep = sleep
        self._stamps: dict[str, datetime] = {}

    async def play(self, scene: Scene) -> None:
        """Do what the scenario says on an event."""
        await self.perform(scene, self.director.actions(scene.happening))

    async def perform(self, scene: Scene, actions: Sequence[Action]) -> None:
        """Do `actions` one after another."""
        scene = self._with_request(scene)
        for index, action in enumerate(actions):
            if action.after_s > 0:
                if not scene.is_background:
                    self._later(self.perform(replace(scene, is_background=True), actions[index:]), scene.happening.on)
                    return
                await self._sleep(action.after_s)
            copies = 1 if action.do == "send" else action.repeat
            following = await self._act(replace(scene, copies=copies), action)
            if following is None:
                return
            scene = self._with_request(following)
        await self._auto_send(scene)

    def _later(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self.unfinished += 1
        self._keeper.start(work, name=f"practice {name}").add_done_callback(self._is_finished)

    def _is_finished(self, _task: object) -> None:
        self.unfinished -= 1

    def _with_request(self, scene: Scene) -> Scene:
        message = scene.message
        if scene.request is None and message is not None and message.is_request and message.is_taken:
            return replace(scene, request=self._gateway.request(message))
        return scene

    async def _auto_send(self, scene: Scene) -> None:
        message = scene.message
        if message is None or message.is_request:
            return
        request = self._gateway.auto_request(message)
        if request is not None:
            happening = self._gateway.happening(request)
            self._journal.note("auto_send", data=request.data, number=printable(message.number))
            await self.play(replace(scene, happening=happening, message=request, request=None))

    async def _act(self, scene: Scene, action: Action) -> Scene | None:
        """Do one action; return the scene that goes on, or None to play no further."""
        match action.do:
            case "customs":
                return await self._customs_answer(scene, action)
            case "reject":
                return await self._reject(scene, action.values["reason"])
            case "day":
                await self._tell_story(scene)
            case "freeze" if scene.caller is not None:
                scene.caller.freeze()
            case "deny" | "close" | "drop" if scene.caller is not None:
                await self._end(scene.caller, action)
            case "send":
                for _ in range(action.repeat):
                    await self._send(scene, action)
            case "garbage":
                await self._hand_over(scene, garbage.frame(action.values["kind"], action.values.get("size")))
            case "answer" | "import" | "refuse":
                await self._reply(scene, action)
        return scene

    async def _end(self, caller: Caller, action: Action) -> None:
        if action.do == "drop":
            caller.drop()
            return
        if action.do == "deny":
            self._journal.note("key_refused")
            await caller.send(wire(self._gateway.handshake(is_good=False)))
        await caller.close(action.values.get("code", 1008 if action.do == "deny" else 1000))

    async def _hand_over(self, scene: Scene, frame: Frame) -> None:
        """Send on the calling connection at a handshake, else to whoever listens; as often as the action says."""
        for _ in range(scene.copies):
            if scene.happening.on == "connect" and scene.caller is not None:
                await scene.caller.send(frame)
            else:
                await self._mailbox.post(frame)

    async def _hand_over_by(self, scene: Scene, action: Action, frame: Frame) -> None:
        """Send a frame as often and as late as its action says; what comes later overtakes it."""
        scene = replace(scene, copies=scene.copies * action.values.get("copies", 1))
        late_s = action.values.get("late_s", 0.0)
        if late_s > 0:
            self._later(self._hand_over_late(scene, frame, late_s), "late frame")
        else:
            await self._hand_over(scene, frame)

    async def _hand_over_late(self, scene: Scene, frame: Frame, late_s: float) -> None:
        await self._sleep(late_s)
        await self._hand_over(scene, frame)

    # --- the gateway's answers --------------------------------------------------------------------------------------

    async def _reply(self, scene: Scene, action: Action) -> None:
        message, gateway = scene.message, self._gateway
        if message is None:
            if scene.caller is not None:
                for _ in range(scene.copies):
                    await scene.caller.admit(gateway.handshake(is_good=True))
        elif action.do == "import":
            self._judged(message)
        elif action.do == "refuse":
            status = action.values.get("status", "SEND_ERROR" if message.is_request else "DATA_ERROR")
            response = gateway.refuse(message, status, action.values["note"])
            self._log_outcome(message)
            await self._post(scene, message, response)
        elif message.asker is not None:  # else nobody asked: autoSend
            await self._answer(scene, message)

    async def _answer(self, scene: Scene, message: Message) -> None:
        personality = self._gateway.personality
        if message.is_request:
            response = self._judged(message)
            if not message.is_taken or personality.send_request_ack != "none":
                await self._post(scene, message, response)
            return
        way = personality.upload_answer if message.data else "imported"
        if way != "imported":
            await self._post(scene, message, self._gateway.queued(message))
        response = self._judged(message)
        if way == "queued_first":
            await self._sleep(_SECOND_ANSWER_S)
        if way != "queued_only":
            await self._post(scene, message, response)

    async def _post(self, scene: Scene, message: Message, response: Mapping[str, Any]) -> None:
        for _ in range(scene.copies):
            await self._mailbox.post(wire(response), message.asker)

    def _judged(self, message: Message) -> dict[str, Any]:
        is_first = message.response is None
        response = self._gateway.answer(message)
        if is_first:
            self._log_outcome(message)
        return response

    def _log_outcome(self, message: Message) -> None:
        response = message.response or {}
        if message.is_request:
            what = "request" if message.is_taken else "request_refused"
            shipment = message.value.get("cargoControlNumber")
            number = printable(message.number or shipment)
            self._journal.note(what, type=printable(message.value.get("type")), number=number)
            return
        self._journal.note(
            "imported" if message.is_taken else "upload_refused",
            operation=printable(message.operation or None),
            data=printable(message.data or None),
            number=printable(message.number),
            count=len(response.get("errors", ())),
        )

    # --- customs ----------------------------------------------------------------------------------------------------

    async def _customs_answer(self, scene: Scene, action: Action) -> Scene | None:
        request = scene.request
        if request is None:
            return None  # the gateway did not take the request
        if request.kind == "status" and scene.message is not None:
            numbers = scene.message.value["cargoControlNumbers"]
            await self._program(scene, "rns_status", action.values.get("with", {}), numbers)
            return scene
        if request.kind == "inbond":
            return None  # the answer to in-bond reports is not known
        reason = self._customs.reason_against(request)
        if reason is not None:
            return await self._reject(scene, reason)
        numbers = [record.number for record in self._customs.shipments(request)]
        scene = replace(scene, fresh=self._customs.accept(request))
        self._journal.note("accepted", regime=request.regime, number=printable(request.trip or request.shipment))
        if not action.values.get("lose"):
            program = f"{request.regime.lower()}_accepted"
            await self._program(scene, program, action.values.get("with", {}), numbers)
        return scene

    async def _tell_story(self, scene: Scene) -> None:
        request = scene.request
        if request is not None and self.day is not None:
            numbers = [record.number for record in self._customs.shipments(request)]
            await self.perform(scene, self.day.story(request.regime, request.kind, numbers))

    async def _reject(self, scene: Scene, reason: str) -> Scene | None:
        request = scene.request
        if request is None:
            return None
        numbers = [record.number for record in self._customs.shipments(request)]
        self._journal.note("rejected", regime=request.regime, number=printable(request.trip or request.shipment))
        values = {"trip": request.trip, "shipment": numbers[0] if numbers else None}
        name = answers.table()["reasons"][reason].get("program", f"{request.regime.lower()}_rejected")
        await self._program(scene, name, answers.of_reason(reason, values), numbers)
        return None

    async def _program(self, scene: Scene, name: str, extra: Mapping[str, Any], numbers: Sequence[str]) -> None:
        for step in answers.table()["programs"][name]:
            own = answers.fill(step.get("with", {}), {"rns": "24", **extra})
            if step["use"] == "rns" and "code" not in own:
                continue  # `"rns": null`: no RNS
            values = {"use": step["use"], "each": step.get("each"), "with": {**extra, **own}}
            action = Action("send", values=values)
            await self._send(scene, action, numbers=numbers, pause_s=step.get("after_s", 0.0))

    async def _send(
        self, scene: Scene, action: Action, *, numbers: Sequence[str] | None = None, pause_s: float = 0.0
    ) -> None:
        """Send the message of an action once, or once for each shipment."""
        extra: Mapping[str, Any] = action.values.get("with") or {}
        template = action.values.get("message") or answers.table()["messages"][action.values["use"]]
        if "notice" in extra and extra["notice"] is None and action.values.get("use") == "aci_notice":
            return
        if numbers is None:
            request = scene.request
            numbers = [] if request is None else [record.number for record in self._customs.shipments(request)]
        each = action.values.get("each")
        if each is None:
            await self._hand_over_by(scene, action, self._filled(scene, template, extra, numbers))
            return
        chosen = [number for number in numbers if self._is_chosen(scene, number, each)]
        for number in chosen:
            if pause_s > 0:
                await self._sleep(min(pause_s, _LONGEST_ROUND_S / len(chosen)))
            frame = self._filled(scene, template, {"shipment": number, **extra}, numbers)
            await self._hand_over_by(scene, action, frame)

    def _is_chosen(self, scene: Scene, number: str, each: str) -> bool:
        if each.startswith("fresh") and number not in scene.fresh:
            return False
        record = self._shipment(scene, number)
        return not each.endswith("pars") or record is None or record.document.get("shipmentType") == "PARS"

    def _shipment(self, scene: Scene, number: object) -> Record | None:
        regime = scene.request.regime if scene.request is not None else "ACI"
        company = scene.request.company if scene.request is not None else ""
        return self._gateway.ledger.find(company, f"{regime}_SHIPMENT", str(number))

    def _filled(self, scene: Scene, template: object, extra: Mapping[str, Any], numbers: Sequence[str]) -> Frame:
        request, ledger = scene.request, self._gateway.ledger
        seed = self.director.scenario.seed
        is_provider = self._gateway.personality.key_type == "provider"
        company = (request.company if request is not None else "") if is_provider else ""
        trip = None
        if request is not None and request.trip is not None:
            trip = ledger.find(request.company, f"{request.regime}_TRIP", request.trip)
        values: dict[str, Any] = {
            "now": self._gateway.now(),
            "company_key": company or None,
            "rns_company_key": company if company and self._gateway.personality.rns_company_key == "yes" else None,
            "notice": "MATCHED",
            "count": len(numbers),
            **answers.of_trip(trip),
        }
        if request is not None:
            values |= {
                "regime": request.regime,
                "trip": request.trip,
                "ccn": request.shipment,
                "send_request": dict(request.echo),
            }
        number = extra.get("shipment", numbers[0] if numbers else None)
        if number is not None:
            values |= answers.of_shipment(self._shipment(scene, number), number, trip, seed)
        if "code" in extra and "description" not in extra:
            values |= answers.of_release_code(extra["code"])
        if "office" in extra:
            values |= answers.of_office(extra["office"])
        values |= {name: part for name, part in extra.items() if not (name == "notice" and part is None)}
        values.setdefault("customs_time", self._stamp(str(values.get("trip") or number)))
        each = [
            answers.of_shipment(self._shipment(scene, one), one, trip, seed)
            | {name: part for name, part in extra.items() if name != "shipment"}
            for one in numbers
        ]
        message = answers.fill(template, values, each)
        if isinstance(message, dict):
            ledger.truth.made(message, "" if request is None else request.company)
        return wire(message)

    def _stamp(self, subject: str) -> str:
        """Return customs' time: a later message about a subject never bears the same second as the one before."""
        now = self._clock.now().replace(microsecond=0)
        before = self._stamps.get(subject)
        moment = now if before is None else max(now, before + timedelta(seconds=1))
        self._stamps[subject] = moment
        return moment.strftime(WIRE_TIME)
