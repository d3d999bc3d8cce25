# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'trailer_part.ui'
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

class Ui_TrailerPart(object):
    def setupUi(self, TrailerPart):
        if not TrailerPart.objectName():
            TrailerPart.setObjectName(u"TrailerPart")
        TrailerPart.resize(840, 160)
        self.part_column = QVBoxLayout(TrailerPart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(TrailerPart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(TrailerPart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(TrailerPart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.part_fields = QWidget(TrailerPart)
        self.part_fields.setObjectName(u"part_fields")
        self.part_fields_grid = QGridLayout(self.part_fields)
        self.part_fields_grid.setObjectName(u"part_fields_grid")
        self.part_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.trailer_number = FieldBox(self.part_fields)
        self.trailer_number.setObjectName(u"trailer_number")

        self.part_fields_grid.addWidget(self.trailer_number, 0, 0, 1, 3)

        self.trailer_type = FieldBox(self.part_fields)
        self.trailer_type.setObjectName(u"trailer_type")

        self.part_fields_grid.addWidget(self.trailer_type, 0, 3, 1, 3)

        self.trailer_plate_number = FieldBox(self.part_fields)
        self.trailer_plate_number.setObjectName(u"trailer_plate_number")

        self.part_fields_grid.addWidget(self.trailer_plate_number, 0, 6, 1, 3)

        self.trailer_plate_state = FieldBox(self.part_fields)
        self.trailer_plate_state.setObjectName(u"trailer_plate_state")

        self.part_fields_grid.addWidget(self.trailer_plate_state, 0, 9, 1, 3)

        self.trailer_seals = FieldBox(self.part_fields)
        self.trailer_seals.setObjectName(u"trailer_seals")

        self.part_fields_grid.addWidget(self.trailer_seals, 1, 0, 1, 6)

        self.trailer_exemptions = FieldBox(self.part_fields)
        self.trailer_exemptions.setObjectName(u"trailer_exemptions")

        self.part_fields_grid.addWidget(self.trailer_exemptions, 1, 6, 1, 3)

        self.trailer_plate_country = FieldBox(self.part_fields)
        self.trailer_plate_country.setObjectName(u"trailer_plate_country")

        self.part_fields_grid.addWidget(self.trailer_plate_country, 1, 9, 1, 3)


        self.part_column.addWidget(self.part_fields)

        self.plates_rows = QWidget(TrailerPart)
        self.plates_rows.setObjectName(u"plates_rows")
        self.plates_rows_column = QVBoxLayout(self.plates_rows)
        self.plates_rows_column.setSpacing(0)
        self.plates_rows_column.setObjectName(u"plates_rows_column")
        self.plates_rows_column.setContentsMargins(0, 0, 0, 0)

        self.part_column.addWidget(self.plates_rows)

        self.part_links = QHBoxLayout()
        self.part_links.setSpacing(4)
        self.part_links.setObjectName(u"part_links")
        self.part_links.setContentsMargins(0, 0, 0, 0)
        self.add_plate = LinkButton(TrailerPart)
        self.add_plate.setObjectName(u"add_plate")

        self.part_links.addWidget(self.add_plate)

        self.part_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.part_links.addItem(self.part_links_space)


        self.part_column.addLayout(self.part_links)


        self.retranslateUi(TrailerPart)

        QMetaObject.connectSlotsByName(TrailerPart)
    # setupUi

    def retranslateUi(self, TrailerPart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("TrailerPart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("TrailerPart", u"quiet", None))
        self.trailer_number.setProperty(u"source", QCoreApplication.translate("TrailerPart", u"trailer", None))
        self.trailer_exemptions.setProperty(u"source", QCoreApplication.translate("TrailerPart", u"exemption", None))
        pass
    # retranslateUi

