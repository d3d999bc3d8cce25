"""The faults of the simulation, how often each happened, and the chance that chooses them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum


class Fault(StrEnum):
    """Everything that goes wrong; the numbers are rows of the fault matrix (reliability 5)."""

    ACK_LOST_IMPORTED = "10 answer lost, imported"
    ACK_LOST_NOT_IMPORTED = "10 answer lost, not imported"
    ACK_AFTER_TIMEOUT = "11 answer after the time limit"
    ACK_AFTER_RECONNECT = "11 answer after a reconnect"
    ACK_AFTER_RESTART = "11 answer after a restart of the program"
    CUT_BEFORE_WRITE = "9 cut before the first byte"
    CUT_AFTER_K_BYTES = "9 cut after some bytes"
    CUT_AFTER_ALL_BYTES = "9 cut after all bytes"
    ACK_TWICE = "13 answer twice"
    ACK_REORDERED = "13 answers in another order"
    ACK_OF_ANOTHER_TRIP = "12 answer for another trip"
    ACK_UNKNOWN_SEND_ID = "12 answer with an unknown sendId"
    ACK_WITHOUT_SEND_ID = "12 answer without sendId"
    ACK_NAMELESS = "12 answer that names nothing"
    ACK_WRONG_COMPANY = "12 answer with a wrong companyKey"
    QUEUED_THEN_IMPORTED = "10 QUEUED, then the outcome"
    QUEUED_THEN_SILENCE = "10 QUEUED, then nothing"
    QUEUED_WITHOUT_SEND_ID = "12 QUEUED without sendId, then the outcome"
    UNKNOWN_STATUS = "19 unknown status"
    REFUSED = "10 refused"
    WITH_ERRORS = "10 imported with errors"
    CONTRADICTION = "13 imported, then refused"
    GARBAGE = "18 garbage between the answers"
    HALF_OPEN = "8 half-open socket"
    SERVER_RESTART = "7 server restart"
    SERVER_BUSY = "7 server busy (429, 503)"
    KILL_BEFORE_COMMIT = "1 killed before a commit"
    KILL_AFTER_COMMIT = "1 killed after a commit"
    KILL_WHILE_WRITING = "1 killed while bytes go out"
    DISK_FULL = "4 disk full"
    CLOCK_JUMP = "6 clock set by hours"
    SLEEP = "6 computer slept for hours"
    LATE_CUSTOMS = "11 late answer of customs"
    EARLY_CUSTOMS = "13 customs before the gateway"
    EDITED_MEANWHILE = "1 edited while on its way"
    DECIDED = "10 the user decides a doubt"
    TAKEN_BACK = "1 taken back while on its way"
    RESTORED_COPY = "21 restored copy"
    STOPPED = "7 stopped and started in order"


class Dice:
    """Chance from one seed, and the count of what it brought.

    Attributes:
        histogram: how often each fault happened.
    """

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.histogram: Counter[Fault] = Counter()

    def happens(self, chance: float) -> bool:
        """Tell whether something of this probability happens."""
        return self.random.random() < chance

    def between(self, low: float, high: float) -> float:
        """Return a number between two."""
        return low + (high - low) * self.random.random()

    def note(self, fault: Fault) -> None:
        """Count a fault that has really happened."""
        self.histogram[fault] += 1


def table(histogram: Counter[Fault], uploads: int, faults: Iterable[Fault] = Fault) -> str:
    """Return the histogram as lines to print."""
    lines = [f"{histogram[fault]:>9}  {fault}" for fault in faults]
    total = sum(histogram.values())
    return "\n".join([*lines, f"{total:>9}  in all: {total / max(uploads, 1):.2f} for each of {uploads} uploads"])
