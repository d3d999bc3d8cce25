"""Which editor a kind of record has."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.expiry import not_good_on
from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui.desk import Desk
from desktop.ui.editors.driver import DriverEditor
from desktop.ui.editors.fitness_button import FitnessReason
from desktop.ui.editors.partner import PartnerEditor
from desktop.ui.editors.problem import nearest
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_editor import PAPER, RecordEditor
from desktop.ui.editors.record_list import paper_name
from desktop.ui.editors.trailer import TrailerEditor
from desktop.ui.editors.truck import TruckEditor
from desktop.ui.sign import Sign
from desktop.validation import sentence


def editor_of(desk: Desk, session: RecordSession, parent: QWidget | None = None) -> RecordEditor:
    """Return the editor of a record."""
    match session.kind:
        case "driver":
            return DriverEditor(desk, session, parent)
        case "truck":
            return TruckEditor(desk, session, parent)
        case "trailer":
            return TrailerEditor(desk, session, parent)
        case _:
            return PartnerEditor(desk, session, parent)


def fitness(session: RecordSession) -> tuple[Sign, str]:
    """Return whether a trip could take the record as it is, as a sign and in words."""
    expired = session.expired()
    if expired:
        return Sign.ASK, text("library.fit.expired", day=expired[0].isoformat())
    ace, aci = session.unfit[Regime.ACE], session.unfit[Regime.ACI]
    if not ace and not aci:
        return Sign.GO, text("library.fit.both")
    if ace and aci:
        return Sign.ERROR, text("library.fit.none", count=max(ace, aci))
    missing = text("library.fit.for_aci" if ace else "library.fit.for_ace", count=ace or aci)
    return Sign.ASK, missing


def faults_of(session: RecordSession, regime: Regime, editor: RecordEditor) -> list[FitnessReason]:
    """Return what stops the record in a regime, each with the field of the editor it is about."""
    boxes = dict(editor.boxes())
    made = []
    for issue in session.reasons[regime]:
        pointer = nearest(issue.path, boxes)
        field = boxes[pointer].field if pointer is not None else None
        place = text(f"fields.{field.name}") if field is not None else text(f"library.record.{session.kind}")
        made.append(FitnessReason(place, sentence(issue), issue.path))
    return made


def papers_run_out(session: RecordSession, today: date) -> list[FitnessReason]:
    """Return the papers of a record that are no longer good today."""
    return [
        FitnessReason(
            paper_name(paper.what), text("library.paper.renew", day=paper.day.isoformat()), PAPER + paper.what
        )
        for paper in not_good_on(session.local, today)
    ]
