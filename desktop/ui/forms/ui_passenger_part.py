# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'passenger_part.ui'
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

class Ui_PassengerPart(object):
    def setupUi(self, PassengerPart):
        if not PassengerPart.objectName():
            PassengerPart.setObjectName(u"PassengerPart")
        PassengerPart.resize(840, 160)
        self.part_column = QVBoxLayout(PassengerPart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(PassengerPart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(PassengerPart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(PassengerPart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.part_fields = QWidget(PassengerPart)
        self.part_fields.setObjectName(u"part_fields")
        self.part_fields_grid = QGridLayout(self.part_fields)
        self.part_fields_grid.setObjectName(u"part_fields_grid")
        self.part_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.passenger_last_name = FieldBox(self.part_fields)
        self.passenger_last_name.setObjectName(u"passenger_last_name")

        self.part_fields_grid.addWidget(self.passenger_last_name, 0, 0, 1, 3)

        self.passenger_first_name = FieldBox(self.part_fields)
        self.passenger_first_name.setObjectName(u"passenger_first_name")

        self.part_fields_grid.addWidget(self.passenger_first_name, 0, 3, 1, 3)

        self.passenger_middle_name = FieldBox(self.part_fields)
        self.passenger_middle_name.setObjectName(u"passenger_middle_name")

        self.part_fields_grid.addWidget(self.passenger_middle_name, 0, 6, 1, 3)

        self.passenger_gender = FieldBox(self.part_fields)
        self.passenger_gender.setObjectName(u"passenger_gender")

        self.part_fields_grid.addWidget(self.passenger_gender, 0, 9, 1, 3)

        self.passenger_birth_date = FieldBox(self.part_fields)
        self.passenger_birth_date.setObjectName(u"passenger_birth_date")

        self.part_fields_grid.addWidget(self.passenger_birth_date, 1, 0, 1, 3)

        self.passenger_citizenship = FieldBox(self.part_fields)
        self.passenger_citizenship.setObjectName(u"passenger_citizenship")

        self.part_fields_grid.addWidget(self.passenger_citizenship, 1, 3, 1, 3)

        self.passenger_fast_card = FieldBox(self.part_fields)
        self.passenger_fast_card.setObjectName(u"passenger_fast_card")

        self.part_fields_grid.addWidget(self.passenger_fast_card, 1, 6, 1, 3)

        self.passenger_ace_id = FieldBox(self.part_fields)
        self.passenger_ace_id.setObjectName(u"passenger_ace_id")

        self.part_fields_grid.addWidget(self.passenger_ace_id, 1, 9, 1, 3)


        self.part_column.addWidget(self.part_fields)

        self.documents_rows = QWidget(PassengerPart)
        self.documents_rows.setObjectName(u"documents_rows")
        self.documents_rows_column = QVBoxLayout(self.documents_rows)
        self.documents_rows_column.setSpacing(0)
        self.documents_rows_column.setObjectName(u"documents_rows_column")
        self.documents_rows_column.setContentsMargins(0, 0, 0, 0)

        self.part_column.addWidget(self.documents_rows)

        self.part_links = QHBoxLayout()
        self.part_links.setSpacing(4)
        self.part_links.setObjectName(u"part_links")
        self.part_links.setContentsMargins(0, 0, 0, 0)
        self.add_document = LinkButton(PassengerPart)
        self.add_document.setObjectName(u"add_document")

        self.part_links.addWidget(self.add_document)

        self.part_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.part_links.addItem(self.part_links_space)


        self.part_column.addLayout(self.part_links)


        self.retranslateUi(PassengerPart)

        QMetaObject.connectSlotsByName(PassengerPart)
    # setupUi

    def retranslateUi(self, PassengerPart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("PassengerPart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("PassengerPart", u"quiet", None))
        pass
    # retranslateUi

