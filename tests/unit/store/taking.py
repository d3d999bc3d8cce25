"""Takes numbers from a range again and again, killed at each of its statements in turn.

Run as a program: `taking.py FOLDER`. Prints each number once a caller held it; ends when one life took all it wanted.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from desktop.clock import SystemClock
from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import Series
from desktop.store import open_store
from desktop.store.company import CompanyFields
from desktop.store.number_range import NewRange

CLOCK = SystemClock()


async def prepare(folder: Path) -> str:
    """Make a company with a range, and return its id."""
    store = open_store(folder, kind="practice", clock=CLOCK)
    company = await store.companies.add(CompanyFields("Sample Carrier"), is_practice=True)
    await store.number_ranges.add(NewRange(company.id, Regime.ACI, "control", Series("1234PARS", "", 6, 1, 99999)))
    await store.close()
    return company.id


async def life(folder: Path, company: str, deaths: int) -> None:
    """Take three times two numbers; die before statement number `deaths`."""
    store = open_store(folder, kind="practice", clock=CLOCK)
    left = deaths

    def count(_sql: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    await store._writer.bare(lambda db: db.set_trace_callback(count))
    for _ in range(3):
        for number in await store.number_ranges.take(company, Regime.ACI, "control", count=2):
            os.write(1, number.encode() + b"\n")
    await store.close()


def main(folder: Path) -> None:
    """Die at each statement in turn."""
    company = asyncio.run(prepare(folder))
    deaths = 0
    while True:
        deaths += 1
        child = os.fork()
        if child == 0:
            asyncio.run(life(folder, company, deaths))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            break
    os.write(1, f"lives {deaths}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
