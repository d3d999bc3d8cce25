# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'trip_page.ui'
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
    QHeaderView, QLabel, QScrollArea, QSizePolicy,
    QSpacerItem, QTableView, QVBoxLayout, QWidget)

from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.link_button import LinkButton
from desktop.ui.editors.nature import NatureBox

class Ui_TripPage(object):
    def setupUi(self, TripPage):
        if not TripPage.objectName():
            TripPage.setObjectName(u"TripPage")
        TripPage.resize(874, 600)
        self.page_column = QVBoxLayout(TripPage)
        self.page_column.setSpacing(0)
        self.page_column.setObjectName(u"page_column")
        self.page_column.setContentsMargins(0, 0, 0, 0)
        self.trip_scroll = QScrollArea(TripPage)
        self.trip_scroll.setObjectName(u"trip_scroll")
        self.trip_scroll.setWidgetResizable(True)
        self.trip_scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.trip_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trip_scroll_content = QWidget()
        self.trip_scroll_content.setObjectName(u"trip_scroll_content")
        self.trip_scroll_column = QVBoxLayout(self.trip_scroll_content)
        self.trip_scroll_column.setSpacing(0)
        self.trip_scroll_column.setObjectName(u"trip_scroll_column")
        self.trip_scroll_column.setContentsMargins(14, 12, 14, 16)
        self.trip_section_head = QHBoxLayout()
        self.trip_section_head.setSpacing(8)
        self.trip_section_head.setObjectName(u"trip_section_head")
        self.trip_section_head.setContentsMargins(2, 4, 2, 4)
        self.trip_section_heading = QLabel(self.trip_scroll_content)
        self.trip_section_heading.setObjectName(u"trip_section_heading")

        self.trip_section_head.addWidget(self.trip_section_heading)

        self.trip_section_summary = QLabel(self.trip_scroll_content)
        self.trip_section_summary.setObjectName(u"trip_section_summary")

        self.trip_section_head.addWidget(self.trip_section_summary)

        self.trip_section_head.setStretch(1, 1)

        self.trip_scroll_column.addLayout(self.trip_section_head)

        self.trip_fields = QWidget(self.trip_scroll_content)
        self.trip_fields.setObjectName(u"trip_fields")
        self.trip_fields_grid = QGridLayout(self.trip_fields)
        self.trip_fields_grid.setObjectName(u"trip_fields_grid")
        self.trip_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.trip_number_ace = FieldBox(self.trip_fields)
        self.trip_number_ace.setObjectName(u"trip_number_ace")

        self.trip_fields_grid.addWidget(self.trip_number_ace, 0, 0, 1, 3)

        self.trip_number_aci = FieldBox(self.trip_fields)
        self.trip_number_aci.setObjectName(u"trip_number_aci")

        self.trip_fields_grid.addWidget(self.trip_number_aci, 0, 3, 1, 3)

        self.us_port = FieldBox(self.trip_fields)
        self.us_port.setObjectName(u"us_port")

        self.trip_fields_grid.addWidget(self.us_port, 0, 6, 1, 4)

        self.ca_port = FieldBox(self.trip_fields)
        self.ca_port.setObjectName(u"ca_port")

        self.trip_fields_grid.addWidget(self.ca_port, 0, 10, 1, 4)

        self.eta = FieldBox(self.trip_fields)
        self.eta.setObjectName(u"eta")

        self.trip_fields_grid.addWidget(self.eta, 0, 14, 1, 5)

        self.nature = NatureBox(self.trip_fields)
        self.nature.setObjectName(u"nature")

        self.trip_fields_grid.addWidget(self.nature, 1, 0, 1, 3)

        self.iit_bond_type = FieldBox(self.trip_fields)
        self.iit_bond_type.setObjectName(u"iit_bond_type")

        self.trip_fields_grid.addWidget(self.iit_bond_type, 1, 3, 1, 4)

        self.sub_location = FieldBox(self.trip_fields)
        self.sub_location.setObjectName(u"sub_location")

        self.trip_fields_grid.addWidget(self.sub_location, 1, 7, 1, 4)

        self.eta_zone = FieldBox(self.trip_fields)
        self.eta_zone.setObjectName(u"eta_zone")

        self.trip_fields_grid.addWidget(self.eta_zone, 1, 11, 1, 3)


        self.trip_scroll_column.addWidget(self.trip_fields)

        self.space_1 = QSpacerItem(0, 12, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.trip_scroll_column.addItem(self.space_1)

        self.equipment_section_head = QHBoxLayout()
        self.equipment_section_head.setSpacing(8)
        self.equipment_section_head.setObjectName(u"equipment_section_head")
        self.equipment_section_head.setContentsMargins(2, 4, 2, 4)
        self.equipment_section_heading = QLabel(self.trip_scroll_content)
        self.equipment_section_heading.setObjectName(u"equipment_section_heading")

        self.equipment_section_head.addWidget(self.equipment_section_heading)

        self.equipment_section_summary = QLabel(self.trip_scroll_content)
        self.equipment_section_summary.setObjectName(u"equipment_section_summary")

        self.equipment_section_head.addWidget(self.equipment_section_summary)

        self.equipment_section_head.setStretch(1, 1)

        self.trip_scroll_column.addLayout(self.equipment_section_head)

        self.truck_fields = QWidget(self.trip_scroll_content)
        self.truck_fields.setObjectName(u"truck_fields")
        self.truck_fields_grid = QGridLayout(self.truck_fields)
        self.truck_fields_grid.setObjectName(u"truck_fields_grid")
        self.truck_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.truck_number = FieldBox(self.truck_fields)
        self.truck_number.setObjectName(u"truck_number")

        self.truck_fields_grid.addWidget(self.truck_number, 0, 0, 1, 3)

        self.truck_vin = FieldBox(self.truck_fields)
        self.truck_vin.setObjectName(u"truck_vin")

        self.truck_fields_grid.addWidget(self.truck_vin, 0, 3, 1, 3)

        self.truck_plate_number = FieldBox(self.truck_fields)
        self.truck_plate_number.setObjectName(u"truck_plate_number")

        self.truck_fields_grid.addWidget(self.truck_plate_number, 0, 6, 1, 3)

        self.truck_plate_state = FieldBox(self.truck_fields)
        self.truck_plate_state.setObjectName(u"truck_plate_state")

        self.truck_fields_grid.addWidget(self.truck_plate_state, 0, 9, 1, 3)

        self.truck_type = FieldBox(self.truck_fields)
        self.truck_type.setObjectName(u"truck_type")

        self.truck_fields_grid.addWidget(self.truck_type, 1, 0, 1, 3)

        self.truck_seals = FieldBox(self.truck_fields)
        self.truck_seals.setObjectName(u"truck_seals")

        self.truck_fields_grid.addWidget(self.truck_seals, 1, 3, 1, 3)

        self.truck_dot_number = FieldBox(self.truck_fields)
        self.truck_dot_number.setObjectName(u"truck_dot_number")

        self.truck_fields_grid.addWidget(self.truck_dot_number, 1, 6, 1, 3)

        self.truck_plate_country = FieldBox(self.truck_fields)
        self.truck_plate_country.setObjectName(u"truck_plate_country")

        self.truck_fields_grid.addWidget(self.truck_plate_country, 1, 9, 1, 3)

        self.truck_exemptions = FieldBox(self.truck_fields)
        self.truck_exemptions.setObjectName(u"truck_exemptions")

        self.truck_fields_grid.addWidget(self.truck_exemptions, 2, 0, 1, 3)


        self.trip_scroll_column.addWidget(self.truck_fields)

        self.truck_plates_rows = QWidget(self.trip_scroll_content)
        self.truck_plates_rows.setObjectName(u"truck_plates_rows")
        self.truck_plates_rows_column = QVBoxLayout(self.truck_plates_rows)
        self.truck_plates_rows_column.setSpacing(0)
        self.truck_plates_rows_column.setObjectName(u"truck_plates_rows_column")
        self.truck_plates_rows_column.setContentsMargins(0, 0, 0, 0)

        self.trip_scroll_column.addWidget(self.truck_plates_rows)

        self.insurance_part = QWidget(self.trip_scroll_content)
        self.insurance_part.setObjectName(u"insurance_part")
        self.insurance_column = QVBoxLayout(self.insurance_part)
        self.insurance_column.setSpacing(0)
        self.insurance_column.setObjectName(u"insurance_column")
        self.insurance_column.setContentsMargins(0, 0, 0, 0)
        self.insurance_section_head = QHBoxLayout()
        self.insurance_section_head.setSpacing(8)
        self.insurance_section_head.setObjectName(u"insurance_section_head")
        self.insurance_section_head.setContentsMargins(2, 2, 2, 0)
        self.insurance_section_heading = QLabel(self.insurance_part)
        self.insurance_section_heading.setObjectName(u"insurance_section_heading")

        self.insurance_section_head.addWidget(self.insurance_section_heading)

        self.insurance_section_summary = QLabel(self.insurance_part)
        self.insurance_section_summary.setObjectName(u"insurance_section_summary")

        self.insurance_section_head.addWidget(self.insurance_section_summary)

        self.insurance_section_head.setStretch(1, 1)

        self.insurance_column.addLayout(self.insurance_section_head)

        self.insurance_fields = QWidget(self.insurance_part)
        self.insurance_fields.setObjectName(u"insurance_fields")
        self.insurance_fields_grid = QGridLayout(self.insurance_fields)
        self.insurance_fields_grid.setObjectName(u"insurance_fields_grid")
        self.insurance_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.truck_insurance_company = FieldBox(self.insurance_fields)
        self.truck_insurance_company.setObjectName(u"truck_insurance_company")

        self.insurance_fields_grid.addWidget(self.truck_insurance_company, 0, 0, 1, 3)

        self.truck_insurance_policy = FieldBox(self.insurance_fields)
        self.truck_insurance_policy.setObjectName(u"truck_insurance_policy")

        self.insurance_fields_grid.addWidget(self.truck_insurance_policy, 0, 3, 1, 3)

        self.truck_insurance_date = FieldBox(self.insurance_fields)
        self.truck_insurance_date.setObjectName(u"truck_insurance_date")

        self.insurance_fields_grid.addWidget(self.truck_insurance_date, 0, 6, 1, 2)

        self.truck_insurance_amount = FieldBox(self.insurance_fields)
        self.truck_insurance_amount.setObjectName(u"truck_insurance_amount")

        self.insurance_fields_grid.addWidget(self.truck_insurance_amount, 0, 8, 1, 2)

        self.truck_insurance_currency = FieldBox(self.insurance_fields)
        self.truck_insurance_currency.setObjectName(u"truck_insurance_currency")

        self.insurance_fields_grid.addWidget(self.truck_insurance_currency, 0, 10, 1, 2)


        self.insurance_column.addWidget(self.insurance_fields)


        self.trip_scroll_column.addWidget(self.insurance_part)

        self.trailers_rows = QWidget(self.trip_scroll_content)
        self.trailers_rows.setObjectName(u"trailers_rows")
        self.trailers_rows_column = QVBoxLayout(self.trailers_rows)
        self.trailers_rows_column.setSpacing(0)
        self.trailers_rows_column.setObjectName(u"trailers_rows_column")
        self.trailers_rows_column.setContentsMargins(0, 0, 0, 0)

        self.trip_scroll_column.addWidget(self.trailers_rows)

        self.containers_rows = QWidget(self.trip_scroll_content)
        self.containers_rows.setObjectName(u"containers_rows")
        self.containers_rows_column = QVBoxLayout(self.containers_rows)
        self.containers_rows_column.setSpacing(0)
        self.containers_rows_column.setObjectName(u"containers_rows_column")
        self.containers_rows_column.setContentsMargins(0, 0, 0, 0)

        self.trip_scroll_column.addWidget(self.containers_rows)

        self.equipment_links = QHBoxLayout()
        self.equipment_links.setSpacing(4)
        self.equipment_links.setObjectName(u"equipment_links")
        self.equipment_links.setContentsMargins(0, 0, 0, 0)
        self.add_trailer = LinkButton(self.trip_scroll_content)
        self.add_trailer.setObjectName(u"add_trailer")

        self.equipment_links.addWidget(self.add_trailer)

        self.add_container = LinkButton(self.trip_scroll_content)
        self.add_container.setObjectName(u"add_container")

        self.equipment_links.addWidget(self.add_container)

        self.add_truck_plate = LinkButton(self.trip_scroll_content)
        self.add_truck_plate.setObjectName(u"add_truck_plate")

        self.equipment_links.addWidget(self.add_truck_plate)

        self.add_insurance = LinkButton(self.trip_scroll_content)
        self.add_insurance.setObjectName(u"add_insurance")

        self.equipment_links.addWidget(self.add_insurance)

        self.equipment_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.equipment_links.addItem(self.equipment_links_space)


        self.trip_scroll_column.addLayout(self.equipment_links)

        self.space_2 = QSpacerItem(0, 12, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.trip_scroll_column.addItem(self.space_2)

        self.crew_section_head = QHBoxLayout()
        self.crew_section_head.setSpacing(8)
        self.crew_section_head.setObjectName(u"crew_section_head")
        self.crew_section_head.setContentsMargins(2, 4, 2, 4)
        self.crew_section_heading = QLabel(self.trip_scroll_content)
        self.crew_section_heading.setObjectName(u"crew_section_heading")

        self.crew_section_head.addWidget(self.crew_section_heading)

        self.crew_section_summary = QLabel(self.trip_scroll_content)
        self.crew_section_summary.setObjectName(u"crew_section_summary")

        self.crew_section_head.addWidget(self.crew_section_summary)

        self.crew_section_head.setStretch(1, 1)

        self.trip_scroll_column.addLayout(self.crew_section_head)

        self.drivers_rows = QWidget(self.trip_scroll_content)
        self.drivers_rows.setObjectName(u"drivers_rows")
        self.drivers_rows_column = QVBoxLayout(self.drivers_rows)
        self.drivers_rows_column.setSpacing(0)
        self.drivers_rows_column.setObjectName(u"drivers_rows_column")
        self.drivers_rows_column.setContentsMargins(0, 0, 0, 0)

        self.trip_scroll_column.addWidget(self.drivers_rows)

        self.passengers_rows = QWidget(self.trip_scroll_content)
        self.passengers_rows.setObjectName(u"passengers_rows")
        self.passengers_rows_column = QVBoxLayout(self.passengers_rows)
        self.passengers_rows_column.setSpacing(0)
        self.passengers_rows_column.setObjectName(u"passengers_rows_column")
        self.passengers_rows_column.setContentsMargins(0, 0, 0, 0)

        self.trip_scroll_column.addWidget(self.passengers_rows)

        self.crew_links = QHBoxLayout()
        self.crew_links.setSpacing(4)
        self.crew_links.setObjectName(u"crew_links")
        self.crew_links.setContentsMargins(0, 0, 0, 0)
        self.add_driver = LinkButton(self.trip_scroll_content)
        self.add_driver.setObjectName(u"add_driver")

        self.crew_links.addWidget(self.add_driver)

        self.add_passenger = LinkButton(self.trip_scroll_content)
        self.add_passenger.setObjectName(u"add_passenger")

        self.crew_links.addWidget(self.add_passenger)

        self.crew_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.crew_links.addItem(self.crew_links_space)


        self.trip_scroll_column.addLayout(self.crew_links)

        self.space_3 = QSpacerItem(0, 12, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.trip_scroll_column.addItem(self.space_3)

        self.shipments_section_head = QHBoxLayout()
        self.shipments_section_head.setSpacing(8)
        self.shipments_section_head.setObjectName(u"shipments_section_head")
        self.shipments_section_head.setContentsMargins(2, 4, 2, 4)
        self.shipments_section_heading = QLabel(self.trip_scroll_content)
        self.shipments_section_heading.setObjectName(u"shipments_section_heading")

        self.shipments_section_head.addWidget(self.shipments_section_heading)

        self.shipments_section_summary = QLabel(self.trip_scroll_content)
        self.shipments_section_summary.setObjectName(u"shipments_section_summary")

        self.shipments_section_head.addWidget(self.shipments_section_summary)

        self.add_shipment = LinkButton(self.trip_scroll_content)
        self.add_shipment.setObjectName(u"add_shipment")

        self.shipments_section_head.addWidget(self.add_shipment)

        self.shipments_section_head.setStretch(1, 1)

        self.trip_scroll_column.addLayout(self.shipments_section_head)

        self.space_4 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.trip_scroll_column.addItem(self.space_4)

        self.shipments_table = QTableView(self.trip_scroll_content)
        self.shipments_table.setObjectName(u"shipments_table")

        self.trip_scroll_column.addWidget(self.shipments_table)

        self.trip_scroll_end = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.trip_scroll_column.addItem(self.trip_scroll_end)

        self.trip_scroll.setWidget(self.trip_scroll_content)

        self.page_column.addWidget(self.trip_scroll)


        self.retranslateUi(TripPage)

        QMetaObject.connectSlotsByName(TripPage)
    # setupUi

    def retranslateUi(self, TripPage):
        self.trip_section_heading.setProperty(u"token", QCoreApplication.translate("TripPage", u"heading", None))
        self.trip_section_summary.setProperty(u"look", QCoreApplication.translate("TripPage", u"quiet", None))
        self.equipment_section_heading.setProperty(u"token", QCoreApplication.translate("TripPage", u"heading", None))
        self.equipment_section_summary.setProperty(u"look", QCoreApplication.translate("TripPage", u"quiet", None))
        self.truck_number.setProperty(u"source", QCoreApplication.translate("TripPage", u"truck", None))
        self.truck_exemptions.setProperty(u"source", QCoreApplication.translate("TripPage", u"exemption", None))
        self.insurance_section_heading.setProperty(u"token", QCoreApplication.translate("TripPage", u"strong", None))
        self.insurance_section_summary.setProperty(u"look", QCoreApplication.translate("TripPage", u"quiet", None))
        self.crew_section_heading.setProperty(u"token", QCoreApplication.translate("TripPage", u"heading", None))
        self.crew_section_summary.setProperty(u"look", QCoreApplication.translate("TripPage", u"quiet", None))
        self.shipments_section_heading.setProperty(u"token", QCoreApplication.translate("TripPage", u"heading", None))
        self.shipments_section_summary.setProperty(u"look", QCoreApplication.translate("TripPage", u"quiet", None))
        pass
    # retranslateUi

