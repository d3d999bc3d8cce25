"""The two sheets an officer is handed: CBP's cover sheet and CBSA's lead sheet (domain 7.1, 7.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from desktop.domain.documents import JSON
from desktop.printing.qr import QrFault, QrLayout, trip_qr
from desktop.printing.sheet import SheetKind
from desktop.printing.summary import TripSheet, grown


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSheet(TripSheet):
    """What CBP asks for, and nothing that could be mistaken for it: no bars but the trip number's.

    Attributes:
        has_list: whether the shipments stand on it, in small type.
    """

    kind: ClassVar[SheetKind] = SheetKind.ACE_COVER

    has_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadSheet(TripSheet):
    """What CBSA scans and stamps.

    Attributes:
        is_by_hand: the cargo control numbers are bar-coded and the trip number (CRN) is written by hand.
    """

    kind: ClassVar[SheetKind] = SheetKind.ACI_LEAD

    is_by_hand: bool = False


def cover_sheet(summary: TripSheet, *, has_list: bool = True) -> CoverSheet:
    """Return the cover sheet of a trip whose driver's sheet is `summary`, with or without the list of shipments."""
    return grown(CoverSheet, summary, has_list=has_list)


def with_qr(summary: TripSheet, document: Mapping[str, JSON], layout: QrLayout) -> TripSheet:
    """Return the driver's sheet with the QR code of the trip as transmitted, or with why it has none."""
    try:
        return replace(summary, qr=trip_qr(document, layout))
    except QrFault as fault:
        return replace(summary, no_qr=str(fault))
