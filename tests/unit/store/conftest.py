"""A store in a fresh folder, and the rows most tests begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fakes.clock import ManualClock

from desktop.domain.lifecycle import Category, Regime
from desktop.store import Store, open_store
from desktop.store.company import CompanyFields
from desktop.store.records import Company, NewFrame, NewInboxItem, NewOutboxRow


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def open_at(tmp_path: Path, clock: ManualClock) -> Iterator[Callable[..., Store]]:
    """Open stores that are closed after the test, whatever becomes of it."""
    opened: list[Store] = []

    def opening(folder: Path | None = None, *, kind=None, read_only: bool = False) -> Store:
        store = open_store(folder or tmp_path / "data", kind=kind, clock=clock, read_only=read_only)
        opened.append(store)
        return store

    yield opening
    for store in opened:
        store.close_now()


@pytest.fixture
def store(open_at) -> Store:
    return open_at()


@pytest.fixture
def company(store: Store, run) -> Company:
    return run(store.companies.add(CompanyFields("Sample Carrier", scacs=("SMPL",)), is_practice=True))


def upload(send_id: str, *, regime: Regime = Regime.ACE, number: str = "SMPL0001", **more) -> NewOutboxRow:
    """One step that uploads a trip."""
    values = {"kind": "upload", "data": f"{regime}_TRIP", "operation": "CREATE", "payload": send_id.encode()}
    return NewOutboxRow(regime=regime, number=number, send_id=send_id, **(values | more))


def frame(company: Company, moment: datetime, body: bytes = b"{}") -> NewFrame:
    """A frame of that company."""
    return NewFrame(company.id, "first", moment, body)


def item(frame_id: int, company: Company, moment: datetime, *, digest: str | None = None, **more) -> NewInboxItem:
    """What such a frame was understood as."""
    values = {
        "kind": "ACE_RESPONSE",
        "category": Category.ACCEPTED,
        "regime": Regime.ACE,
        "title": "Accepted",
        "text": "On file with CBP",
        "sign": "check",
        "trip_number": "SMPL0001",
    }
    return NewInboxItem(
        frame=frame_id, company=company.id, received_at=moment, digest=digest or f"digest {frame_id}", **(values | more)
    )
