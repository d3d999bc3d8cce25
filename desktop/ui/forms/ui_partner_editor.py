# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'partner_editor.ui'
##
## Created by: Qt User Interface Compiler version 6.11.3
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QCheckBox, QFrame, QGridLayout,
    QHBoxLayout, QLabel, QScrollArea, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

from desktop.ui.binding.field_box import FieldBox

class Ui_PartnerEditor(object):
    def setupUi(self, PartnerEditor):
        if not PartnerEditor.objectName():
            PartnerEditor.setObjectName(u"PartnerEditor")
        PartnerEditor.resize(760, 600)
        self.page_column = QVBoxLayout(PartnerEditor)
        self.page_column.setSpacing(0)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(0, 0, 0, 0)
        self.record_scroll = QScrollArea(PartnerEditor)
        self.record_scroll.setObjectName(u"record_scroll")
        self.record_scroll.setWidgetResizable(True)
        self.record_scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.record_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.record_scroll_content = QWidget()
        self.record_scroll_content.setObjectName(u"record_scroll_content")
        self.record_scroll_column = QVBoxLayout(self.record_scroll_content)
        self.record_scroll_column.setSpacing(0)
        self.record_scroll_column.setObjectName(u"record_scroll_column")
        self.record_scroll_column.setContentsMargins(14, 12, 14, 16)
        self.record_section_head = QHBoxLayout()
        self.record_section_head.setSpacing(8)
        self.record_section_head.setObjectName(u"record_section_head")
        self.record_section_head.setContentsMargins(2, 4, 2, 4)
        self.record_section_heading = QLabel(self.record_scroll_content)
        self.record_section_heading.setObjectName(u"record_section_heading")

        self.record_section_head.addWidget(self.record_section_heading)

        self.record_section_summary = QLabel(self.record_scroll_content)
        self.record_section_summary.setObjectName(u"record_section_summary")

        self.record_section_head.addWidget(self.record_section_summary)

        self.record_section_head.setStretch(1, 1)

        self.record_scroll_column.addLayout(self.record_section_head)

        self.record_fields = QWidget(self.record_scroll_content)
        self.record_fields.setObjectName(u"record_fields")
        self.record_fields_grid = QGridLayout(self.record_fields)
        self.record_fields_grid.setObjectName(u"record_fields_grid")
        self.record_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.shipper_name = FieldBox(self.record_fields)
        self.shipper_name.setObjectName(u"shipper_name")

        self.record_fields_grid.addWidget(self.shipper_name, 0, 0, 1, 6)

        self.shipper_phone = FieldBox(self.record_fields)
        self.shipper_phone.setObjectName(u"shipper_phone")

        self.record_fields_grid.addWidget(self.shipper_phone, 0, 6, 1, 6)

        self.shipper_address_line = FieldBox(self.record_fields)
        self.shipper_address_line.setObjectName(u"shipper_address_line")

        self.record_fields_grid.addWidget(self.shipper_address_line, 1, 0, 1, 12)

        self.shipper_address_city = FieldBox(self.record_fields)
        self.shipper_address_city.setObjectName(u"shipper_address_city")

        self.record_fields_grid.addWidget(self.shipper_address_city, 2, 0, 1, 4)

        self.shipper_address_state = FieldBox(self.record_fields)
        self.shipper_address_state.setObjectName(u"shipper_address_state")

        self.record_fields_grid.addWidget(self.shipper_address_state, 2, 4, 1, 4)

        self.shipper_address_postal_code = FieldBox(self.record_fields)
        self.shipper_address_postal_code.setObjectName(u"shipper_address_postal_code")

        self.record_fields_grid.addWidget(self.shipper_address_postal_code, 2, 8, 1, 4)

        self.shipper_address_country = FieldBox(self.record_fields)
        self.shipper_address_country.setObjectName(u"shipper_address_country")

        self.record_fields_grid.addWidget(self.shipper_address_country, 3, 0, 1, 4)


        self.record_scroll_column.addWidget(self.record_fields)

        self.facts_rows = QWidget(self.record_scroll_content)
        self.facts_rows.setObjectName(u"facts_rows")
        self.facts_column = QVBoxLayout(self.facts_rows)
        self.facts_column.setObjectName(u"facts_column")
        self.facts_column.setContentsMargins(0, 0, 0, 0)

        self.record_scroll_column.addWidget(self.facts_rows)

        self.roles_section_head = QHBoxLayout()
        self.roles_section_head.setSpacing(8)
        self.roles_section_head.setObjectName(u"roles_section_head")
        self.roles_section_head.setContentsMargins(2, 2, 2, 0)
        self.roles_section_heading = QLabel(self.record_scroll_content)
        self.roles_section_heading.setObjectName(u"roles_section_heading")

        self.roles_section_head.addWidget(self.roles_section_heading)

        self.roles_section_summary = QLabel(self.record_scroll_content)
        self.roles_section_summary.setObjectName(u"roles_section_summary")

        self.roles_section_head.addWidget(self.roles_section_summary)

        self.roles_section_head.setStretch(1, 1)

        self.record_scroll_column.addLayout(self.roles_section_head)

        self.roles_row = QHBoxLayout()
        self.roles_row.setObjectName(u"roles_row")
        self.role_shipper = QCheckBox(self.record_scroll_content)
        self.role_shipper.setObjectName(u"role_shipper")

        self.roles_row.addWidget(self.role_shipper)

        self.role_consignee = QCheckBox(self.record_scroll_content)
        self.role_consignee.setObjectName(u"role_consignee")

        self.roles_row.addWidget(self.role_consignee)

        self.role_broker = QCheckBox(self.record_scroll_content)
        self.role_broker.setObjectName(u"role_broker")

        self.roles_row.addWidget(self.role_broker)

        self.roles_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.roles_row.addItem(self.roles_space)


        self.record_scroll_column.addLayout(self.roles_row)

        self.record_scroll_end = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.record_scroll_column.addItem(self.record_scroll_end)

        self.record_scroll.setWidget(self.record_scroll_content)

        self.page_column.addWidget(self.record_scroll)


        self.retranslateUi(PartnerEditor)

        QMetaObject.connectSlotsByName(PartnerEditor)
    # setupUi

    def retranslateUi(self, PartnerEditor):
        self.record_section_heading.setProperty(u"token", QCoreApplication.translate("PartnerEditor", u"heading", None))
        self.record_section_summary.setProperty(u"look", QCoreApplication.translate("PartnerEditor", u"quiet", None))
        self.roles_section_heading.setProperty(u"token", QCoreApplication.translate("PartnerEditor", u"strong", None))
        self.roles_section_summary.setProperty(u"look", QCoreApplication.translate("PartnerEditor", u"quiet", None))
        pass
    # retranslateUi

