# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'truck_plate_part.ui'
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
    QSizePolicy, QVBoxLayout, QWidget)

from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.link_button import LinkButton

class Ui_TruckPlatePart(object):
    def setupUi(self, TruckPlatePart):
        if not TruckPlatePart.objectName():
            TruckPlatePart.setObjectName(u"TruckPlatePart")
        TruckPlatePart.resize(840, 160)
        self.part_column = QVBoxLayout(TruckPlatePart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(TruckPlatePart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(TruckPlatePart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(TruckPlatePart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.part_fields = QWidget(TruckPlatePart)
        self.part_fields.setObjectName(u"part_fields")
        self.part_fields_grid = QGridLayout(self.part_fields)
        self.part_fields_grid.setObjectName(u"part_fields_grid")
        self.part_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.truck_plate_number = FieldBox(self.part_fields)
        self.truck_plate_number.setObjectName(u"truck_plate_number")

        self.part_fields_grid.addWidget(self.truck_plate_number, 0, 0, 1, 3)

        self.truck_plate_state = FieldBox(self.part_fields)
        self.truck_plate_state.setObjectName(u"truck_plate_state")

        self.part_fields_grid.addWidget(self.truck_plate_state, 0, 3, 1, 3)

        self.truck_plate_country = FieldBox(self.part_fields)
        self.truck_plate_country.setObjectName(u"truck_plate_country")

        self.part_fields_grid.addWidget(self.truck_plate_country, 0, 6, 1, 3)


        self.part_column.addWidget(self.part_fields)


        self.retranslateUi(TruckPlatePart)

        QMetaObject.connectSlotsByName(TruckPlatePart)
    # setupUi

    def retranslateUi(self, TruckPlatePart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("TruckPlatePart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("TruckPlatePart", u"quiet", None))
        pass
    # retranslateUi

