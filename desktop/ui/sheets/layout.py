"""Chooses the layout of a sheet by its kind."""

from __future__ import annotations

from desktop import texts
from desktop.errors import Bug
from desktop.printing.cover import CoverSheet, LeadSheet
from desktop.printing.label import LabelSheet
from desktop.printing.listing import ShipmentList
from desktop.printing.record import ContingencySheet, EvidenceFile
from desktop.printing.sheet import Paper, Sheet
from desktop.printing.summary import TripSheet
from desktop.ui.sheets import cover, label, listing, record, summary
from desktop.ui.sheets.ink import Ink


def lay_out(sheet: Sheet, paper: Paper, dots_per_inch: int) -> list[list[Ink]]:
    """Return what stands on each page of a sheet, in dots of a device, in the sheet's own language.

    Raises:
        Bug: there is no layout for such a sheet.
    """
    with texts.speaking(sheet.language):
        match sheet:
            case CoverSheet():
                return cover.lay_out_cover(sheet, paper, dots_per_inch)
            case LeadSheet():
                return cover.lay_out_lead(sheet, paper, dots_per_inch)
            case ShipmentList():
                return listing.lay_out(sheet, paper, dots_per_inch)
            case ContingencySheet():
                return record.lay_out_contingency(sheet, paper, dots_per_inch)
            case EvidenceFile():
                return record.lay_out_evidence(sheet, paper, dots_per_inch)
            case LabelSheet():
                return label.lay_out(sheet, paper, dots_per_inch)
            case TripSheet():
                return summary.lay_out(sheet, paper, dots_per_inch)
            case _:
                raise Bug(f"no layout for a sheet of kind {sheet.kind}")
