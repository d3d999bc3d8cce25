"""What the way to the gateway and back does to each message: it draws a fault and plays it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simulation.far_end import Answer, FarEnd, Taken
from simulation.faults import Dice, Fault
from simulation.wire import LATENCY_S, Wire, as_bytes

if TYPE_CHECKING:
    from simulation.world import World

F = Fault
STRANGER = "01ARZ3NDEKTSV4RRFFQ69G5FAV"

UPLOAD_FAULTS = (
    *(F.ACK_LOST_IMPORTED, F.ACK_LOST_NOT_IMPORTED, F.ACK_AFTER_TIMEOUT, F.ACK_AFTER_RECONNECT),
    *(F.ACK_AFTER_RESTART, F.CUT_AFTER_K_BYTES, F.CUT_AFTER_ALL_BYTES, F.ACK_TWICE, F.ACK_REORDERED),
    *(F.ACK_OF_ANOTHER_TRIP, F.ACK_UNKNOWN_SEND_ID, F.ACK_WITHOUT_SEND_ID, F.ACK_NAMELESS, F.ACK_WRONG_COMPANY),
    *(
        F.ACK_WRONG_COMPANY,
        F.QUEUED_THEN_IMPORTED,
        F.QUEUED_THEN_SILENCE,
        F.QUEUED_WITHOUT_SEND_ID,
        F.UNKNOWN_STATUS,
        F.REFUSED,
    ),
    *(F.WITH_ERRORS, F.CONTRADICTION, F.GARBAGE, F.HALF_OPEN, F.SERVER_RESTART, F.SERVER_BUSY),
    F.KILL_WHILE_WRITING,
)
REQUEST_FAULTS = (*(F.LATE_CUSTOMS, F.EARLY_CUSTOMS) * 8, *UPLOAD_FAULTS)
GARBAGE = (b"", b"{", b"[]", b"\xff\xfe", b'{"data":"API_RESPONSE"}', b'{"data":"NEWS","text":"<b>"}', b'{"a":' * 50)


class Post:
    """Carries messages to the far end and its answers back.

    Attributes:
        is_calm: nothing goes wrong any more.
        on_the_way: how many messages and answers have not come yet.
    """

    def __init__(self, world: World, far: FarEnd, dice: Dice, rate: float) -> None:
        self._world, self.far, self._dice, self._rate = world, far, dice, rate
        self.is_calm = False
        self.on_the_way = 0
        self.for_next: deque[Any] = deque()
        self.after_restart: list[Any] = []
        self.after_reconnect: list[Any] = []
        self.busy: list[int] = []

    # --- the way there

    def before_write(self, wire: Wire) -> None:
        """Perhaps the connection ends right before the first byte."""
        if not self.is_calm and self._dice.happens(self._rate / 24):
            self._dice.note(F.CUT_BEFORE_WRITE)
            wire.end()

    async def written(self, wire: Wire, payload: bytes) -> None:
        """The program hands over a message."""
        if wire.is_frozen:
            return
        message = json.loads(payload)
        is_request = message["data"].endswith("_SEND_REQUEST")
        fault: Fault | None = None
        if not self.is_calm and self._dice.happens(self._rate):
            fault = self._dice.random.choice(REQUEST_FAULTS if is_request else UPLOAD_FAULTS)
            if fault in {F.WITH_ERRORS, F.QUEUED_WITHOUT_SEND_ID} and is_request:
                fault = F.QUEUED_THEN_IMPORTED
            if fault is F.ACK_WRONG_COMPANY and not message.get("companyKey"):
                fault = F.ACK_OF_ANOTHER_TRIP
        if fault is None:
            self._later(LATENCY_S, self._plain, payload)
            return
        self._dice.note(fault)
        await self._play(fault, wire, payload, message)

    def _plain(self, payload: bytes) -> None:
        self._say_all(self.far.take(payload))

    async def _play(self, fault: Fault, wire: Wire, payload: bytes, message: dict[str, Any]) -> None:
        if fault is F.KILL_WHILE_WRITING:
            if self._dice.happens(0.5):
                self._say_all(self.far.take(payload))
            await self._world.life.gate.die()
        if fault in _LOST:
            self._lose(fault, wire, message)
            return
        spoils = {F.REFUSED: "refuse", F.WITH_ERRORS: "problems"}.get(fault, "")
        taken = self.far.take(payload, spoils=spoils)
        player = _PLAYERS.get(fault)
        if player is None:
            self._say_all(taken)
        else:
            player(self, wire, taken)

    def _lose(self, fault: Fault, wire: Wire, message: dict[str, Any]) -> None:
        """The message never arrives; perhaps something else is said that may be taken for its answer."""
        if fault is F.CUT_AFTER_K_BYTES:
            wire.end()
        elif fault is F.SERVER_RESTART:
            wire.end(self._dice.random.choice([1001, 1012]))
            self.busy += [0] * self._dice.random.randint(1, 3)
        elif fault is F.SERVER_BUSY:
            wire.end(1013)
            self.busy += [self._dice.random.choice([429, 503])] * self._dice.random.randint(1, 4)
        elif fault is F.HALF_OPEN:
            wire.freeze()
        elif fault is F.ACK_UNKNOWN_SEND_ID:
            self._say(self.far.word(message, "IMPORTED") | {"sendId": STRANGER})
        elif fault is F.ACK_WRONG_COMPANY:
            answer = self.far.word(message, "IMPORTED", quotes=self._dice.happens(0.5))
            self._say(answer | {"companyKey": "practice-of-somebody-else", "tripNumber": message["tripNumber"]})
        elif fault is F.ACK_OF_ANOTHER_TRIP:
            answer = self.far.word(message, "IMPORTED", quotes=False)
            self._say(answer | {"tripNumber": "OTHR0000001", "message": "IMPORTED [OTHR0000001]"})

    # --- the way back

    def _say_all(self, taken: Taken, delay_s: float = LATENCY_S) -> None:
        for answer in taken.answers:
            self._say(answer, delay_s)
        for answer in taken.customs:
            self._say(answer, delay_s + self._dice.between(0.5, 20.0))

    def _say(self, answer: Any, delay_s: float = LATENCY_S) -> None:
        self._later(delay_s, self._give, answer)

    def _later(self, delay_s: float, work: Callable[..., None], *values: Any) -> None:
        self.on_the_way += 1
        asyncio.get_running_loop().call_later(delay_s, self._arrive, work, values)

    def _arrive(self, work: Callable[..., None], values: tuple[Any, ...]) -> None:
        self.on_the_way -= 1
        work(*values)

    def _give(self, answer: Any) -> None:
        wire = self._world.wire
        if wire is not None and wire.is_open and wire.is_ready and not wire.is_frozen:
            self._world.given(answer)
            wire.deliver(as_bytes(answer))
        elif self.far.nature.redelivers:
            self.for_next.append(answer)

    def connected(self) -> None:
        """A new connection is up: what waited for one comes."""
        waiting, self.after_reconnect = [*self.for_next, *self.after_reconnect], []
        self.for_next.clear()
        if self._world.has_restarted:
            waiting += self.after_restart
            self.after_restart = []
        for answer in waiting:
            self._say(answer, self._dice.between(0.01, 2.0))

    # --- what the answers become

    def _after_timeout(self, _wire: Wire, taken: Taken) -> None:
        self._say_all(taken, self._dice.between(61.0, 400.0))

    def _after_reconnect(self, wire: Wire, taken: Taken) -> None:
        self.after_reconnect += [*taken.answers, *taken.customs]
        wire.end()

    def _after_restart(self, _wire: Wire, taken: Taken) -> None:
        self.after_restart += [*taken.answers, *taken.customs]
        self._world.has_restarted = False
        self._later(self._dice.between(0.0, 5.0), self._world.life.kill)

    def _then_cut(self, wire: Wire, taken: Taken) -> None:
        wire.end()
        self._say_all(taken)

    def _twice(self, _wire: Wire, taken: Taken) -> None:
        self._say_all(taken)
        self._say_all(taken, self._dice.random.choice([LATENCY_S, 1.0, 30.0, 100.0]))

    def _reordered(self, _wire: Wire, taken: Taken) -> None:
        for answer in taken.answers:
            self._say(answer, 0.1)
            self._say(self.far.word(taken.message, "QUEUED"), 0.2)
        for answer in taken.customs:
            self._say(answer, 0.15)

    def _without_send_id(self, _wire: Wire, taken: Taken) -> None:
        taken.answers = [_bare(answer) | {"tripNumber": taken.message["tripNumber"]} for answer in taken.answers]
        self._say_all(taken)

    def _nameless(self, _wire: Wire, taken: Taken) -> None:
        taken.answers = [
            {name: value for name, value in _bare(answer).items() if name not in {"tripNumber", "message", "errors"}}
            for answer in taken.answers
        ]
        self._say_all(taken)

    def _queued_first(self, _wire: Wire, taken: Taken) -> None:
        self._say(self.far.word(taken.message, "QUEUED"))
        self._say_all(taken, self._dice.random.choice([1.0, 30.0, 90.0, 1200.0]))

    def _queued_only(self, _wire: Wire, taken: Taken) -> None:
        self._say(self.far.word(taken.message, "QUEUED"))

    def _queued_bare(self, _wire: Wire, taken: Taken) -> None:
        self._say(self.far.word(taken.message, "QUEUED", quotes=False))
        self._say_all(taken, self._dice.between(0.5, 90.0))

    def _unknown(self, _wire: Wire, taken: Taken) -> None:
        self._say(self.far.word(taken.message, "PARKED"))
        if self._dice.happens(0.5):
            self._say_all(taken, 5.0)

    def _contradict(self, _wire: Wire, taken: Taken) -> None:
        self._say_all(taken)
        if taken.fate == "stored":
            self.far.contradicted.add(taken.message["sendId"])
            errors = [{"identifier": taken.message["tripNumber"], "note": "Driver is not known"}]
            self._say(self.far.word(taken.message, "DATA_ERROR", errors=errors), 2.0)

    def _garbage(self, _wire: Wire, taken: Taken) -> None:
        self._say(self._dice.random.choice(GARBAGE))
        self._say_all(taken)

    def _late_customs(self, _wire: Wire, taken: Taken) -> None:
        customs, taken.customs = taken.customs, []
        self._say_all(taken)
        for answer in customs:
            self._say(answer, self._dice.between(300.0, 3000.0))

    def _early_customs(self, _wire: Wire, taken: Taken) -> None:
        for answer in taken.customs:
            self._say(answer)
        taken.customs = []
        self._say_all(taken, 2.0)

    def _silence(self, _wire: Wire, taken: Taken) -> None:
        for answer in taken.customs:
            self._say(answer, 30.0)


_LOST = frozenset(
    {
        *(F.ACK_LOST_NOT_IMPORTED, F.CUT_AFTER_K_BYTES, F.SERVER_RESTART, F.SERVER_BUSY, F.HALF_OPEN),
        *(F.ACK_UNKNOWN_SEND_ID, F.ACK_WRONG_COMPANY, F.ACK_OF_ANOTHER_TRIP),
    }
)
_PLAYERS: dict[Fault, Callable[[Post, Wire, Taken], None]] = {
    F.ACK_LOST_IMPORTED: Post._silence,
    F.ACK_AFTER_TIMEOUT: Post._after_timeout,
    F.ACK_AFTER_RECONNECT: Post._after_reconnect,
    F.ACK_AFTER_RESTART: Post._after_restart,
    F.CUT_AFTER_ALL_BYTES: Post._then_cut,
    F.ACK_TWICE: Post._twice,
    F.ACK_REORDERED: Post._reordered,
    F.ACK_WITHOUT_SEND_ID: Post._without_send_id,
    F.ACK_NAMELESS: Post._nameless,
    F.QUEUED_THEN_IMPORTED: Post._queued_first,
    F.QUEUED_THEN_SILENCE: Post._queued_only,
    F.QUEUED_WITHOUT_SEND_ID: Post._queued_bare,
    F.UNKNOWN_STATUS: Post._unknown,
    F.CONTRADICTION: Post._contradict,
    F.GARBAGE: Post._garbage,
    F.LATE_CUSTOMS: Post._late_customs,
    F.EARLY_CUSTOMS: Post._early_customs,
}


def _bare(answer: Answer) -> Answer:
    return {name: value for name, value in answer.items() if name != "sendId"}
