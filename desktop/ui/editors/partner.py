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


class PartnerEditor(RecordEditor):
    """A partner: name, address, telephone, and the parts it plays."""

    def __init__(self, desk: Desk, session: RecordSession, parent: QWidget | None = None) -> None:
        super().__init__(desk, session, Ui_PartnerEditor(), parent)
        set_heading(self.ui.roles_section_heading, text("library.roles"), "strong")
        self._roles: dict[str, QCheckBox] = {
            "shipper": self.ui.role_shipper,
            "consignee": self.ui.role_consignee,
            "broker": self.ui.role_broker,
        }
        known = session.local.get("roles")
        for name, box in self._roles.items():
            box.setText(text(f"library.role.{name}"))
            box.setChecked(isinstance(known, list) and name in known)
            box.clicked.connect(self._on_role_clicked)
        self.begin()

    def _on_role_clicked(self) -> None:
        roles: list[JSON] = [name for name, box in self._roles.items() if box.isChecked()]
        self.session.set_local("roles", roles)
