# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'third_party_part.ui'
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

class Ui_ThirdPartyPart(object):
    def setupUi(self, ThirdPartyPart):
        if not ThirdPartyPart.objectName():
            ThirdPartyPart.setObjectName(u"ThirdPartyPart")
        ThirdPartyPart.resize(840, 160)
        self.part_column = QVBoxLayout(ThirdPartyPart)
        self.part_column.setSpacing(0)
        self.part_column.setObjectName(u"part_column")
        self.part_column.setContentsMargins(0, 0, 0, 0)
        self.part_head = QHBoxLayout()
        self.part_head.setSpacing(8)
        self.part_head.setObjectName(u"part_head")
        self.part_head.setContentsMargins(2, 2, 2, 0)
        self.part_heading = QLabel(ThirdPartyPart)
        self.part_heading.setObjectName(u"part_heading")

        self.part_head.addWidget(self.part_heading)

        self.part_summary = QLabel(ThirdPartyPart)
        self.part_summary.setObjectName(u"part_summary")

        self.part_head.addWidget(self.part_summary)

        self.remove_button = LinkButton(ThirdPartyPart)
        self.remove_button.setObjectName(u"remove_button")

        self.part_head.addWidget(self.remove_button)

        self.part_head.setStretch(1, 1)

        self.part_column.addLayout(self.part_head)

        self.third_party_fields = QWidget(ThirdPartyPart)
        self.third_party_fields.setObjectName(u"third_party_fields")
        self.third_party_fields_grid = QGridLayout(self.third_party_fields)
        self.third_party_fields_grid.setObjectName(u"third_party_fields_grid")
        self.third_party_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.third_party_type = FieldBox(self.third_party_fields)
        self.third_party_type.setObjectName(u"third_party_type")

        self.third_party_fields_grid.addWidget(self.third_party_type, 0, 0, 1, 3)

        self.third_party_name = FieldBox(self.third_party_fields)
        self.third_party_name.setObjectName(u"third_party_name")

        self.third_party_fields_grid.addWidget(self.third_party_name, 0, 3, 1, 3)

        self.third_party_phone = FieldBox(self.third_party_fields)
        self.third_party_phone.setObjectName(u"third_party_phone")

        self.third_party_fields_grid.addWidget(self.third_party_phone, 0, 6, 1, 2)

        self.third_party_address_line = FieldBox(self.third_party_fields)
        self.third_party_address_line.setObjectName(u"third_party_address_line")

        self.third_party_fields_grid.addWidget(self.third_party_address_line, 0, 8, 1, 4)

        self.third_party_address_city = FieldBox(self.third_party_fields)
        self.third_party_address_city.setObjectName(u"third_party_address_city")

        self.third_party_fields_grid.addWidget(self.third_party_address_city, 1, 0, 1, 3)

        self.third_party_address_state = FieldBox(self.third_party_fields)
        self.third_party_address_state.setObjectName(u"third_party_address_state")

        self.third_party_fields_grid.addWidget(self.third_party_address_state, 1, 3, 1, 3)

        self.third_party_address_postal_code = FieldBox(self.third_party_fields)
        self.third_party_address_postal_code.setObjectName(u"third_party_address_postal_code")

        self.third_party_fields_grid.addWidget(self.third_party_address_postal_code, 1, 6, 1, 3)

        self.third_party_address_country = FieldBox(self.third_party_fields)
        self.third_party_address_country.setObjectName(u"third_party_address_country")

        self.third_party_fields_grid.addWidget(self.third_party_address_country, 1, 9, 1, 3)


        self.part_column.addWidget(self.third_party_fields)


        self.retranslateUi(ThirdPartyPart)

        QMetaObject.connectSlotsByName(ThirdPartyPart)
    # setupUi

    def retranslateUi(self, ThirdPartyPart):
        self.part_heading.setProperty(u"token", QCoreApplication.translate("ThirdPartyPart", u"strong", None))
        self.part_summary.setProperty(u"look", QCoreApplication.translate("ThirdPartyPart", u"quiet", None))
        self.third_party_type.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        self.third_party_name.setProperty(u"source", QCoreApplication.translate("ThirdPartyPart", u"partner", None))
        self.third_party_name.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        self.third_party_phone.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        self.third_party_address_line.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        self.third_party_address_city.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        self.third_party_address_state.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        self.third_party_address_postal_code.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        self.third_party_address_country.setProperty(u"group", QCoreApplication.translate("ThirdPartyPart", u"third_party", None))
        pass
    # retranslateUi

