# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'truck_editor.ui'
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
from PySide6.QtWidgets import (QApplication, QFrame, QGridLayout, QHBoxLayout,
    QLabel, QScrollArea, QSizePolicy, QSpacerItem,
    QVBoxLayout, QWidget)

from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.link_button import LinkButton

class Ui_TruckEditor(object):
    def setupUi(self, TruckEditor):
        if not TruckEditor.objectName():
            TruckEditor.setObjectName(u"TruckEditor")
        TruckEditor.resize(760, 600)
        self.page_column = QVBoxLayout(TruckEditor)
        self.page_column.setSpacing(0)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(0, 0, 0, 0)
        self.record_scroll = QScrollArea(TruckEditor)
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
        self.truck_number = FieldBox(self.record_fields)
        self.truck_number.setObjectName(u"truck_number")

        self.record_fields_grid.addWidget(self.truck_number, 0, 0, 1, 3)

        self.truck_vin = FieldBox(self.record_fields)
        self.truck_vin.setObjectName(u"truck_vin")

        self.record_fields_grid.addWidget(self.truck_vin, 0, 3, 1, 3)

        self.truck_type = FieldBox(self.record_fields)
        self.truck_type.setObjectName(u"truck_type")

        self.record_fields_grid.addWidget(self.truck_type, 0, 6, 1, 3)

        self.truck_dot_number = FieldBox(self.record_fields)
        self.truck_dot_number.setObjectName(u"truck_dot_number")

        self.record_fields_grid.addWidget(self.truck_dot_number, 0, 9, 1, 3)

        self.truck_plate_number = FieldBox(self.record_fields)
        self.truck_plate_number.setObjectName(u"truck_plate_number")

        self.record_fields_grid.addWidget(self.truck_plate_number, 1, 0, 1, 3)

        self.truck_plate_state = FieldBox(self.record_fields)
        self.truck_plate_state.setObjectName(u"truck_plate_state")

        self.record_fields_grid.addWidget(self.truck_plate_state, 1, 3, 1, 3)

        self.truck_plate_country = FieldBox(self.record_fields)
        self.truck_plate_country.setObjectName(u"truck_plate_country")

        self.record_fields_grid.addWidget(self.truck_plate_country, 1, 6, 1, 3)


        self.record_scroll_column.addWidget(self.record_fields)

        self.plates_rows = QWidget(self.record_scroll_content)
        self.plates_rows.setObjectName(u"plates_rows")
        self.plates_rows_column = QVBoxLayout(self.plates_rows)
        self.plates_rows_column.setSpacing(0)
        self.plates_rows_column.setObjectName(u"plates_rows_column")
        self.plates_rows_column.setContentsMargins(0, 0, 0, 0)

        self.record_scroll_column.addWidget(self.plates_rows)

        self.record_links = QHBoxLayout()
        self.record_links.setSpacing(4)
        self.record_links.setObjectName(u"record_links")
        self.record_links.setContentsMargins(0, 0, 0, 0)
        self.add_plate = LinkButton(self.record_scroll_content)
        self.add_plate.setObjectName(u"add_plate")

        self.record_links.addWidget(self.add_plate)

        self.record_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.record_links.addItem(self.record_links_space)


        self.record_scroll_column.addLayout(self.record_links)

        self.insurance_section_head = QHBoxLayout()
        self.insurance_section_head.setSpacing(8)
        self.insurance_section_head.setObjectName(u"insurance_section_head")
        self.insurance_section_head.setContentsMargins(2, 2, 2, 0)
        self.insurance_section_heading = QLabel(self.record_scroll_content)
        self.insurance_section_heading.setObjectName(u"insurance_section_heading")

        self.insurance_section_head.addWidget(self.insurance_section_heading)

        self.insurance_section_summary = QLabel(self.record_scroll_content)
        self.insurance_section_summary.setObjectName(u"insurance_section_summary")

        self.insurance_section_head.addWidget(self.insurance_section_summary)

        self.insurance_section_head.setStretch(1, 1)

        self.record_scroll_column.addLayout(self.insurance_section_head)

        self.insurance_fields = QWidget(self.record_scroll_content)
        self.insurance_fields.setObjectName(u"insurance_fields")
        self.insurance_fields_grid = QGridLayout(self.insurance_fields)
        self.insurance_fields_grid.setObjectName(u"insurance_fields_grid")
        self.insurance_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.truck_insurance_company = FieldBox(self.insurance_fields)
        self.truck_insurance_company.setObjectName(u"truck_insurance_company")

        self.insurance_fields_grid.addWidget(self.truck_insurance_company, 0, 0, 1, 3)

        self.truck_insurance_policy = FieldBox(self.insurance_fields)
        self.truck_insurance_policy.setObjectName(u"truck_insurance_policy")

        self.insurance_fields_grid.addWidget(self.truck_insurance_policy, 0, 3, 1, 3)

        self.truck_insurance_date = FieldBox(self.insurance_fields)
        self.truck_insurance_date.setObjectName(u"truck_insurance_date")

        self.insurance_fields_grid.addWidget(self.truck_insurance_date, 0, 6, 1, 2)

        self.truck_insurance_amount = FieldBox(self.insurance_fields)
        self.truck_insurance_amount.setObjectName(u"truck_insurance_amount")

        self.insurance_fields_grid.addWidget(self.truck_insurance_amount, 0, 8, 1, 2)

        self.truck_insurance_currency = FieldBox(self.insurance_fields)
        self.truck_insurance_currency.setObjectName(u"truck_insurance_currency")

        self.insurance_fields_grid.addWidget(self.truck_insurance_currency, 0, 10, 1, 2)


        self.record_scroll_column.addWidget(self.insurance_fields)

        self.expiry_rows = QWidget(self.record_scroll_content)
        self.expiry_rows.setObjectName(u"expiry_rows")
        self.expiry_rows_column = QVBoxLayout(self.expiry_rows)
        self.expiry_rows_column.setSpacing(0)
        self.expiry_rows_column.setObjectName(u"expiry_rows_column")
        self.expiry_rows_column.setContentsMargins(0, 0, 0, 0)

        self.record_scroll_column.addWidget(self.expiry_rows)

        self.record_scroll_end = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.record_scroll_column.addItem(self.record_scroll_end)

        self.record_scroll.setWidget(self.record_scroll_content)

        self.page_column.addWidget(self.record_scroll)


        self.retranslateUi(TruckEditor)

        QMetaObject.connectSlotsByName(TruckEditor)
    # setupUi

    def retranslateUi(self, TruckEditor):
        self.record_section_heading.setProperty(u"token", QCoreApplication.translate("TruckEditor", u"heading", None))
        self.record_section_summary.setProperty(u"look", QCoreApplication.translate("TruckEditor", u"quiet", None))
        self.insurance_section_heading.setProperty(u"token", QCoreApplication.translate("TruckEditor", u"strong", None))
        self.insurance_section_summary.setProperty(u"look", QCoreApplication.translate("TruckEditor", u"quiet", None))
        pass
    # retranslateUi

