# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'driver_part.ui'
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
from PySide6.QtWidgets import (QApplication, QGridLayout, QHBoxLayout, QLabel,
    QSizePolicy, QSpacerItem, QVBoxLayout, QWidget)

from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.link_button import LinkButton

class Ui_DriverPart(object):
    def setupUi(self, DriverPart):
        if not DriverPart.objectName():
            DriverPart.setObjectName(u"DriverPart")
        DriverPart.resize(840, 160)
        self.part_column = QVBoxLayout(DriverPart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(DriverPart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(DriverPart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(DriverPart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.part_fields = QWidget(DriverPart)
        self.part_fields.setObjectName(u"part_fields")
        self.part_fields_grid = QGridLayout(self.part_fields)
        self.part_fields_grid.setObjectName(u"part_fields_grid")
        self.part_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.driver_number = FieldBox(self.part_fields)
        self.driver_number.setObjectName(u"driver_number")

        self.part_fields_grid.addWidget(self.driver_number, 0, 0, 1, 3)

        self.driver_last_name = FieldBox(self.part_fields)
        self.driver_last_name.setObjectName(u"driver_last_name")

        self.part_fields_grid.addWidget(self.driver_last_name, 0, 3, 1, 3)

        self.driver_first_name = FieldBox(self.part_fields)
        self.driver_first_name.setObjectName(u"driver_first_name")

        self.part_fields_grid.addWidget(self.driver_first_name, 0, 6, 1, 3)

        self.driver_middle_name = FieldBox(self.part_fields)
        self.driver_middle_name.setObjectName(u"driver_middle_name")

        self.part_fields_grid.addWidget(self.driver_middle_name, 0, 9, 1, 3)

        self.driver_fast_card = FieldBox(self.part_fields)
        self.driver_fast_card.setObjectName(u"driver_fast_card")

        self.part_fields_grid.addWidget(self.driver_fast_card, 1, 0, 1, 3)

        self.driver_birth_date = FieldBox(self.part_fields)
        self.driver_birth_date.setObjectName(u"driver_birth_date")

        self.part_fields_grid.addWidget(self.driver_birth_date, 1, 3, 1, 3)

        self.driver_gender = FieldBox(self.part_fields)
        self.driver_gender.setObjectName(u"driver_gender")

        self.part_fields_grid.addWidget(self.driver_gender, 1, 6, 1, 3)

        self.driver_citizenship = FieldBox(self.part_fields)
        self.driver_citizenship.setObjectName(u"driver_citizenship")

        self.part_fields_grid.addWidget(self.driver_citizenship, 1, 9, 1, 3)

        self.driver_ace_id = FieldBox(self.part_fields)
        self.driver_ace_id.setObjectName(u"driver_ace_id")

        self.part_fields_grid.addWidget(self.driver_ace_id, 2, 0, 1, 3)


        self.part_column.addWidget(self.part_fields)

        self.documents_rows = QWidget(DriverPart)
        self.documents_rows.setObjectName(u"documents_rows")
        self.documents_rows_column = QVBoxLayout(self.documents_rows)
        self.documents_rows_column.setSpacing(0)
        self.documents_rows_column.setObjectName(u"documents_rows_column")
        self.documents_rows_column.setContentsMargins(0, 0, 0, 0)

        self.part_column.addWidget(self.documents_rows)

        self.us_address_part = QWidget(DriverPart)
        self.us_address_part.setObjectName(u"us_address_part")
        self.us_address_column = QVBoxLayout(self.us_address_part)
        self.us_address_column.setSpacing(0)
        self.us_address_column.setObjectName(u"us_address_column")
        self.us_address_column.setContentsMargins(0, 0, 0, 0)
        self.us_address_section_head = QHBoxLayout()
        self.us_address_section_head.setSpacing(8)
        self.us_address_section_head.setObjectName(u"us_address_section_head")
        self.us_address_section_head.setContentsMargins(2, 2, 2, 0)
        self.us_address_section_heading = QLabel(self.us_address_part)
        self.us_address_section_heading.setObjectName(u"us_address_section_heading")

        self.us_address_section_head.addWidget(self.us_address_section_heading)

        self.us_address_section_summary = QLabel(self.us_address_part)
        self.us_address_section_summary.setObjectName(u"us_address_section_summary")

        self.us_address_section_head.addWidget(self.us_address_section_summary)

        self.us_address_section_head.setStretch(1, 1)

        self.us_address_column.addLayout(self.us_address_section_head)

        self.us_address_fields = QWidget(self.us_address_part)
        self.us_address_fields.setObjectName(u"us_address_fields")
        self.us_address_fields_grid = QGridLayout(self.us_address_fields)
        self.us_address_fields_grid.setObjectName(u"us_address_fields_grid")
        self.us_address_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.driver_us_address_line = FieldBox(self.us_address_fields)
        self.driver_us_address_line.setObjectName(u"driver_us_address_line")

        self.us_address_fields_grid.addWidget(self.driver_us_address_line, 0, 0, 1, 4)

        self.driver_us_address_city = FieldBox(self.us_address_fields)
        self.driver_us_address_city.setObjectName(u"driver_us_address_city")

        self.us_address_fields_grid.addWidget(self.driver_us_address_city, 0, 4, 1, 3)

        self.driver_us_address_state = FieldBox(self.us_address_fields)
        self.driver_us_address_state.setObjectName(u"driver_us_address_state")

        self.us_address_fields_grid.addWidget(self.driver_us_address_state, 0, 7, 1, 3)

        self.driver_us_address_postal_code = FieldBox(self.us_address_fields)
        self.driver_us_address_postal_code.setObjectName(u"driver_us_address_postal_code")

        self.us_address_fields_grid.addWidget(self.driver_us_address_postal_code, 0, 10, 1, 2)


        self.us_address_column.addWidget(self.us_address_fields)


        self.part_column.addWidget(self.us_address_part)

        self.part_links = QHBoxLayout()
        self.part_links.setSpacing(4)
        self.part_links.setObjectName(u"part_links")
        self.part_links.setContentsMargins(0, 0, 0, 0)
        self.add_document = LinkButton(DriverPart)
        self.add_document.setObjectName(u"add_document")

        self.part_links.addWidget(self.add_document)

        self.add_us_address = LinkButton(DriverPart)
        self.add_us_address.setObjectName(u"add_us_address")

        self.part_links.addWidget(self.add_us_address)

        self.part_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.part_links.addItem(self.part_links_space)


        self.part_column.addLayout(self.part_links)


        self.retranslateUi(DriverPart)

        QMetaObject.connectSlotsByName(DriverPart)
    # setupUi

    def retranslateUi(self, DriverPart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("DriverPart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("DriverPart", u"quiet", None))
        self.driver_number.setProperty(u"source", QCoreApplication.translate("DriverPart", u"driver", None))
        self.us_address_section_heading.setProperty(u"token", QCoreApplication.translate("DriverPart", u"strong", None))
        self.us_address_section_summary.setProperty(u"look", QCoreApplication.translate("DriverPart", u"quiet", None))
        self.driver_us_address_line.setProperty(u"group", QCoreApplication.translate("DriverPart", u"us_address", None))
        self.driver_us_address_city.setProperty(u"group", QCoreApplication.translate("DriverPart", u"us_address", None))
        self.driver_us_address_state.setProperty(u"group", QCoreApplication.translate("DriverPart", u"us_address", None))
        self.driver_us_address_postal_code.setProperty(u"group", QCoreApplication.translate("DriverPart", u"us_address", None))
        pass
    # retranslateUi

