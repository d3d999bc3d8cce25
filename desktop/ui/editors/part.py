"""The rows of a trip that may come more than once: trailers, plates, containers, people, documents, parties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.domain.documents import MISSING, Missing
from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui import theme
from desktop.ui.binding.binder import Binder, Surroundings
from desktop.ui.binding.session import Editing
from desktop.ui.editors.nature import nature_of
from desktop.ui.editors.node import Part, RowList, set_heading, set_up
from desktop.ui.forms.ui_container_part import Ui_ContainerPart
from desktop.ui.forms.ui_delivery_part import Ui_DeliveryPart
from desktop.ui.forms.ui_driver_document_part import Ui_DriverDocumentPart
from desktop.ui.forms.ui_driver_part import Ui_DriverPart
from desktop.ui.forms.ui_notify_part import Ui_NotifyPart
from desktop.ui.forms.ui_passenger_document_part import Ui_PassengerDocumentPart
from desktop.ui.forms.ui_passenger_part import Ui_PassengerPart
from desktop.ui.forms.ui_third_party_part import Ui_ThirdPartyPart
from desktop.ui.forms.ui_trailer_part import Ui_TrailerPart
from desktop.ui.forms.ui_trailer_plate_part import Ui_TrailerPlatePart
from desktop.ui.forms.ui_truck_plate_part import Ui_TruckPlatePart


class FormPart(Part):
    """A part made of one form.

    Args:
        ui: the form, not yet set up.
        session: the document.
        surroundings: clock and pickers.
        positions: where it stands.
        base: pointer template the session's root stands for.
        group: catalogue key below `editor.group` that a screen reader says before labels.
    """

    def __init__(
        self,
        ui: Any,
        session: Editing,
        surroundings: Surroundings,
        positions: tuple[int, ...],
        *,
        base: str = "",
        group: str = "",
    ) -> None:
        super().__init__()
        self.ui = ui
        self.session = session
        self.surroundings = surroundings
        set_up(ui, self)
        self._base = base
        self._spoken = text(f"editor.group.{group}") if group else ""
        binder = Binder(
            self, session, surroundings, base=base, either=bool(base), group=self._spoken, positions=positions
        )
        self.binders.append(binder)
        for name, section in vars(ui).items():
            if name.endswith("_fields"):
                self.lay_columns(section)
        ui.remove_button.setText(text("editor.action.remove"))
        edges = ui.part_head.contentsMargins()
        edges.setTop(theme.STEP_8)
        ui.part_head.setContentsMargins(edges)

    @property
    def binder(self) -> Binder:
        """The fields of the row itself."""
        return self.binders[0]

    def set_title(self, title: str) -> None:
        """Write the heading; the button that takes the row out names it too."""
        set_heading(self.ui.part_heading, title, "strong", is_apart=False)
        self.ui.remove_button.setAccessibleName(text("editor.action.remove_named", name=title))


class TrailerPart(FormPart):
    """One trailer, with a second plate where ACE allows it."""

    def __init__(self, session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> None:
        super().__init__(Ui_TrailerPart(), session, surroundings, positions, group="trailer")
        self.plates = plate_rows(self.ui.plates_rows.layout(), session, surroundings, "/trailers/*")
        self.lists.append(self.plates)
        self.ui.add_plate.setText(text("editor.action.add_plate"))
        self.ui.add_plate.clicked.connect(self.plates.add_empty)
        self.ui.remove_button.show()

    def arrange(self) -> None:
        """Offer a second plate only where there is a first and the list is the shape in use."""
        self.ui.add_plate.setVisible(may_add_plate(self.session, self.plates))


def plate_rows(column: Any, session: Editing, surroundings: Surroundings, unit: str, *, base: str = "") -> RowList:
    """Return the list of a unit's plates after the first."""
    form = Ui_TrailerPlatePart if unit.startswith("/trailers") else Ui_TruckPlatePart
    pointer = f"{unit[len(base) :]}/licensePlates"

    def make(positions: tuple[int, ...]) -> Part:
        part = FormPart(form(), session, surroundings, positions, base=base, group="plate")
        part.ui.remove_button.clicked.connect(lambda: rows.remove(part))
        return part

    def template() -> str:
        return pointer if session.regime is Regime.ACE or base else ""

    rows = RowList(column, session, template, make, title="editor.part.plate", first=1)
    return rows


def may_add_plate(session: Editing, rows: RowList) -> bool:
    """Whether a second plate can be added: ACE takes two, and a plate written alone stays alone."""
    single = rows.pointer.removesuffix("s")
    return bool(rows.pointer) and rows.count == 1 and isinstance(session.value(single), Missing)


class PersonPart(FormPart):
    """A driver or passenger with travel documents."""

    def __init__(self, who: str, session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> None:
        ui = Ui_DriverPart() if who == "driver" else Ui_PassengerPart()
        super().__init__(ui, session, surroundings, positions, group=who)
        self.documents = document_rows(who, self.ui.documents_rows.layout(), session, surroundings)
        self.lists.append(self.documents)
        self.ui.add_document.setText(text("editor.action.add_document"))
        self.ui.add_document.clicked.connect(self.documents.add_empty)


class DriverPart(PersonPart):
    """A driver; the address in the USA is asked for on trips without shipments."""

    def __init__(self, session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> None:
        super().__init__("driver", session, surroundings, positions)
        self._wants_address = False
        set_heading(self.ui.us_address_section_heading, text("fields.driver_us_address"), "strong")
        self.ui.add_us_address.setText(text("editor.action.add_us_address"))
        self.ui.add_us_address.clicked.connect(self._on_add_us_address_clicked)

    def _on_add_us_address_clicked(self) -> None:
        self._wants_address = True
        self.arrange()
        box = self.binder.box_at(f"/drivers/{self.positions()[0]}/usAddress")
        if box is not None:
            box.setFocus()

    def arrange(self) -> None:
        """Show the address on trips that carry nothing, or where it was asked for; it goes out on such trips only."""
        is_ace = self.session.regime is Regime.ACE
        is_loaded = bool(self.session.value("/shipments"))
        has_address = self.session.value(f"/drivers/{self.positions()[0]}/usAddress") is not MISSING
        is_shown = self._wants_address or (not is_loaded and (has_address or bool(nature_of(self.session))))
        self.ui.us_address_part.setVisible(is_ace and is_shown)
        self.ui.add_us_address.setVisible(is_ace and not is_shown)


def document_rows(who: str, column: Any, session: Editing, surroundings: Surroundings, *, base: str = "") -> RowList:
    """Return the list of a person's travel documents."""
    form = Ui_DriverDocumentPart if who == "driver" else Ui_PassengerDocumentPart
    pointer = f"/{who}s/*/travelDocuments"[len(base) :]

    def make(positions: tuple[int, ...]) -> Part:
        part = FormPart(form(), session, surroundings, positions, base=base, group="document")
        part.ui.remove_button.clicked.connect(lambda: rows.remove(part))
        return part

    rows = RowList(column, session, lambda: pointer, make, title="editor.part.document")
    return rows


Maker = Callable[[Editing, Surroundings, tuple[int, ...]], FormPart]


def container_part(session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> FormPart:
    """Return a container's part."""
    return FormPart(Ui_ContainerPart(), session, surroundings, positions, group="container")


def passenger_part(session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> FormPart:
    """Return a passenger's part."""
    return PersonPart("passenger", session, surroundings, positions)


def delivery_part(session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> FormPart:
    """Return a delivery destination's part."""
    return FormPart(Ui_DeliveryPart(), session, surroundings, positions)


def notify_part(session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> FormPart:
    """Return a party to notify."""
    return FormPart(Ui_NotifyPart(), session, surroundings, positions)


def third_party_part(session: Editing, surroundings: Surroundings, positions: tuple[int, ...]) -> FormPart:
    """Return a third party's part."""
    return FormPart(Ui_ThirdPartyPart(), session, surroundings, positions)


def rows_of(
    column: Any,
    session: Editing,
    surroundings: Surroundings,
    pointer: str,
    make: Maker,
    *,
    title: str,
    minimum: int = 0,
    applies: bool = True,
) -> RowList:
    """Return a list of parts whose remove buttons work."""

    def made(positions: tuple[int, ...]) -> Part:
        part = make(session, surroundings, positions)
        part.ui.remove_button.clicked.connect(lambda: rows.remove(part))
        return part

    rows = RowList(column, session, lambda: pointer if applies else "", made, title=title, minimum=minimum)
    return rows
