# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'driver_editor.ui'
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

class Ui_DriverEditor(object):
    def setupUi(self, DriverEditor):
        if not DriverEditor.objectName():
            DriverEditor.setObjectName(u"DriverEditor")
        DriverEditor.resize(760, 600)
        self.page_column = QVBoxLayout(DriverEditor)
        self.page_column.setSpacing(0)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(0, 0, 0, 0)
        self.record_scroll = QScrollArea(DriverEditor)
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
        self.driver_number = FieldBox(self.record_fields)
        self.driver_number.setObjectName(u"driver_number")

        self.record_fields_grid.addWidget(self.driver_number, 0, 0, 1, 3)

        self.driver_last_name = FieldBox(self.record_fields)
        self.driver_last_name.setObjectName(u"driver_last_name")

        self.record_fields_grid.addWidget(self.driver_last_name, 0, 3, 1, 3)

        self.driver_first_name = FieldBox(self.record_fields)
        self.driver_first_name.setObjectName(u"driver_first_name")

        self.record_fields_grid.addWidget(self.driver_first_name, 0, 6, 1, 3)

        self.driver_middle_name = FieldBox(self.record_fields)
        self.driver_middle_name.setObjectName(u"driver_middle_name")

        self.record_fields_grid.addWidget(self.driver_middle_name, 0, 9, 1, 3)

        self.driver_fast_card = FieldBox(self.record_fields)
        self.driver_fast_card.setObjectName(u"driver_fast_card")

        self.record_fields_grid.addWidget(self.driver_fast_card, 1, 0, 1, 3)

        self.driver_birth_date = FieldBox(self.record_fields)
        self.driver_birth_date.setObjectName(u"driver_birth_date")

        self.record_fields_grid.addWidget(self.driver_birth_date, 1, 3, 1, 3)

        self.driver_gender = FieldBox(self.record_fields)
        self.driver_gender.setObjectName(u"driver_gender")

        self.record_fields_grid.addWidget(self.driver_gender, 1, 6, 1, 3)

        self.driver_citizenship = FieldBox(self.record_fields)
        self.driver_citizenship.setObjectName(u"driver_citizenship")

        self.record_fields_grid.addWidget(self.driver_citizenship, 1, 9, 1, 3)

        self.driver_ace_id = FieldBox(self.record_fields)
        self.driver_ace_id.setObjectName(u"driver_ace_id")

        self.record_fields_grid.addWidget(self.driver_ace_id, 2, 0, 1, 3)


        self.record_scroll_column.addWidget(self.record_fields)

        self.fast_expiry_rows = QWidget(self.record_scroll_content)
        self.fast_expiry_rows.setObjectName(u"fast_expiry_rows")
        self.fast_expiry_rows_column = QVBoxLayout(self.fast_expiry_rows)
        self.fast_expiry_rows_column.setSpacing(0)
        self.fast_expiry_rows_column.setObjectName(u"fast_expiry_rows_column")
        self.fast_expiry_rows_column.setContentsMargins(0, 0, 0, 0)

        self.record_scroll_column.addWidget(self.fast_expiry_rows)

        self.documents_section_head = QHBoxLayout()
        self.documents_section_head.setSpacing(8)
        self.documents_section_head.setObjectName(u"documents_section_head")
        self.documents_section_head.setContentsMargins(2, 2, 2, 0)
        self.documents_section_heading = QLabel(self.record_scroll_content)
        self.documents_section_heading.setObjectName(u"documents_section_heading")

        self.documents_section_head.addWidget(self.documents_section_heading)

        self.documents_section_summary = QLabel(self.record_scroll_content)
        self.documents_section_summary.setObjectName(u"documents_section_summary")

        self.documents_section_head.addWidget(self.documents_section_summary)

        self.documents_section_head.setStretch(1, 1)

        self.record_scroll_column.addLayout(self.documents_section_head)

        self.documents_rows = QWidget(self.record_scroll_content)
        self.documents_rows.setObjectName(u"documents_rows")
        self.documents_rows_column = QVBoxLayout(self.documents_rows)
        self.documents_rows_column.setSpacing(0)
        self.documents_rows_column.setObjectName(u"documents_rows_column")
        self.documents_rows_column.setContentsMargins(0, 0, 0, 0)

        self.record_scroll_column.addWidget(self.documents_rows)

        self.record_links = QHBoxLayout()
        self.record_links.setSpacing(4)
        self.record_links.setObjectName(u"record_links")
        self.record_links.setContentsMargins(0, 0, 0, 0)
        self.add_document = LinkButton(self.record_scroll_content)
        self.add_document.setObjectName(u"add_document")

        self.record_links.addWidget(self.add_document)

        self.record_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.record_links.addItem(self.record_links_space)


        self.record_scroll_column.addLayout(self.record_links)

        self.us_address_section_head = QHBoxLayout()
        self.us_address_section_head.setSpacing(8)
        self.us_address_section_head.setObjectName(u"us_address_section_head")
        self.us_address_section_head.setContentsMargins(2, 2, 2, 0)
        self.us_address_section_heading = QLabel(self.record_scroll_content)
        self.us_address_section_heading.setObjectName(u"us_address_section_heading")

        self.us_address_section_head.addWidget(self.us_address_section_heading)

        self.us_address_section_summary = QLabel(self.record_scroll_content)
        self.us_address_section_summary.setObjectName(u"us_address_section_summary")

        self.us_address_section_head.addWidget(self.us_address_section_summary)

        self.us_address_section_head.setStretch(1, 1)

        self.record_scroll_column.addLayout(self.us_address_section_head)

        self.us_address_fields = QWidget(self.record_scroll_content)
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


        self.record_scroll_column.addWidget(self.us_address_fields)

        self.record_scroll_end = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.record_scroll_column.addItem(self.record_scroll_end)

        self.record_scroll.setWidget(self.record_scroll_content)

        self.page_column.addWidget(self.record_scroll)


        self.retranslateUi(DriverEditor)

        QMetaObject.connectSlotsByName(DriverEditor)
    # setupUi

    def retranslateUi(self, DriverEditor):
        self.record_section_heading.setProperty(u"token", QCoreApplication.translate("DriverEditor", u"heading", None))
        self.record_section_summary.setProperty(u"look", QCoreApplication.translate("DriverEditor", u"quiet", None))
        self.documents_section_heading.setProperty(u"token", QCoreApplication.translate("DriverEditor", u"strong", None))
        self.documents_section_summary.setProperty(u"look", QCoreApplication.translate("DriverEditor", u"quiet", None))
        self.us_address_section_heading.setProperty(u"token", QCoreApplication.translate("DriverEditor", u"strong", None))
        self.us_address_section_summary.setProperty(u"look", QCoreApplication.translate("DriverEditor", u"quiet", None))
        self.driver_us_address_line.setProperty(u"group", QCoreApplication.translate("DriverEditor", u"us_address", None))
        self.driver_us_address_city.setProperty(u"group", QCoreApplication.translate("DriverEditor", u"us_address", None))
        self.driver_us_address_state.setProperty(u"group", QCoreApplication.translate("DriverEditor", u"us_address", None))
        self.driver_us_address_postal_code.setProperty(u"group", QCoreApplication.translate("DriverEditor", u"us_address", None))
        pass
    # retranslateUi

