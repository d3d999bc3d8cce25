# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'passenger_document_part.ui'
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

class Ui_PassengerDocumentPart(object):
    def setupUi(self, PassengerDocumentPart):
        if not PassengerDocumentPart.objectName():
            PassengerDocumentPart.setObjectName(u"PassengerDocumentPart")
        PassengerDocumentPart.resize(840, 160)
        self.part_column = QVBoxLayout(PassengerDocumentPart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(PassengerDocumentPart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(PassengerDocumentPart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(PassengerDocumentPart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.part_fields = QWidget(PassengerDocumentPart)
        self.part_fields.setObjectName(u"part_fields")
        self.part_fields_grid = QGridLayout(self.part_fields)
        self.part_fields_grid.setObjectName(u"part_fields_grid")
        self.part_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.passenger_document_type = FieldBox(self.part_fields)
        self.passenger_document_type.setObjectName(u"passenger_document_type")

        self.part_fields_grid.addWidget(self.passenger_document_type, 0, 0, 1, 3)

        self.passenger_document_number = FieldBox(self.part_fields)
        self.passenger_document_number.setObjectName(u"passenger_document_number")

        self.part_fields_grid.addWidget(self.passenger_document_number, 0, 3, 1, 3)

        self.passenger_document_state = FieldBox(self.part_fields)
        self.passenger_document_state.setObjectName(u"passenger_document_state")

        self.part_fields_grid.addWidget(self.passenger_document_state, 0, 6, 1, 3)

        self.passenger_document_country = FieldBox(self.part_fields)
        self.passenger_document_country.setObjectName(u"passenger_document_country")

        self.part_fields_grid.addWidget(self.passenger_document_country, 0, 9, 1, 3)


        self.part_column.addWidget(self.part_fields)


        self.retranslateUi(PassengerDocumentPart)

        QMetaObject.connectSlotsByName(PassengerDocumentPart)
    # setupUi

    def retranslateUi(self, PassengerDocumentPart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("PassengerDocumentPart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("PassengerDocumentPart", u"quiet", None))
        pass
    # retranslateUi

