# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'library_page.ui'
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
from PySide6.QtWidgets import (QApplication, QCheckBox, QFrame, QHBoxLayout,
    QLabel, QLineEdit, QListView, QPushButton,
    QSizePolicy, QSpacerItem, QStackedWidget, QToolButton,
    QVBoxLayout, QWidget)

from desktop.ui.editors.expiry_strip import ExpiryStrip
from desktop.ui.editors.fitness_button import FitnessButton
from desktop.ui.editors.link_button import LinkButton

class Ui_LibraryPage(object):
    def setupUi(self, LibraryPage):
        if not LibraryPage.objectName():
            LibraryPage.setObjectName(u"LibraryPage")
        LibraryPage.resize(1198, 660)
        self.page_column = QVBoxLayout(LibraryPage)
        self.page_column.setSpacing(0)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(0, 0, 0, 0)
        self.expiry_strip = ExpiryStrip(LibraryPage)
        self.expiry_strip.setObjectName(u"expiry_strip")

        self.page_column.addWidget(self.expiry_strip)

        self.page_row = QHBoxLayout()
        self.page_row.setSpacing(0)
        self.page_row.setObjectName(u"page_row")
        self.page_row.setContentsMargins(0, 0, 0, 0)
        self.list_part = QFrame(LibraryPage)
        self.list_part.setObjectName(u"list_part")
        self.list_column = QVBoxLayout(self.list_part)
        self.list_column.setSpacing(0)
        self.list_column.setObjectName(u"list_column")
        self.list_column.setContentsMargins(0, 0, 0, 0)
        self.list_head = QHBoxLayout()
        self.list_head.setObjectName(u"list_head")
        self.list_head.setContentsMargins(14, 10, 8, 4)
        self.library_title = QLabel(self.list_part)
        self.library_title.setObjectName(u"library_title")

        self.list_head.addWidget(self.library_title)

        self.list_head_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.list_head.addItem(self.list_head_space)

        self.add_record = LinkButton(self.list_part)
        self.add_record.setObjectName(u"add_record")

        self.list_head.addWidget(self.add_record)

        self.more_button = QToolButton(self.list_part)
        self.more_button.setObjectName(u"more_button")

        self.list_head.addWidget(self.more_button)


        self.list_column.addLayout(self.list_head)

        self.search_row = QHBoxLayout()
        self.search_row.setObjectName(u"search_row")
        self.search_row.setContentsMargins(14, 0, 14, 8)
        self.search = QLineEdit(self.list_part)
        self.search.setObjectName(u"search")
        self.search.setClearButtonEnabled(True)

        self.search_row.addWidget(self.search)


        self.list_column.addLayout(self.search_row)

        self.inactive_row = QHBoxLayout()
        self.inactive_row.setObjectName(u"inactive_row")
        self.inactive_row.setContentsMargins(14, 0, 14, 6)
        self.show_inactive = QCheckBox(self.list_part)
        self.show_inactive.setObjectName(u"show_inactive")

        self.inactive_row.addWidget(self.show_inactive)


        self.list_column.addLayout(self.inactive_row)

        self.records = QListView(self.list_part)
        self.records.setObjectName(u"records")
        self.records.setFrameShape(QFrame.Shape.NoFrame)

        self.list_column.addWidget(self.records)


        self.page_row.addWidget(self.list_part)

        self.record_column = QVBoxLayout()
        self.record_column.setSpacing(0)
        self.record_column.setObjectName(u"record_column")
        self.record_column.setContentsMargins(0, 0, 0, 0)
        self.record_head = QFrame(LibraryPage)
        self.record_head.setObjectName(u"record_head")
        self.record_head_row = QHBoxLayout(self.record_head)
        self.record_head_row.setSpacing(10)
        self.record_head_row.setObjectName(u"record_head_row")
        self.record_head_row.setContentsMargins(16, 0, 16, 0)
        self.back_button = QToolButton(self.record_head)
        self.back_button.setObjectName(u"back_button")
        self.back_button.setAutoRaise(True)

        self.record_head_row.addWidget(self.back_button)

        self.record_title = QLabel(self.record_head)
        self.record_title.setObjectName(u"record_title")

        self.record_head_row.addWidget(self.record_title)

        self.ace_fitness = FitnessButton(self.record_head)
        self.ace_fitness.setObjectName(u"ace_fitness")

        self.record_head_row.addWidget(self.ace_fitness)

        self.aci_fitness = FitnessButton(self.record_head)
        self.aci_fitness.setObjectName(u"aci_fitness")

        self.record_head_row.addWidget(self.aci_fitness)

        self.record_head_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.record_head_row.addItem(self.record_head_space)

        self.saved = QLabel(self.record_head)
        self.saved.setObjectName(u"saved")

        self.record_head_row.addWidget(self.saved)

        self.active_button = QPushButton(self.record_head)
        self.active_button.setObjectName(u"active_button")

        self.record_head_row.addWidget(self.active_button)

        self.record_button = QToolButton(self.record_head)
        self.record_button.setObjectName(u"record_button")

        self.record_head_row.addWidget(self.record_button)

        self.record_head_row.setStretch(4, 1)

        self.record_column.addWidget(self.record_head)

        self.record_stack = QStackedWidget(LibraryPage)
        self.record_stack.setObjectName(u"record_stack")

        self.record_column.addWidget(self.record_stack)


        self.page_row.addLayout(self.record_column)

        self.page_row.setStretch(1, 1)

        self.page_column.addLayout(self.page_row)

        self.page_column.setStretch(1, 1)

        self.retranslateUi(LibraryPage)

        QMetaObject.connectSlotsByName(LibraryPage)
    # setupUi

    def retranslateUi(self, LibraryPage):
        self.list_part.setProperty(u"look", QCoreApplication.translate("LibraryPage", u"side", None))
        self.library_title.setProperty(u"token", QCoreApplication.translate("LibraryPage", u"heading", None))
        self.record_head.setProperty(u"look", QCoreApplication.translate("LibraryPage", u"bar", None))
        self.record_title.setProperty(u"token", QCoreApplication.translate("LibraryPage", u"title", None))
        self.saved.setProperty(u"look", QCoreApplication.translate("LibraryPage", u"quiet", None))
        pass
    # retranslateUi

