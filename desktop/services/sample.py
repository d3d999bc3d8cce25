"""Fills a new practice folder: a fictional carrier with people, equipment, partners and trips."""

from __future__ import annotations

from typing import cast

from desktop.clock import Clock
from desktop.domain.documents import JSONObject
from desktop.domain.lifecycle import Regime
from desktop.domain.number_range import NumberKind, series_of
from desktop.practice import sample
from desktop.services.importing import TRIPS, eta_of
from desktop.services.library import words_of
from desktop.store import Store
from desktop.store.company import CompanyFields
from desktop.store.number_range import NewRange
from desktop.store.records import LibraryKind

PRACTICE_ADDRESS = "ws://127.0.0.1/api/sockets/practice"
"""Where the practice service inside is; its port is known when it runs."""


async def fill_practice(store: Store, clock: Clock) -> None:
    """Add the sample carrier and its data to a practice folder that has no carrier yet."""
    if await store.companies.all():
        return
    said = sample.company()
    company = await store.companies.add(
        CompanyFields(
            name=said["name"],
            scacs=said["scacs"],
            carrier_codes=said["carrierCodes"],
            address=PRACTICE_ADDRESS,
            phone=said["phone"],
        ),
        is_practice=True,
    )
    rows = {
        "driver": sample.drivers(),
        "truck": sample.trucks(),
        "trailer": sample.trailers(),
        "partner": sample.partners(),
    }
    drivers: dict[str, str] = {}
    for kind, items in rows.items():
        for item in items:
            document = cast("JSONObject", item["document"])
            key, title, subtitle = words_of(kind, document)
            saved = await store.library.save(
                cast("LibraryKind", kind),
                document,
                cast("JSONObject", item.get("local", {})),
                key=key,
                title=title,
                subtitle=subtitle,
                company=company.id,
            )
            if kind == "driver":
                drivers[key] = saved.id
    for row in sample.ranges():
        regime, number_kind = Regime(row["regime"]), cast("NumberKind", row["kind"])
        series = series_of(regime, number_kind, row["first"], row["last"])
        driver = drivers[row["driver"]] if "driver" in row else ""
        await store.number_ranges.add(NewRange(company.id, regime, number_kind, series, driver))
    for trip in sample.sample_trips(clock.now()):
        document = cast("JSONObject", trip)
        regime = TRIPS[str(document["data"])]
        await store.trips.add(regime, document, company=company.id, eta_utc=eta_of(regime, document))
