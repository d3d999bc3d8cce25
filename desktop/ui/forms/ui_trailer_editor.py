# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'trailer_editor.ui'
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

class Ui_TrailerEditor(object):
    def setupUi(self, TrailerEditor):
        if not TrailerEditor.objectName():
            TrailerEditor.setObjectName(u"TrailerEditor")
        TrailerEditor.resize(760, 600)
        self.page_column = QVBoxLayout(TrailerEditor)
        self.page_column.setSpacing(0)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(0, 0, 0, 0)
        self.record_scroll = QScrollArea(TrailerEditor)
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
        self.trailer_number = FieldBox(self.record_fields)
        self.trailer_number.setObjectName(u"trailer_number")

        self.record_fields_grid.addWidget(self.trailer_number, 0, 0, 1, 4)

        self.trailer_type = FieldBox(self.record_fields)
        self.trailer_type.setObjectName(u"trailer_type")

        self.record_fields_grid.addWidget(self.trailer_type, 0, 4, 1, 4)

        self.trailer_plate_number = FieldBox(self.record_fields)
        self.trailer_plate_number.setObjectName(u"trailer_plate_number")

        self.record_fields_grid.addWidget(self.trailer_plate_number, 1, 0, 1, 4)

        self.trailer_plate_state = FieldBox(self.record_fields)
        self.trailer_plate_state.setObjectName(u"trailer_plate_state")

        self.record_fields_grid.addWidget(self.trailer_plate_state, 1, 4, 1, 4)

        self.trailer_plate_country = FieldBox(self.record_fields)
        self.trailer_plate_country.setObjectName(u"trailer_plate_country")

        self.record_fields_grid.addWidget(self.trailer_plate_country, 1, 8, 1, 4)


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


        self.retranslateUi(TrailerEditor)

        QMetaObject.connectSlotsByName(TrailerEditor)
    # setupUi

    def retranslateUi(self, TrailerEditor):
        self.record_section_heading.setProperty(u"token", QCoreApplication.translate("TrailerEditor", u"heading", None))
        self.record_section_summary.setProperty(u"look", QCoreApplication.translate("TrailerEditor", u"quiet", None))
        pass
    # retranslateUi

