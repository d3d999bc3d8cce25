"""The side panel: how many problems stop the send, the list of all, and the way through them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.texts import text
from desktop.ui import sign as signs
from desktop.ui import theme
from desktop.ui.binding.columns import at_this_size
from desktop.ui.editors.problem import Group, Problem
from desktop.ui.editors.problem_list import PROBLEM_ROLE, ProblemDelegate, ProblemModel
from desktop.ui.forms.ui_trip_editor import Ui_TripEditor
from desktop.ui.pieces import on_key, set_tone

PANEL_WIDTH = 324
_NOTE_FROM = 420


class ProblemPanel(QObject):
    """Drives the side panel of the editor's form.

    Signals:
        problem_chosen: a `Problem` whose field is wanted.
        mend_chosen: a `Problem` whose offered value is to be taken over.
    """

    problem_chosen = Signal(object)
    mend_chosen = Signal(object)

    def __init__(self, ui: Ui_TripEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self._last: Problem | None = None
        self._has_note = False
        self.model = ProblemModel(self)
        view: QListView = ui.problems
        view.setModel(self.model)
        delegate = ProblemDelegate(view)
        delegate.mend_clicked.connect(self.mend_chosen)
        view.setItemDelegate(delegate)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(text("editor.problems.name"))
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.clicked.connect(self._on_view_chosen)
        view.activated.connect(self._on_view_chosen)
        on_key(view, "Alt+Return", self._on_mend_key, only_with_focus=True)
        view.viewport().setBackgroundRole(QPalette.ColorRole.AlternateBase)
        ui.side.setFixedWidth(at_this_size(PANEL_WIDTH))
        ui.verdict_word.setFont(theme.font("heading"))
        ui.verdict_detail.setFont(theme.font("caption"))
        ui.verdict_detail.setWordWrap(True)
        ui.verdict_key.setText("F8")
        ui.verdict_key.setFont(theme.font("caption"))
        ui.verdict_key.setFixedHeight(theme.fitted(20, "caption", 4))
        ui.verdict_key.setToolTip(text("editor.problems.key"))
        ui.verdict_sign.setFixedSize(26, 26)
        ui.side_note.setFont(theme.font("caption"))
        ui.side_note.setContentsMargins(14, 8, 14, 8)
        ui.side_note.setText(text("editor.problems.note"))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, the gravest first."""
        return self.model.problems

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """What stops a send: what must be fixed. What was said by customs about an earlier send does not."""
        return tuple(p for p in self.problems if p.group is Group.MUST and not p.is_server)

    def show(self, problems: tuple[Problem, ...]) -> None:
        """Show the problems; the current line stays where it is."""
        current = self._ui.problems.currentIndex().data(PROBLEM_ROLE)
        self.model.show(problems)
        if isinstance(current, Problem) and current in problems:
            self._ui.problems.setCurrentIndex(self.model.index(self.model.row_of(current), 0))
        counts = {group: sum(problem.group is group for problem in problems) for group in Group}
        stopping = counts[Group.MUST] + counts[Group.GENERAL]
        others = []
        if counts[Group.LOOK]:
            others.append(text("editor.problems.to_look", count=counts[Group.LOOK]))
        if counts[Group.HINTS]:
            others.append(text("editor.problems.to_hint", count=counts[Group.HINTS]))
        if stopping:
            sign, tone, words = signs.Sign.ERROR, "stop", text("editor.problems.fix", count=stopping)
        elif others:
            sign, tone, words = signs.Sign.ASK, "attention", text("editor.problems.look_first")
        else:
            sign, tone, words = signs.Sign.GO, "good", text("editor.problems.none")
        if not counts[Group.LOOK] and not stopping and others:
            sign, tone = signs.Sign.HINT, "slate"
        self._ui.verdict_sign.set_sign(sign, words)
        self._ui.verdict_word.setText(words)
        set_tone(self._ui.verdict_word, tone)
        self._ui.verdict_detail.setText(" · ".join(others))
        self._ui.verdict_detail.setVisible(bool(others))
        self._has_note = bool(counts[Group.LOOK])
        self.fit(self._ui.side.window().height())
        self._ui.problems_button.setText(text("editor.problems.count", count=len(problems)))

    def fit(self, height: int) -> None:
        """Leave the note out where the list needs the room."""
        self._ui.side_note.setVisible(self._has_note and height >= _NOTE_FROM)

    def go(self, by: int) -> None:
        """Go to the next or previous problem from the one visited last."""
        if not self.problems:
            return
        if self._last in self.problems:
            place = (self.problems.index(self._last) + by) % len(self.problems)
        else:
            place = 0 if by > 0 else len(self.problems) - 1
        self.visit(self.problems[place])

    def visit(self, problem: Problem) -> None:
        """Mark a problem as current and ask for its field."""
        self._last = problem
        self._ui.problems.setCurrentIndex(self.model.index(self.model.row_of(problem), 0))
        self.problem_chosen.emit(problem)

    def focus_first(self) -> None:
        """Put the focus on the first line of the list: a send was stopped."""
        for row in range(self.model.rowCount()):
            index = self.model.index(row, 0)
            if isinstance(index.data(PROBLEM_ROLE), Problem):
                self._last = index.data(PROBLEM_ROLE)
                self._ui.problems.setCurrentIndex(index)
                self._ui.problems.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _on_view_chosen(self, index: QModelIndex) -> None:
        problem = index.data(PROBLEM_ROLE)
        if isinstance(problem, Problem):
            self.visit(problem)

    def _on_mend_key(self) -> None:
        problem = self._ui.problems.currentIndex().data(PROBLEM_ROLE)
        if isinstance(problem, Problem) and problem.way:
            self.mend_chosen.emit(problem)
