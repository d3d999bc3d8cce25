# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'trip_editor.ui'
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
from PySide6.QtWidgets import (QApplication, QFrame, QHBoxLayout, QLabel,
    QListView, QPushButton, QSizePolicy, QSpacerItem,
    QStackedWidget, QToolButton, QVBoxLayout, QWidget)

from desktop.ui.editors.form_sign import FormSign
from desktop.ui.editors.ladder_bar import LadderBar
from desktop.ui.editors.tabs import EditorTabs

class Ui_TripEditor(object):
    def setupUi(self, TripEditor):
        if not TripEditor.objectName():
            TripEditor.setObjectName(u"TripEditor")
        TripEditor.resize(1198, 708)
        self.editor_column = QVBoxLayout(TripEditor)
        self.editor_column.setSpacing(0)
        self.editor_column.setObjectName(u"editor_column")
        self.editor_column.setContentsMargins(0, 0, 0, 0)
        self.head = QFrame(TripEditor)
        self.head.setObjectName(u"head")
        self.head_row = QHBoxLayout(self.head)
        self.head_row.setSpacing(10)
        self.head_row.setObjectName(u"head_row")
        self.head_row.setContentsMargins(8, 0, 16, 0)
        self.back_button = QToolButton(self.head)
        self.back_button.setObjectName(u"back_button")
        self.back_button.setAutoRaise(True)

        self.head_row.addWidget(self.back_button)

        self.trip_title = QLabel(self.head)
        self.trip_title.setObjectName(u"trip_title")

        self.head_row.addWidget(self.trip_title)

        self.direction = QLabel(self.head)
        self.direction.setObjectName(u"direction")

        self.head_row.addWidget(self.direction)

        self.delivery_sign = FormSign(self.head)
        self.delivery_sign.setObjectName(u"delivery_sign")

        self.head_row.addWidget(self.delivery_sign)

        self.delivery_word = QLabel(self.head)
        self.delivery_word.setObjectName(u"delivery_word")

        self.head_row.addWidget(self.delivery_word)

        self.ladder = LadderBar(self.head)
        self.ladder.setObjectName(u"ladder")

        self.head_row.addWidget(self.ladder)

        self.head_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.head_row.addItem(self.head_space)

        self.saved = QLabel(self.head)
        self.saved.setObjectName(u"saved")

        self.head_row.addWidget(self.saved)

        self.problems_button = QToolButton(self.head)
        self.problems_button.setObjectName(u"problems_button")

        self.head_row.addWidget(self.problems_button)

        self.print_button = QToolButton(self.head)
        self.print_button.setObjectName(u"print_button")

        self.head_row.addWidget(self.print_button)

        self.more_button = QToolButton(self.head)
        self.more_button.setObjectName(u"more_button")

        self.head_row.addWidget(self.more_button)

        self.send_button = QPushButton(self.head)
        self.send_button.setObjectName(u"send_button")

        self.head_row.addWidget(self.send_button)


        self.editor_column.addWidget(self.head)

        self.tabs_frame = QFrame(TripEditor)
        self.tabs_frame.setObjectName(u"tabs_frame")
        self.tabs_row = QHBoxLayout(self.tabs_frame)
        self.tabs_row.setObjectName(u"tabs_row")
        self.tabs_row.setContentsMargins(4, 0, 0, 0)
        self.tabs = EditorTabs(self.tabs_frame)
        self.tabs.setObjectName(u"tabs")

        self.tabs_row.addWidget(self.tabs)


        self.editor_column.addWidget(self.tabs_frame)

        self.tabs_line = QFrame(TripEditor)
        self.tabs_line.setObjectName(u"tabs_line")

        self.editor_column.addWidget(self.tabs_line)

        self.body_row = QHBoxLayout()
        self.body_row.setSpacing(0)
        self.body_row.setObjectName(u"body_row")
        self.body_row.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget(TripEditor)
        self.pages.setObjectName(u"pages")

        self.body_row.addWidget(self.pages)

        self.side = QFrame(TripEditor)
        self.side.setObjectName(u"side")
        self.side_column = QVBoxLayout(self.side)
        self.side_column.setSpacing(0)
        self.side_column.setObjectName(u"side_column")
        self.side_column.setContentsMargins(0, 0, 0, 0)
        self.verdict_row = QHBoxLayout()
        self.verdict_row.setSpacing(10)
        self.verdict_row.setObjectName(u"verdict_row")
        self.verdict_row.setContentsMargins(14, 10, 14, 10)
        self.verdict_sign = FormSign(self.side)
        self.verdict_sign.setObjectName(u"verdict_sign")

        self.verdict_row.addWidget(self.verdict_sign)

        self.verdict_words = QVBoxLayout()
        self.verdict_words.setSpacing(0)
        self.verdict_words.setObjectName(u"verdict_words")
        self.verdict_words.setContentsMargins(0, 0, 0, 0)
        self.verdict_word = QLabel(self.side)
        self.verdict_word.setObjectName(u"verdict_word")
        self.verdict_word.setWordWrap(True)

        self.verdict_words.addWidget(self.verdict_word)

        self.verdict_detail = QLabel(self.side)
        self.verdict_detail.setObjectName(u"verdict_detail")

        self.verdict_words.addWidget(self.verdict_detail)


        self.verdict_row.addLayout(self.verdict_words)

        self.verdict_key = QLabel(self.side)
        self.verdict_key.setObjectName(u"verdict_key")

        self.verdict_row.addWidget(self.verdict_key)

        self.verdict_row.setStretch(1, 1)

        self.side_column.addLayout(self.verdict_row)

        self.side_line = QFrame(self.side)
        self.side_line.setObjectName(u"side_line")

        self.side_column.addWidget(self.side_line)

        self.problems = QListView(self.side)
        self.problems.setObjectName(u"problems")
        self.problems.setFrameShape(QFrame.Shape.NoFrame)

        self.side_column.addWidget(self.problems)

        self.side_note = QLabel(self.side)
        self.side_note.setObjectName(u"side_note")
        self.side_note.setWordWrap(True)

        self.side_column.addWidget(self.side_note)


        self.body_row.addWidget(self.side)

        self.body_row.setStretch(0, 1)

        self.editor_column.addLayout(self.body_row)


        self.retranslateUi(TripEditor)

        QMetaObject.connectSlotsByName(TripEditor)
    # setupUi

    def retranslateUi(self, TripEditor):
        self.head.setProperty(u"look", QCoreApplication.translate("TripEditor", u"page", None))
        self.trip_title.setProperty(u"token", QCoreApplication.translate("TripEditor", u"title", None))
        self.direction.setProperty(u"look", QCoreApplication.translate("TripEditor", u"tag", None))
        self.delivery_word.setProperty(u"token", QCoreApplication.translate("TripEditor", u"strong", None))
        self.saved.setProperty(u"look", QCoreApplication.translate("TripEditor", u"quiet", None))
        self.tabs_frame.setProperty(u"look", QCoreApplication.translate("TripEditor", u"page", None))
        self.tabs_line.setProperty(u"look", QCoreApplication.translate("TripEditor", u"line", None))
        self.side.setProperty(u"look", QCoreApplication.translate("TripEditor", u"side", None))
        self.verdict_word.setProperty(u"look", QCoreApplication.translate("TripEditor", u"words", None))
        self.verdict_word.setProperty(u"token", QCoreApplication.translate("TripEditor", u"heading", None))
        self.verdict_detail.setProperty(u"look", QCoreApplication.translate("TripEditor", u"quiet", None))
        self.verdict_key.setProperty(u"look", QCoreApplication.translate("TripEditor", u"tag", None))
        self.side_line.setProperty(u"look", QCoreApplication.translate("TripEditor", u"line", None))
        self.side_note.setProperty(u"look", QCoreApplication.translate("TripEditor", u"quiet", None))
        pass
    # retranslateUi

