# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'delivery_part.ui'
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

class Ui_DeliveryPart(object):
    def setupUi(self, DeliveryPart):
        if not DeliveryPart.objectName():
            DeliveryPart.setObjectName(u"DeliveryPart")
        DeliveryPart.resize(840, 160)
        self.part_column = QVBoxLayout(DeliveryPart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(DeliveryPart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(DeliveryPart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(DeliveryPart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.delivery_destination_fields = QWidget(DeliveryPart)
        self.delivery_destination_fields.setObjectName(u"delivery_destination_fields")
        self.delivery_destination_fields_grid = QGridLayout(self.delivery_destination_fields)
        self.delivery_destination_fields_grid.setObjectName(u"delivery_destination_fields_grid")
        self.delivery_destination_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.delivery_destination_name = FieldBox(self.delivery_destination_fields)
        self.delivery_destination_name.setObjectName(u"delivery_destination_name")

        self.delivery_destination_fields_grid.addWidget(self.delivery_destination_name, 0, 0, 1, 4)

        self.delivery_destination_phone = FieldBox(self.delivery_destination_fields)
        self.delivery_destination_phone.setObjectName(u"delivery_destination_phone")

        self.delivery_destination_fields_grid.addWidget(self.delivery_destination_phone, 0, 4, 1, 3)

        self.delivery_destination_address_line = FieldBox(self.delivery_destination_fields)
        self.delivery_destination_address_line.setObjectName(u"delivery_destination_address_line")

        self.delivery_destination_fields_grid.addWidget(self.delivery_destination_address_line, 0, 7, 1, 5)

        self.delivery_destination_address_city = FieldBox(self.delivery_destination_fields)
        self.delivery_destination_address_city.setObjectName(u"delivery_destination_address_city")

        self.delivery_destination_fields_grid.addWidget(self.delivery_destination_address_city, 1, 0, 1, 3)

        self.delivery_destination_address_state = FieldBox(self.delivery_destination_fields)
        self.delivery_destination_address_state.setObjectName(u"delivery_destination_address_state")

        self.delivery_destination_fields_grid.addWidget(self.delivery_destination_address_state, 1, 3, 1, 3)

        self.delivery_destination_address_postal_code = FieldBox(self.delivery_destination_fields)
        self.delivery_destination_address_postal_code.setObjectName(u"delivery_destination_address_postal_code")

        self.delivery_destination_fields_grid.addWidget(self.delivery_destination_address_postal_code, 1, 6, 1, 3)

        self.delivery_destination_address_country = FieldBox(self.delivery_destination_fields)
        self.delivery_destination_address_country.setObjectName(u"delivery_destination_address_country")

        self.delivery_destination_fields_grid.addWidget(self.delivery_destination_address_country, 1, 9, 1, 3)


        self.part_column.addWidget(self.delivery_destination_fields)


        self.retranslateUi(DeliveryPart)

        QMetaObject.connectSlotsByName(DeliveryPart)
    # setupUi

    def retranslateUi(self, DeliveryPart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("DeliveryPart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("DeliveryPart", u"quiet", None))
        self.delivery_destination_name.setProperty(u"source", QCoreApplication.translate("DeliveryPart", u"partner", None))
        self.delivery_destination_name.setProperty(u"group", QCoreApplication.translate("DeliveryPart", u"delivery_destination", None))
        self.delivery_destination_phone.setProperty(u"group", QCoreApplication.translate("DeliveryPart", u"delivery_destination", None))
        self.delivery_destination_address_line.setProperty(u"group", QCoreApplication.translate("DeliveryPart", u"delivery_destination", None))
        self.delivery_destination_address_city.setProperty(u"group", QCoreApplication.translate("DeliveryPart", u"delivery_destination", None))
        self.delivery_destination_address_state.setProperty(u"group", QCoreApplication.translate("DeliveryPart", u"delivery_destination", None))
        self.delivery_destination_address_postal_code.setProperty(u"group", QCoreApplication.translate("DeliveryPart", u"delivery_destination", None))
        self.delivery_destination_address_country.setProperty(u"group", QCoreApplication.translate("DeliveryPart", u"delivery_destination", None))
        pass
    # retranslateUi

