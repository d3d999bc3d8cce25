"""The editor of a partner: shipper, consignee or broker."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.domain.documents import JSON
from desktop.texts import text
from desktop.ui.desk import Desk
from desktop.ui.editors.node import set_heading
from desktop.ui.editors.record import RecordSession
from desktop.ui.editors.record_editor import RecordEditor
from desktop.ui.forms.ui_partner_editor import Ui_PartnerEditor

FACTS = ("contact", "phone", "email")
"""Local facts of a partner, to be reached by; none of them is sent."""


class PartnerEditor(RecordEditor):
    """A partner: name, address, telephone, and the parts it plays."""

    def __init__(self, desk: Desk, session: RecordSession, parent: QWidget | None = None) -> None:
        super().__init__(desk, session, Ui_PartnerEditor(), parent)
        self.add_facts(self.ui.facts_rows, FACTS)
        set_heading(self.ui.roles_section_heading, text("library.roles"), "strong")
        self._roles: dict[str, QCheckBox] = {
            "shipper": self.ui.role_shipper,
            "consignee": self.ui.role_consignee,
            "broker": self.ui.role_broker,
        }
        for name, box in self._roles.items():
            box.setText(text(f"library.role.{name}"))
            box.clicked.connect(self._on_role_clicked)
        self.begin()

    def refresh(self) -> None:
        """Show the record again."""
        super().refresh()
        known = self.session.local.get("roles")
        for name, box in self._roles.items():
            box.setChecked(isinstance(known, list) and name in known)

    def _on_role_clicked(self) -> None:
        roles: list[JSON] = [name for name, box in self._roles.items() if box.isChecked()]
        self.session.set_local("roles", roles)
