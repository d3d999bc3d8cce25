"""Ties the field boxes of a page to a session: field name and positions in, JSON Pointer of the regime out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.documents import JSON, Missing
from desktop.domain.fields import Field, Kind, by_name, path_for
from desktop.domain.lifecycle import Regime
from desktop.texts import text
from desktop.ui.binding.choice import Choice, CrossingSource, Source, code_source
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.binding.session import Editing, put_value

_PORTS = {"us_port": Regime.ACE, "ca_port": Regime.ACI, "shipment_ca_port": Regime.ACI, "release_office": Regime.ACI}


class Surroundings(Protocol):
    """What fields need besides the document: the wall clock at the port and the sources of named pickers."""

    def now(self) -> datetime:
        """Return the wall time at the trip's port."""
        ...

    def zone(self) -> str:
        """Return the short name of that clock's zone, or nothing where it is not known."""
        ...

    def source(self, name: str) -> Source:
        """Return the choices of a picker named in a form (`driver`, `unit` ...)."""
        ...


class Place(NamedTuple):
    """A field box and where it points now."""

    box: FieldBox
    field: Field


class Binder(QObject):
    """Every field box below one widget, tied to one place in a document.

    Args:
        root: the widget whose field boxes are tied.
        session: the document.
        surroundings: clock and named sources.
        base: pointer template that stands for the session's root (a library record: `/drivers/*`); empty for a trip.
        either: take a field's other path where the regime has none (library records serve both).
        group: what a screen reader says before each label.

    Signals:
        edited: a field box wrote to the document.
        chosen: box and `Choice` with something behind it.
    """

    edited = Signal(object)
    chosen = Signal(object, object)

    def __init__(
        self,
        root: QWidget,
        session: Editing,
        surroundings: Surroundings,
        *,
        base: str = "",
        either: bool = False,
        group: str = "",
        positions: tuple[int, ...] = (),
    ) -> None:
        super().__init__(root)
        self._session = session
        self._base = base
        self._either = either
        self._positions = positions
        self._kept: dict[FieldBox, str] = {}
        self._is_writing = False
        self.places: list[Place] = []
        for box in root.findChildren(FieldBox):
            if box.field is not None:
                continue  # a part's own binder has tied it
            field = by_name(box.objectName())
            source = _source(box, field, surroundings)
            has_zone = field.kind is Kind.DATETIME
            spoken = text(f"editor.group.{box.property('group')}") if box.property("group") else group
            box.dress(
                field,
                source=source,
                now=surroundings.now,
                zone=surroundings.zone if has_zone else None,
                spoken=spoken,
            )
            self.places.append(Place(box, field))
            if self.template(field) is None:
                box.hide()
                continue
            box.edited.connect(self._writer(box))
            box.chosen.connect(self._on_chosen(box))

    def _writer(self, box: FieldBox) -> Callable[[], None]:
        def write() -> None:
            pointer = self.pointer(box)
            if pointer:
                self._is_writing = True
                put_value(self._session, pointer, box.value())
                self._is_writing = False
                self.edited.emit(box)

        return write

    def _on_chosen(self, box: FieldBox) -> Callable[[Choice], None]:
        return lambda choice: self.chosen.emit(box, choice)

    def template(self, field: Field) -> str | None:
        """Return where a field stands below the session's root, as a template; None where it does not."""
        path = path_for(field, self._session.regime)
        if path is None and self._either:
            path = field.ace or field.aci
        if path is None or not (path == self._base or path.startswith(self._base + "/")):
            return None
        return path[len(self._base) :]

    def pointer(self, box: FieldBox) -> str:
        """Return the pointer a box writes to; empty where the regime has no such field."""
        field = box.field
        pointer = self._kept.get(box)
        if pointer is None:
            template = self.template(field) if field is not None else None
            pointer = self._kept[box] = _filled(template, self._positions) if template is not None else ""
        if field is None or not pointer:
            return ""
        if field.also_ace and "/licensePlates/" in pointer and self._session.regime is Regime.ACE:
            parent, _, member = pointer.rpartition("/licensePlates/")
            has_one = not isinstance(self._session.value(f"{parent}/licensePlate"), Missing)
            if has_one and isinstance(self._session.value(f"{parent}/licensePlates"), Missing):
                return f"{parent}/licensePlate/{member.partition('/')[2]}"  # as typed: one plate stays one
        return pointer

    def move_to(self, positions: tuple[int, ...]) -> None:
        """Point the boxes at other rows and show what stands there."""
        if positions != self._positions:
            self._positions = positions
            self._kept.clear()
            for place in self.places:
                place.box.is_checked = False
        self.refresh()

    @property
    def positions(self) -> tuple[int, ...]:
        """The rows the boxes point at."""
        return self._positions

    def refresh(self) -> None:
        """Show the document; boxes that already say the same keep caret and marking."""
        for box, _ in self.places:
            pointer = self.pointer(box)
            if pointer:
                value = self._session.value(pointer)
                box.set_value(value)
                if not isinstance(value, Missing) and not box.hasFocus():
                    box.is_checked = True

    def forget(self) -> None:
        """Show nothing wrong until a field has been left: another row is shown."""
        for box, _ in self.places:
            box.is_checked = False

    def check_all(self) -> None:
        """Show everything that is wrong, also in fields nobody has been in yet."""
        for box, _ in self.places:
            box.check_now()

    def box_at(self, pointer: str) -> FieldBox | None:
        """Return the visible box for a pointer: the box itself, the one around it, else the first one inside."""
        best: FieldBox | None = None
        inside: FieldBox | None = None
        for box, _ in self.places:
            own = self.pointer(box)
            if not own or box.isHidden():
                continue
            if own == pointer:
                return box
            if pointer.startswith(own + "/"):
                best = box
            elif inside is None and own.startswith(pointer + "/"):
                inside = box
        return best or inside

    def value(self, name: str) -> JSON | Missing:
        """Return the value of one of the boxes by field name; MISSING where there is none here."""
        return next(place.box.value() for place in self.places if place.field.name == name)


def _filled(template: str, positions: tuple[int, ...]) -> str:
    parts = template.split("*")
    numbers = [*positions, *([0] * len(parts))]
    return "".join(part + (str(numbers[index]) if index < len(parts) - 1 else "") for index, part in enumerate(parts))


def _source(box: FieldBox, field: Field, surroundings: Surroundings) -> Source | None:
    named = box.property("source")
    if named:
        return surroundings.source(str(named))
    if field.kind is Kind.BOOLEAN or not field.codes:
        return None
    if field.name in _PORTS:
        return CrossingSource(_PORTS[field.name], field.codes)
    return code_source(field.codes)
