"""Everything that is wrong with a document, in words, in the order a person mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop import texts
from desktop.domain.documents import JSON, get, is_object, join, split
from desktop.domain.times import parse_wall
from desktop.services.views import ServerError
from desktop.ui.binding import when
from desktop.ui.binding.field_box import FieldBox
from desktop.ui.binding.field_paint import Grade, Remark
from desktop.ui.binding.session import Editing
from desktop.validation import place, sentence
from desktop.validation.checker import OVERRIDABLE
from desktop.validation.issue import Issue, Severity


class Group(StrEnum):
    """A group of the problem list."""

    GENERAL = "general"
    MUST = "must"
    LOOK = "look"
    HINTS = "hints"


GRADES = {Group.GENERAL: Grade.ERROR, Group.MUST: Grade.ERROR, Group.LOOK: Grade.ASK, Group.HINTS: Grade.HINT}
_EQUAL = frozenset({"I08", "I23", "I24"})
"""Rules whose mend makes one field equal to another."""

_GROUPS = {Severity.ERROR: Group.MUST, Severity.WARNING: Group.LOOK, Severity.HINT: Group.HINTS}


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the problem list.

    Attributes:
        path: JSON Pointer it is about; empty for the whole trip.
        group: how serious it is.
        place: where it is in words, from the truck or shipment down to the field.
        text: the sentence, the same as beside the field.
        mend: value that would mend it, offered only.
        way: what a click does about it, in words; empty where nothing is offered.
        override: under what the user may pass it with a reason; empty where he may not.
        is_server: the gateway or customs said it.
    """

    path: str
    group: Group
    place: str
    text: str
    mend: object | None = None
    is_server: bool = False
    way: str = ""
    override: str = ""


class Wording:
    """Makes problems of issues; an issue that says the same about the same row as before keeps its problem."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], tuple[Issue, object, Problem]] = {}

    def problems(self, session: Editing) -> tuple[Problem, ...]:
        """Return what is wrong, the gravest group first and in the order of the document within it."""
        groups: dict[Group, list[Problem]] = {group: [] for group in Group}
        for error in session.server_errors:
            problem = self._of_server(session, error)
            groups[problem.group].append(problem)
        known: dict[tuple[str, str, str], tuple[Issue, object, Problem]] = {}
        rows = _Rows(session.document)
        for issue in session.issues:
            key = issue.path, issue.code, issue.text_key
            row = rows.of(issue.path)
            before = self._known.get(key)
            if before is None or before[1] is not row or (before[0] is not issue and before[0] != issue):
                text = sentence(issue)
                words = place(session.document, issue.path, session.regime)
                way, override = way_of(session, issue)
                problem = Problem(
                    issue.path, _GROUPS[issue.severity], words, text, issue.mend, way=way, override=override
                )
                before = (issue, row, problem)
            known[key] = before
            groups[before[2].group].append(before[2])
        self._known = known
        return tuple(problem for group in groups.values() for problem in group)

    def _of_server(self, session: Editing, error: ServerError) -> Problem:
        group = Group.MUST if error.path else Group.GENERAL
        words = place(session.document, error.path, session.regime)
        return Problem(error.path, group, words, error.text, is_server=True)


class _Rows:
    """What places are named after: a shipment, trailer or driver is called by what stands in it."""

    def __init__(self, document: JSON) -> None:
        self._document = document
        self._found: dict[str, object] = {}

    def of(self, path: str) -> object:
        """Return the row a path leads into; None for a path that leads into none."""
        parts = path.split("/", 3)
        if len(parts) < 3:  # noqa: PLR2004 - the list and the position
            return None
        rows = self._document.get(parts[1]) if is_object(self._document) else None
        if isinstance(rows, list) and parts[2].isdecimal() and int(parts[2]) < len(rows):
            return rows[int(parts[2])]
        whole = f"/{parts[1]}/{parts[2]}"
        if whole not in self._found:
            self._found[whole] = get(self._document, whole)
        return self._found[whole]


def way_of(session: Editing, issue: Issue) -> tuple[str, str]:
    """Return what can be done about an issue in one click, in words, and under what it may be passed with a reason."""
    if issue.code in OVERRIDABLE and issue.severity is Severity.ERROR:
        value = session.value(issue.path)
        return texts.text("trip_editor.override"), f"{value}|{issue.code}" if isinstance(value, str) else ""
    if issue.mend is None:
        return "", ""
    if issue.code in _EQUAL:
        return texts.text("trip_editor.make_equal"), ""
    mend, now = parse_wall(issue.mend), parse_wall(session.value(issue.path))
    if mend is not None and now is not None and mend.date() == now.date():
        return texts.text("editor.problems.mend", value=f"{mend:%H:%M}"), ""
    shown = when.shown_moment(issue.mend) if isinstance(issue.mend, str) else issue.mend
    return texts.text("editor.problems.mend", value=shown), ""


def spread(
    problems: Iterable[Problem], boxes: Mapping[str, FieldBox], on_fix: Callable[[object], None] | None = None
) -> None:
    """Show every problem beside its field: the field itself, the one around it, or the first empty one inside it."""
    remarks: dict[str, list[Remark]] = {pointer: [] for pointer in boxes}
    for problem in problems:
        pointer = nearest(problem.path, boxes)
        if pointer is not None and (
            pointer == problem.path
            or problem.is_server  # refused as a whole: said at its first field, which bears its number or name
            or not _is_inside(pointer, problem.path)
            or boxes[pointer].is_empty
        ):
            remarks[pointer].append(Remark(GRADES[problem.group], problem.text, problem.way, problem))
    for pointer, box in boxes.items():
        box.on_fix = on_fix
        box.set_remarks(tuple(remarks[pointer]))


def nearest(path: str, boxes: Mapping[str, FieldBox]) -> str | None:
    """Return the pointer of the field a path is about; None where no field here has to do with it."""
    if path in boxes:
        return path
    if "/licensePlate" in path:
        path = _plate_here(path, boxes)
    steps = split(path)
    for depth in range(len(steps) - 1, 0, -1):
        around = join(*steps[:depth])
        if around in boxes:
            return around
    shown = (pointer for pointer, box in boxes.items() if _is_inside(pointer, path) and not box.isHidden())
    return next(shown, None) if path else None


def _plate_here(path: str, boxes: Mapping[str, FieldBox]) -> str:
    """A plate stands alone or first in a list; what is said of one shape is shown at the other."""
    before, plate, after = path.partition("/licensePlate")
    one = f"{before}{plate}{after.removeprefix('s/0').removeprefix('s')}"
    many = f"{before}{plate}s/0{after}" if not after.startswith("s") else path
    return next((shape for shape in (path, one, many) if any(_is_inside(box, shape) for box in boxes)), path)


def _is_inside(pointer: str, path: str) -> bool:
    return pointer.startswith(path + "/")
