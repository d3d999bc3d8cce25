"""The screens of this release, in the order of the rail."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """A screen; the value names its icon and its text `window.place.VALUE`."""

    CROSSINGS = "crossings"
    TRIPS = "trips"
    SHIPMENTS = "shipments"
    DRIVERS = "drivers"
    EQUIPMENT = "equipment"
    PARTNERS = "partners"
    INBOX = "inbox"
    SETTINGS = "settings"


GROUP_STARTS = frozenset({Place.DRIVERS, Place.INBOX})
"""Places with a line above them."""

SETTINGS_SECTIONS = (
    "companies",
    "appearance",
    "editing",
    "notices",
    "printing",
    "intake",
    "backups",
    "practice",
    "about",
)
"""Sections of the settings in their order; each is called `window.settings.NAME`."""
