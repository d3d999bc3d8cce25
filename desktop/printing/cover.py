"""The two sheets an officer is handed: CBP's cover sheet and CBSA's lead sheet (domain 7.1, 7.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.documents import JSON
from desktop.printing.qr import QrCode, QrFault, QrLayout, trip_qr
from desktop.printing.sheet import SheetKind
from desktop.printing.summary import TripSheet, grown


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSheet(TripSheet):
    """What CBP asks for, and nothing that could be mistaken for it: no bars but the trip number's.

    Attributes:
        has_list: whether the shipments stand on it, in small type.
        qr: the QR code; None where it is not wanted or the trip does not fit into it.
        no_qr: why it was wanted and is not there.
    """

    kind: ClassVar[SheetKind] = SheetKind.ACE_COVER

    has_list: bool
    qr: QrCode | None = None
    no_qr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadSheet(TripSheet):
    """What CBSA scans and stamps.

    Attributes:
        is_by_hand: the cargo control numbers are bar-coded and the trip number (CRN) is written by hand.
    """

    kind: ClassVar[SheetKind] = SheetKind.ACI_LEAD

    is_by_hand: bool = False


def cover_sheet(
    summary: TripSheet, document: Mapping[str, JSON], *, has_list: bool = True, layout: QrLayout | None = None
) -> CoverSheet:
    """Return the cover sheet of a trip.

    Args:
        summary: its driver's sheet.
        document: the trip as transmitted.
        has_list: whether the shipments stand on it.
        layout: of the QR code; None for none.
    """
    qr, no_qr = None, ""
    if layout is not None:
        try:
            qr = trip_qr(document, layout)
        except QrFault as fault:
            no_qr = str(fault)
    return grown(CoverSheet, summary, has_list=has_list, qr=qr, no_qr=no_qr)
