# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'notify_part.ui'
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

class Ui_NotifyPart(object):
    def setupUi(self, NotifyPart):
        if not NotifyPart.objectName():
            NotifyPart.setObjectName(u"NotifyPart")
        NotifyPart.resize(840, 160)
        self.part_column = QVBoxLayout(NotifyPart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(NotifyPart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(NotifyPart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(NotifyPart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.notify_party_fields = QWidget(NotifyPart)
        self.notify_party_fields.setObjectName(u"notify_party_fields")
        self.notify_party_fields_grid = QGridLayout(self.notify_party_fields)
        self.notify_party_fields_grid.setObjectName(u"notify_party_fields_grid")
        self.notify_party_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.notify_party_name = FieldBox(self.notify_party_fields)
        self.notify_party_name.setObjectName(u"notify_party_name")

        self.notify_party_fields_grid.addWidget(self.notify_party_name, 0, 0, 1, 4)

        self.notify_party_phone = FieldBox(self.notify_party_fields)
        self.notify_party_phone.setObjectName(u"notify_party_phone")

        self.notify_party_fields_grid.addWidget(self.notify_party_phone, 0, 4, 1, 3)

        self.notify_party_address_line = FieldBox(self.notify_party_fields)
        self.notify_party_address_line.setObjectName(u"notify_party_address_line")

        self.notify_party_fields_grid.addWidget(self.notify_party_address_line, 0, 7, 1, 5)

        self.notify_party_address_city = FieldBox(self.notify_party_fields)
        self.notify_party_address_city.setObjectName(u"notify_party_address_city")

        self.notify_party_fields_grid.addWidget(self.notify_party_address_city, 1, 0, 1, 3)

        self.notify_party_address_state = FieldBox(self.notify_party_fields)
        self.notify_party_address_state.setObjectName(u"notify_party_address_state")

        self.notify_party_fields_grid.addWidget(self.notify_party_address_state, 1, 3, 1, 3)

        self.notify_party_address_postal_code = FieldBox(self.notify_party_fields)
        self.notify_party_address_postal_code.setObjectName(u"notify_party_address_postal_code")

        self.notify_party_fields_grid.addWidget(self.notify_party_address_postal_code, 1, 6, 1, 3)

        self.notify_party_address_country = FieldBox(self.notify_party_fields)
        self.notify_party_address_country.setObjectName(u"notify_party_address_country")

        self.notify_party_fields_grid.addWidget(self.notify_party_address_country, 1, 9, 1, 3)


        self.part_column.addWidget(self.notify_party_fields)


        self.retranslateUi(NotifyPart)

        QMetaObject.connectSlotsByName(NotifyPart)
    # setupUi

    def retranslateUi(self, NotifyPart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("NotifyPart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("NotifyPart", u"quiet", None))
        self.notify_party_name.setProperty(u"source", QCoreApplication.translate("NotifyPart", u"partner", None))
        self.notify_party_name.setProperty(u"group", QCoreApplication.translate("NotifyPart", u"notify_party", None))
        self.notify_party_phone.setProperty(u"group", QCoreApplication.translate("NotifyPart", u"notify_party", None))
        self.notify_party_address_line.setProperty(u"group", QCoreApplication.translate("NotifyPart", u"notify_party", None))
        self.notify_party_address_city.setProperty(u"group", QCoreApplication.translate("NotifyPart", u"notify_party", None))
        self.notify_party_address_state.setProperty(u"group", QCoreApplication.translate("NotifyPart", u"notify_party", None))
        self.notify_party_address_postal_code.setProperty(u"group", QCoreApplication.translate("NotifyPart", u"notify_party", None))
        self.notify_party_address_country.setProperty(u"group", QCoreApplication.translate("NotifyPart", u"notify_party", None))
        pass
    # retranslateUi

