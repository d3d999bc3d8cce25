# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'shipment_page.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QFrame, QGridLayout,
    QHBoxLayout, QHeaderView, QLabel, QListView,
    QScrollArea, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

from desktop.ui.binding.field_box import FieldBox
from desktop.ui.editors.commodity_grid import CommodityGrid
from desktop.ui.editors.link_button import LinkButton

class Ui_ShipmentPage(object):
    def setupUi(self, ShipmentPage):
        if not ShipmentPage.objectName():
            ShipmentPage.setObjectName(u"ShipmentPage")
        ShipmentPage.resize(874, 600)
        self.page_row = QHBoxLayout(ShipmentPage)
        self.page_row.setSpacing(0)
        self.page_row.setObjectName(u"page_row")
        self.page_row.setContentsMargins(0, 0, 0, 0)
        self.list_part = QFrame(ShipmentPage)
        self.list_part.setObjectName(u"list_part")
        self.list_column = QVBoxLayout(self.list_part)
        self.list_column.setSpacing(0)
        self.list_column.setObjectName(u"list_column")
        self.list_column.setContentsMargins(0, 0, 0, 0)
        self.list_head = QHBoxLayout()
        self.list_head.setObjectName(u"list_head")
        self.list_head.setContentsMargins(14, 8, 8, 8)
        self.list_count = QLabel(self.list_part)
        self.list_count.setObjectName(u"list_count")

        self.list_head.addWidget(self.list_count)

        self.list_head_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.list_head.addItem(self.list_head_space)

        self.add_shipment = LinkButton(self.list_part)
        self.add_shipment.setObjectName(u"add_shipment")

        self.list_head.addWidget(self.add_shipment)


        self.list_column.addLayout(self.list_head)

        self.shipments_list = QListView(self.list_part)
        self.shipments_list.setObjectName(u"shipments_list")
        self.shipments_list.setFrameShape(QFrame.Shape.NoFrame)

        self.list_column.addWidget(self.shipments_list)

        self.list_total = QLabel(self.list_part)
        self.list_total.setObjectName(u"list_total")

        self.list_column.addWidget(self.list_total)


        self.page_row.addWidget(self.list_part)

        self.detail_column = QVBoxLayout()
        self.detail_column.setSpacing(0)
        self.detail_column.setObjectName(u"detail_column")
        self.detail_column.setContentsMargins(0, 0, 0, 0)
        self.shipment_choice = QComboBox(ShipmentPage)
        self.shipment_choice.setObjectName(u"shipment_choice")

        self.detail_column.addWidget(self.shipment_choice)

        self.shipment_scroll = QScrollArea(ShipmentPage)
        self.shipment_scroll.setObjectName(u"shipment_scroll")
        self.shipment_scroll.setWidgetResizable(True)
        self.shipment_scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.shipment_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shipment_scroll_content = QWidget()
        self.shipment_scroll_content.setObjectName(u"shipment_scroll_content")
        self.shipment_scroll_column = QVBoxLayout(self.shipment_scroll_content)
        self.shipment_scroll_column.setSpacing(0)
        self.shipment_scroll_column.setObjectName(u"shipment_scroll_column")
        self.shipment_scroll_column.setContentsMargins(14, 12, 14, 16)
        self.shipment_section_head = QHBoxLayout()
        self.shipment_section_head.setSpacing(8)
        self.shipment_section_head.setObjectName(u"shipment_section_head")
        self.shipment_section_head.setContentsMargins(2, 4, 2, 4)
        self.shipment_section_heading = QLabel(self.shipment_scroll_content)
        self.shipment_section_heading.setObjectName(u"shipment_section_heading")

        self.shipment_section_head.addWidget(self.shipment_section_heading)

        self.shipment_section_summary = QLabel(self.shipment_scroll_content)
        self.shipment_section_summary.setObjectName(u"shipment_section_summary")

        self.shipment_section_head.addWidget(self.shipment_section_summary)

        self.remove_shipment = LinkButton(self.shipment_scroll_content)
        self.remove_shipment.setObjectName(u"remove_shipment")

        self.shipment_section_head.addWidget(self.remove_shipment)

        self.shipment_section_head.setStretch(1, 1)

        self.shipment_scroll_column.addLayout(self.shipment_section_head)

        self.number_fields = QWidget(self.shipment_scroll_content)
        self.number_fields.setObjectName(u"number_fields")
        self.number_fields_grid = QGridLayout(self.number_fields)
        self.number_fields_grid.setObjectName(u"number_fields_grid")
        self.number_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.shipment_control_number = FieldBox(self.number_fields)
        self.shipment_control_number.setObjectName(u"shipment_control_number")

        self.number_fields_grid.addWidget(self.shipment_control_number, 0, 0, 1, 4)

        self.cargo_control_number = FieldBox(self.number_fields)
        self.cargo_control_number.setObjectName(u"cargo_control_number")

        self.number_fields_grid.addWidget(self.cargo_control_number, 0, 4, 1, 4)

        self.shipment_type_ace = FieldBox(self.number_fields)
        self.shipment_type_ace.setObjectName(u"shipment_type_ace")

        self.number_fields_grid.addWidget(self.shipment_type_ace, 0, 8, 1, 4)

        self.shipment_type_aci = FieldBox(self.number_fields)
        self.shipment_type_aci.setObjectName(u"shipment_type_aci")

        self.number_fields_grid.addWidget(self.shipment_type_aci, 0, 12, 1, 3)

        self.province_of_loading = FieldBox(self.number_fields)
        self.province_of_loading.setObjectName(u"province_of_loading")

        self.number_fields_grid.addWidget(self.province_of_loading, 0, 15, 1, 4)

        self.shipment_loaded_on_type = FieldBox(self.number_fields)
        self.shipment_loaded_on_type.setObjectName(u"shipment_loaded_on_type")

        self.number_fields_grid.addWidget(self.shipment_loaded_on_type, 0, 19, 1, 2)

        self.shipment_loaded_on_number = FieldBox(self.number_fields)
        self.shipment_loaded_on_number.setObjectName(u"shipment_loaded_on_number")

        self.number_fields_grid.addWidget(self.shipment_loaded_on_number, 0, 21, 1, 3)

        self.shipment_ca_port = FieldBox(self.number_fields)
        self.shipment_ca_port.setObjectName(u"shipment_ca_port")

        self.number_fields_grid.addWidget(self.shipment_ca_port, 1, 0, 1, 4)

        self.release_office = FieldBox(self.number_fields)
        self.release_office.setObjectName(u"release_office")

        self.number_fields_grid.addWidget(self.release_office, 1, 4, 1, 4)

        self.shipment_eta = FieldBox(self.number_fields)
        self.shipment_eta.setObjectName(u"shipment_eta")

        self.number_fields_grid.addWidget(self.shipment_eta, 1, 8, 1, 4)

        self.city_of_loading_city = FieldBox(self.number_fields)
        self.city_of_loading_city.setObjectName(u"city_of_loading_city")

        self.number_fields_grid.addWidget(self.city_of_loading_city, 2, 0, 1, 4)

        self.city_of_loading_state = FieldBox(self.number_fields)
        self.city_of_loading_state.setObjectName(u"city_of_loading_state")

        self.number_fields_grid.addWidget(self.city_of_loading_state, 2, 4, 1, 4)

        self.city_of_loading_country = FieldBox(self.number_fields)
        self.city_of_loading_country.setObjectName(u"city_of_loading_country")

        self.number_fields_grid.addWidget(self.city_of_loading_country, 2, 8, 1, 4)

        self.reference_only = FieldBox(self.number_fields)
        self.reference_only.setObjectName(u"reference_only")

        self.number_fields_grid.addWidget(self.reference_only, 3, 0, 1, 4)

        self.consolidated_freight = FieldBox(self.number_fields)
        self.consolidated_freight.setObjectName(u"consolidated_freight")

        self.number_fields_grid.addWidget(self.consolidated_freight, 3, 4, 1, 4)


        self.shipment_scroll_column.addWidget(self.number_fields)

        self.space_1 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.shipment_scroll_column.addItem(self.space_1)

        self.shipper_section_head = QHBoxLayout()
        self.shipper_section_head.setSpacing(8)
        self.shipper_section_head.setObjectName(u"shipper_section_head")
        self.shipper_section_head.setContentsMargins(2, 2, 2, 0)
        self.shipper_section_heading = QLabel(self.shipment_scroll_content)
        self.shipper_section_heading.setObjectName(u"shipper_section_heading")

        self.shipper_section_head.addWidget(self.shipper_section_heading)

        self.shipper_section_summary = QLabel(self.shipment_scroll_content)
        self.shipper_section_summary.setObjectName(u"shipper_section_summary")

        self.shipper_section_head.addWidget(self.shipper_section_summary)

        self.shipper_section_head.setStretch(1, 1)

        self.shipment_scroll_column.addLayout(self.shipper_section_head)

        self.shipper_fields = QWidget(self.shipment_scroll_content)
        self.shipper_fields.setObjectName(u"shipper_fields")
        self.shipper_fields_grid = QGridLayout(self.shipper_fields)
        self.shipper_fields_grid.setObjectName(u"shipper_fields_grid")
        self.shipper_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.shipper_name = FieldBox(self.shipper_fields)
        self.shipper_name.setObjectName(u"shipper_name")

        self.shipper_fields_grid.addWidget(self.shipper_name, 0, 0, 1, 4)

        self.shipper_phone = FieldBox(self.shipper_fields)
        self.shipper_phone.setObjectName(u"shipper_phone")

        self.shipper_fields_grid.addWidget(self.shipper_phone, 0, 4, 1, 3)

        self.shipper_address_line = FieldBox(self.shipper_fields)
        self.shipper_address_line.setObjectName(u"shipper_address_line")

        self.shipper_fields_grid.addWidget(self.shipper_address_line, 0, 7, 1, 5)

        self.shipper_address_city = FieldBox(self.shipper_fields)
        self.shipper_address_city.setObjectName(u"shipper_address_city")

        self.shipper_fields_grid.addWidget(self.shipper_address_city, 1, 0, 1, 3)

        self.shipper_address_state = FieldBox(self.shipper_fields)
        self.shipper_address_state.setObjectName(u"shipper_address_state")

        self.shipper_fields_grid.addWidget(self.shipper_address_state, 1, 3, 1, 3)

        self.shipper_address_postal_code = FieldBox(self.shipper_fields)
        self.shipper_address_postal_code.setObjectName(u"shipper_address_postal_code")

        self.shipper_fields_grid.addWidget(self.shipper_address_postal_code, 1, 6, 1, 3)

        self.shipper_address_country = FieldBox(self.shipper_fields)
        self.shipper_address_country.setObjectName(u"shipper_address_country")

        self.shipper_fields_grid.addWidget(self.shipper_address_country, 1, 9, 1, 3)


        self.shipment_scroll_column.addWidget(self.shipper_fields)

        self.consignee_section_head = QHBoxLayout()
        self.consignee_section_head.setSpacing(8)
        self.consignee_section_head.setObjectName(u"consignee_section_head")
        self.consignee_section_head.setContentsMargins(2, 2, 2, 0)
        self.consignee_section_heading = QLabel(self.shipment_scroll_content)
        self.consignee_section_heading.setObjectName(u"consignee_section_heading")

        self.consignee_section_head.addWidget(self.consignee_section_heading)

        self.consignee_section_summary = QLabel(self.shipment_scroll_content)
        self.consignee_section_summary.setObjectName(u"consignee_section_summary")

        self.consignee_section_head.addWidget(self.consignee_section_summary)

        self.consignee_section_head.setStretch(1, 1)

        self.shipment_scroll_column.addLayout(self.consignee_section_head)

        self.consignee_fields = QWidget(self.shipment_scroll_content)
        self.consignee_fields.setObjectName(u"consignee_fields")
        self.consignee_fields_grid = QGridLayout(self.consignee_fields)
        self.consignee_fields_grid.setObjectName(u"consignee_fields_grid")
        self.consignee_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.consignee_name = FieldBox(self.consignee_fields)
        self.consignee_name.setObjectName(u"consignee_name")

        self.consignee_fields_grid.addWidget(self.consignee_name, 0, 0, 1, 4)

        self.consignee_phone = FieldBox(self.consignee_fields)
        self.consignee_phone.setObjectName(u"consignee_phone")

        self.consignee_fields_grid.addWidget(self.consignee_phone, 0, 4, 1, 3)

        self.consignee_address_line = FieldBox(self.consignee_fields)
        self.consignee_address_line.setObjectName(u"consignee_address_line")

        self.consignee_fields_grid.addWidget(self.consignee_address_line, 0, 7, 1, 5)

        self.consignee_address_city = FieldBox(self.consignee_fields)
        self.consignee_address_city.setObjectName(u"consignee_address_city")

        self.consignee_fields_grid.addWidget(self.consignee_address_city, 1, 0, 1, 3)

        self.consignee_address_state = FieldBox(self.consignee_fields)
        self.consignee_address_state.setObjectName(u"consignee_address_state")

        self.consignee_fields_grid.addWidget(self.consignee_address_state, 1, 3, 1, 3)

        self.consignee_address_postal_code = FieldBox(self.consignee_fields)
        self.consignee_address_postal_code.setObjectName(u"consignee_address_postal_code")

        self.consignee_fields_grid.addWidget(self.consignee_address_postal_code, 1, 6, 1, 3)

        self.consignee_address_country = FieldBox(self.consignee_fields)
        self.consignee_address_country.setObjectName(u"consignee_address_country")

        self.consignee_fields_grid.addWidget(self.consignee_address_country, 1, 9, 1, 3)


        self.shipment_scroll_column.addWidget(self.consignee_fields)

        self.space_2 = QSpacerItem(0, 8, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.shipment_scroll_column.addItem(self.space_2)

        self.commodities_section_head = QHBoxLayout()
        self.commodities_section_head.setSpacing(8)
        self.commodities_section_head.setObjectName(u"commodities_section_head")
        self.commodities_section_head.setContentsMargins(2, 4, 2, 4)
        self.commodities_section_heading = QLabel(self.shipment_scroll_content)
        self.commodities_section_heading.setObjectName(u"commodities_section_heading")

        self.commodities_section_head.addWidget(self.commodities_section_heading)

        self.commodities_section_summary = QLabel(self.shipment_scroll_content)
        self.commodities_section_summary.setObjectName(u"commodities_section_summary")

        self.commodities_section_head.addWidget(self.commodities_section_summary)

        self.add_commodity = LinkButton(self.shipment_scroll_content)
        self.add_commodity.setObjectName(u"add_commodity")

        self.commodities_section_head.addWidget(self.add_commodity)

        self.commodities_section_head.setStretch(1, 1)

        self.shipment_scroll_column.addLayout(self.commodities_section_head)

        self.space_3 = QSpacerItem(0, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.shipment_scroll_column.addItem(self.space_3)

        self.commodities_table = CommodityGrid(self.shipment_scroll_content)
        self.commodities_table.setObjectName(u"commodities_table")

        self.shipment_scroll_column.addWidget(self.commodities_table)

        self.commodity_message = QLabel(self.shipment_scroll_content)
        self.commodity_message.setObjectName(u"commodity_message")
        self.commodity_message.setWordWrap(True)

        self.shipment_scroll_column.addWidget(self.commodity_message)

        self.commodity_part = QWidget(self.shipment_scroll_content)
        self.commodity_part.setObjectName(u"commodity_part")
        self.commodity_column = QVBoxLayout(self.commodity_part)
        self.commodity_column.setSpacing(0)
        self.commodity_column.setObjectName(u"commodity_column")
        self.commodity_column.setContentsMargins(0, 0, 0, 0)
        self.commodity_section_head = QHBoxLayout()
        self.commodity_section_head.setSpacing(8)
        self.commodity_section_head.setObjectName(u"commodity_section_head")
        self.commodity_section_head.setContentsMargins(2, 2, 2, 0)
        self.commodity_section_heading = QLabel(self.commodity_part)
        self.commodity_section_heading.setObjectName(u"commodity_section_heading")

        self.commodity_section_head.addWidget(self.commodity_section_heading)

        self.commodity_section_summary = QLabel(self.commodity_part)
        self.commodity_section_summary.setObjectName(u"commodity_section_summary")

        self.commodity_section_head.addWidget(self.commodity_section_summary)

        self.commodity_section_head.setStretch(1, 1)

        self.commodity_column.addLayout(self.commodity_section_head)

        self.commodity_fields = QWidget(self.commodity_part)
        self.commodity_fields.setObjectName(u"commodity_fields")
        self.commodity_fields_grid = QGridLayout(self.commodity_fields)
        self.commodity_fields_grid.setObjectName(u"commodity_fields_grid")
        self.commodity_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.commodity_loaded_on_type = FieldBox(self.commodity_fields)
        self.commodity_loaded_on_type.setObjectName(u"commodity_loaded_on_type")

        self.commodity_fields_grid.addWidget(self.commodity_loaded_on_type, 0, 0, 1, 3)

        self.commodity_loaded_on_number = FieldBox(self.commodity_fields)
        self.commodity_loaded_on_number.setObjectName(u"commodity_loaded_on_number")

        self.commodity_fields_grid.addWidget(self.commodity_loaded_on_number, 0, 3, 1, 3)

        self.commodity_harmonized_code = FieldBox(self.commodity_fields)
        self.commodity_harmonized_code.setObjectName(u"commodity_harmonized_code")

        self.commodity_fields_grid.addWidget(self.commodity_harmonized_code, 0, 6, 1, 3)

        self.commodity_value = FieldBox(self.commodity_fields)
        self.commodity_value.setObjectName(u"commodity_value")

        self.commodity_fields_grid.addWidget(self.commodity_value, 0, 9, 1, 3)

        self.commodity_country_of_origin = FieldBox(self.commodity_fields)
        self.commodity_country_of_origin.setObjectName(u"commodity_country_of_origin")

        self.commodity_fields_grid.addWidget(self.commodity_country_of_origin, 1, 0, 1, 3)

        self.commodity_line_release_number = FieldBox(self.commodity_fields)
        self.commodity_line_release_number.setObjectName(u"commodity_line_release_number")

        self.commodity_fields_grid.addWidget(self.commodity_line_release_number, 1, 3, 1, 3)

        self.commodity_un_code = FieldBox(self.commodity_fields)
        self.commodity_un_code.setObjectName(u"commodity_un_code")

        self.commodity_fields_grid.addWidget(self.commodity_un_code, 2, 0, 1, 3)

        self.commodity_hazmat_contact = FieldBox(self.commodity_fields)
        self.commodity_hazmat_contact.setObjectName(u"commodity_hazmat_contact")

        self.commodity_fields_grid.addWidget(self.commodity_hazmat_contact, 2, 3, 1, 3)

        self.commodity_hazmat_phone = FieldBox(self.commodity_fields)
        self.commodity_hazmat_phone.setObjectName(u"commodity_hazmat_phone")

        self.commodity_fields_grid.addWidget(self.commodity_hazmat_phone, 2, 6, 1, 3)

        self.commodity_hazmat_email = FieldBox(self.commodity_fields)
        self.commodity_hazmat_email.setObjectName(u"commodity_hazmat_email")

        self.commodity_fields_grid.addWidget(self.commodity_hazmat_email, 2, 9, 1, 3)

        self.commodity_hazmat_instructions = FieldBox(self.commodity_fields)
        self.commodity_hazmat_instructions.setObjectName(u"commodity_hazmat_instructions")

        self.commodity_fields_grid.addWidget(self.commodity_hazmat_instructions, 2, 12, 1, 3)


        self.commodity_column.addWidget(self.commodity_fields)


        self.shipment_scroll_column.addWidget(self.commodity_part)

        self.in_bond_part = QWidget(self.shipment_scroll_content)
        self.in_bond_part.setObjectName(u"in_bond_part")
        self.in_bond_column = QVBoxLayout(self.in_bond_part)
        self.in_bond_column.setSpacing(0)
        self.in_bond_column.setObjectName(u"in_bond_column")
        self.in_bond_column.setContentsMargins(0, 0, 0, 0)
        self.in_bond_section_head = QHBoxLayout()
        self.in_bond_section_head.setSpacing(8)
        self.in_bond_section_head.setObjectName(u"in_bond_section_head")
        self.in_bond_section_head.setContentsMargins(2, 2, 2, 0)
        self.in_bond_section_heading = QLabel(self.in_bond_part)
        self.in_bond_section_heading.setObjectName(u"in_bond_section_heading")

        self.in_bond_section_head.addWidget(self.in_bond_section_heading)

        self.in_bond_section_summary = QLabel(self.in_bond_part)
        self.in_bond_section_summary.setObjectName(u"in_bond_section_summary")

        self.in_bond_section_head.addWidget(self.in_bond_section_summary)

        self.in_bond_section_head.setStretch(1, 1)

        self.in_bond_column.addLayout(self.in_bond_section_head)

        self.in_bond_fields = QWidget(self.in_bond_part)
        self.in_bond_fields.setObjectName(u"in_bond_fields")
        self.in_bond_fields_grid = QGridLayout(self.in_bond_fields)
        self.in_bond_fields_grid.setObjectName(u"in_bond_fields_grid")
        self.in_bond_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.in_bond_type = FieldBox(self.in_bond_fields)
        self.in_bond_type.setObjectName(u"in_bond_type")

        self.in_bond_fields_grid.addWidget(self.in_bond_type, 0, 0, 1, 4)

        self.in_bond_number = FieldBox(self.in_bond_fields)
        self.in_bond_number.setObjectName(u"in_bond_number")

        self.in_bond_fields_grid.addWidget(self.in_bond_number, 0, 4, 1, 4)

        self.in_bond_us_destination = FieldBox(self.in_bond_fields)
        self.in_bond_us_destination.setObjectName(u"in_bond_us_destination")

        self.in_bond_fields_grid.addWidget(self.in_bond_us_destination, 0, 8, 1, 4)

        self.in_bond_foreign_destination = FieldBox(self.in_bond_fields)
        self.in_bond_foreign_destination.setObjectName(u"in_bond_foreign_destination")

        self.in_bond_fields_grid.addWidget(self.in_bond_foreign_destination, 1, 0, 1, 4)

        self.in_bond_onward_scac = FieldBox(self.in_bond_fields)
        self.in_bond_onward_scac.setObjectName(u"in_bond_onward_scac")

        self.in_bond_fields_grid.addWidget(self.in_bond_onward_scac, 1, 4, 1, 4)

        self.in_bond_irs_number = FieldBox(self.in_bond_fields)
        self.in_bond_irs_number.setObjectName(u"in_bond_irs_number")

        self.in_bond_fields_grid.addWidget(self.in_bond_irs_number, 1, 8, 1, 4)

        self.in_bond_departure_date = FieldBox(self.in_bond_fields)
        self.in_bond_departure_date.setObjectName(u"in_bond_departure_date")

        self.in_bond_fields_grid.addWidget(self.in_bond_departure_date, 2, 0, 1, 4)

        self.in_bond_fda = FieldBox(self.in_bond_fields)
        self.in_bond_fda.setObjectName(u"in_bond_fda")

        self.in_bond_fields_grid.addWidget(self.in_bond_fda, 2, 4, 1, 4)


        self.in_bond_column.addWidget(self.in_bond_fields)


        self.shipment_scroll_column.addWidget(self.in_bond_part)

        self.release_part = QWidget(self.shipment_scroll_content)
        self.release_part.setObjectName(u"release_part")
        self.release_column = QVBoxLayout(self.release_part)
        self.release_column.setSpacing(0)
        self.release_column.setObjectName(u"release_column")
        self.release_column.setContentsMargins(0, 0, 0, 0)
        self.release_section_head = QHBoxLayout()
        self.release_section_head.setSpacing(8)
        self.release_section_head.setObjectName(u"release_section_head")
        self.release_section_head.setContentsMargins(2, 2, 2, 0)
        self.release_section_heading = QLabel(self.release_part)
        self.release_section_heading.setObjectName(u"release_section_heading")

        self.release_section_head.addWidget(self.release_section_heading)

        self.release_section_summary = QLabel(self.release_part)
        self.release_section_summary.setObjectName(u"release_section_summary")

        self.release_section_head.addWidget(self.release_section_summary)

        self.release_section_head.setStretch(1, 1)

        self.release_column.addLayout(self.release_section_head)

        self.release_fields = QWidget(self.release_part)
        self.release_fields.setObjectName(u"release_fields")
        self.release_fields_grid = QGridLayout(self.release_fields)
        self.release_fields_grid.setObjectName(u"release_fields_grid")
        self.release_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.broker_filer_code = FieldBox(self.release_fields)
        self.broker_filer_code.setObjectName(u"broker_filer_code")

        self.release_fields_grid.addWidget(self.broker_filer_code, 0, 0, 1, 4)

        self.broker_port = FieldBox(self.release_fields)
        self.broker_port.setObjectName(u"broker_port")

        self.release_fields_grid.addWidget(self.broker_port, 0, 4, 1, 4)

        self.goods_astray_exit_date = FieldBox(self.release_fields)
        self.goods_astray_exit_date.setObjectName(u"goods_astray_exit_date")

        self.release_fields_grid.addWidget(self.goods_astray_exit_date, 0, 8, 1, 4)


        self.release_column.addWidget(self.release_fields)


        self.shipment_scroll_column.addWidget(self.release_part)

        self.more_part = QWidget(self.shipment_scroll_content)
        self.more_part.setObjectName(u"more_part")
        self.more_column = QVBoxLayout(self.more_part)
        self.more_column.setSpacing(0)
        self.more_column.setObjectName(u"more_column")
        self.more_column.setContentsMargins(0, 0, 0, 0)
        self.more_section_head = QHBoxLayout()
        self.more_section_head.setSpacing(8)
        self.more_section_head.setObjectName(u"more_section_head")
        self.more_section_head.setContentsMargins(2, 2, 2, 0)
        self.more_section_heading = QLabel(self.more_part)
        self.more_section_heading.setObjectName(u"more_section_heading")

        self.more_section_head.addWidget(self.more_section_heading)

        self.more_section_summary = QLabel(self.more_part)
        self.more_section_summary.setObjectName(u"more_section_summary")

        self.more_section_head.addWidget(self.more_section_summary)

        self.more_section_head.setStretch(1, 1)

        self.more_column.addLayout(self.more_section_head)

        self.more_fields = QWidget(self.more_part)
        self.more_fields.setObjectName(u"more_fields")
        self.more_fields_grid = QGridLayout(self.more_fields)
        self.more_fields_grid.setObjectName(u"more_fields_grid")
        self.more_fields_grid.setContentsMargins(0, 0, 0, 0)
        self.city_of_acceptance_city = FieldBox(self.more_fields)
        self.city_of_acceptance_city.setObjectName(u"city_of_acceptance_city")

        self.more_fields_grid.addWidget(self.city_of_acceptance_city, 0, 0, 1, 4)

        self.city_of_acceptance_state = FieldBox(self.more_fields)
        self.city_of_acceptance_state.setObjectName(u"city_of_acceptance_state")

        self.more_fields_grid.addWidget(self.city_of_acceptance_state, 0, 4, 1, 4)

        self.city_of_acceptance_country = FieldBox(self.more_fields)
        self.city_of_acceptance_country.setObjectName(u"city_of_acceptance_country")

        self.more_fields_grid.addWidget(self.city_of_acceptance_country, 0, 8, 1, 4)

        self.csa_business_number = FieldBox(self.more_fields)
        self.csa_business_number.setObjectName(u"csa_business_number")

        self.more_fields_grid.addWidget(self.csa_business_number, 1, 0, 1, 4)

        self.consignment_reference = FieldBox(self.more_fields)
        self.consignment_reference.setObjectName(u"consignment_reference")

        self.more_fields_grid.addWidget(self.consignment_reference, 1, 4, 1, 4)

        self.shipment_sub_location = FieldBox(self.more_fields)
        self.shipment_sub_location.setObjectName(u"shipment_sub_location")

        self.more_fields_grid.addWidget(self.shipment_sub_location, 1, 8, 1, 4)

        self.special_instructions = FieldBox(self.more_fields)
        self.special_instructions.setObjectName(u"special_instructions")

        self.more_fields_grid.addWidget(self.special_instructions, 2, 0, 1, 8)

        self.shipment_eta_zone = FieldBox(self.more_fields)
        self.shipment_eta_zone.setObjectName(u"shipment_eta_zone")

        self.more_fields_grid.addWidget(self.shipment_eta_zone, 2, 8, 1, 4)


        self.more_column.addWidget(self.more_fields)


        self.shipment_scroll_column.addWidget(self.more_part)

        self.deliveries_rows = QWidget(self.shipment_scroll_content)
        self.deliveries_rows.setObjectName(u"deliveries_rows")
        self.deliveries_rows_column = QVBoxLayout(self.deliveries_rows)
        self.deliveries_rows_column.setSpacing(0)
        self.deliveries_rows_column.setObjectName(u"deliveries_rows_column")
        self.deliveries_rows_column.setContentsMargins(0, 0, 0, 0)

        self.shipment_scroll_column.addWidget(self.deliveries_rows)

        self.notifies_rows = QWidget(self.shipment_scroll_content)
        self.notifies_rows.setObjectName(u"notifies_rows")
        self.notifies_rows_column = QVBoxLayout(self.notifies_rows)
        self.notifies_rows_column.setSpacing(0)
        self.notifies_rows_column.setObjectName(u"notifies_rows_column")
        self.notifies_rows_column.setContentsMargins(0, 0, 0, 0)

        self.shipment_scroll_column.addWidget(self.notifies_rows)

        self.third_parties_rows = QWidget(self.shipment_scroll_content)
        self.third_parties_rows.setObjectName(u"third_parties_rows")
        self.third_parties_rows_column = QVBoxLayout(self.third_parties_rows)
        self.third_parties_rows_column.setSpacing(0)
        self.third_parties_rows_column.setObjectName(u"third_parties_rows_column")
        self.third_parties_rows_column.setContentsMargins(0, 0, 0, 0)

        self.shipment_scroll_column.addWidget(self.third_parties_rows)

        self.shipment_links = QHBoxLayout()
        self.shipment_links.setSpacing(4)
        self.shipment_links.setObjectName(u"shipment_links")
        self.shipment_links.setContentsMargins(0, 0, 0, 0)
        self.add_in_bond = LinkButton(self.shipment_scroll_content)
        self.add_in_bond.setObjectName(u"add_in_bond")

        self.shipment_links.addWidget(self.add_in_bond)

        self.add_release = LinkButton(self.shipment_scroll_content)
        self.add_release.setObjectName(u"add_release")

        self.shipment_links.addWidget(self.add_release)

        self.add_more = LinkButton(self.shipment_scroll_content)
        self.add_more.setObjectName(u"add_more")

        self.shipment_links.addWidget(self.add_more)

        self.add_delivery = LinkButton(self.shipment_scroll_content)
        self.add_delivery.setObjectName(u"add_delivery")

        self.shipment_links.addWidget(self.add_delivery)

        self.add_notify = LinkButton(self.shipment_scroll_content)
        self.add_notify.setObjectName(u"add_notify")

        self.shipment_links.addWidget(self.add_notify)

        self.add_third_party = LinkButton(self.shipment_scroll_content)
        self.add_third_party.setObjectName(u"add_third_party")

        self.shipment_links.addWidget(self.add_third_party)

        self.shipment_links_space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.shipment_links.addItem(self.shipment_links_space)


        self.shipment_scroll_column.addLayout(self.shipment_links)

        self.shipment_scroll_end = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.shipment_scroll_column.addItem(self.shipment_scroll_end)

        self.shipment_scroll.setWidget(self.shipment_scroll_content)

        self.detail_column.addWidget(self.shipment_scroll)


        self.page_row.addLayout(self.detail_column)

        self.page_row.setStretch(1, 1)

        self.retranslateUi(ShipmentPage)

        QMetaObject.connectSlotsByName(ShipmentPage)
    # setupUi

    def retranslateUi(self, ShipmentPage):
        self.list_part.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"side", None))
        self.list_count.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"strong", None))
        self.list_total.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.shipment_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"heading", None))
        self.shipment_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.shipment_loaded_on_number.setProperty(u"source", QCoreApplication.translate("ShipmentPage", u"unit", None))
        self.city_of_loading_city.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"city_of_loading", None))
        self.city_of_loading_state.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"city_of_loading", None))
        self.city_of_loading_country.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"city_of_loading", None))
        self.shipper_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"strong", None))
        self.shipper_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.shipper_name.setProperty(u"source", QCoreApplication.translate("ShipmentPage", u"partner", None))
        self.shipper_name.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"shipper", None))
        self.shipper_phone.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"shipper", None))
        self.shipper_address_line.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"shipper", None))
        self.shipper_address_city.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"shipper", None))
        self.shipper_address_state.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"shipper", None))
        self.shipper_address_postal_code.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"shipper", None))
        self.shipper_address_country.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"shipper", None))
        self.consignee_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"strong", None))
        self.consignee_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.consignee_name.setProperty(u"source", QCoreApplication.translate("ShipmentPage", u"partner", None))
        self.consignee_name.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"consignee", None))
        self.consignee_phone.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"consignee", None))
        self.consignee_address_line.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"consignee", None))
        self.consignee_address_city.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"consignee", None))
        self.consignee_address_state.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"consignee", None))
        self.consignee_address_postal_code.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"consignee", None))
        self.consignee_address_country.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"consignee", None))
        self.commodities_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"heading", None))
        self.commodities_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.commodity_message.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"words", None))
        self.commodity_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"strong", None))
        self.commodity_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.commodity_loaded_on_number.setProperty(u"source", QCoreApplication.translate("ShipmentPage", u"unit", None))
        self.in_bond_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"strong", None))
        self.in_bond_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.release_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"strong", None))
        self.release_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.more_section_heading.setProperty(u"token", QCoreApplication.translate("ShipmentPage", u"strong", None))
        self.more_section_summary.setProperty(u"look", QCoreApplication.translate("ShipmentPage", u"quiet", None))
        self.city_of_acceptance_city.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"city_of_acceptance", None))
        self.city_of_acceptance_state.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"city_of_acceptance", None))
        self.city_of_acceptance_country.setProperty(u"group", QCoreApplication.translate("ShipmentPage", u"city_of_acceptance", None))
        pass
    # retranslateUi

