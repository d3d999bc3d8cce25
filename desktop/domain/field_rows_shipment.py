"""The field table, part two: shipments, parties, commodities (protocol 2, 4, 6)."""

from __future__ import annotations

from desktop.domain.field import Field, Kind, Need
from desktop.domain.field_rows_commodity import COMMODITY, ace_row, aci_row, for_row, loaded_on
from desktop.domain.field_rows_trip import DAY, NO, PORT, SOMETIMES, WALL_TIME, YES, envelope

_SHIPMENT = "/shipments/*"


def _party(who: str, base: str, regimes: str, need: Need, mark: str = "M", *, many: str = "") -> tuple[Field, ...]:
    """Return the rows of one party: its name, telephone (ACI) and address."""
    inner = f"{base}/*" if many else base
    address = f"{inner}/address"
    names = f"{who}_address"
    return (
        for_row(regimes, many or who, base, Kind.ARRAY if many else Kind.OBJECT, need, mark=mark),
        for_row(regimes, f"{who}_name", f"{inner}/name", Kind.TEXT, YES, minimum=1, maximum=60),
        for_row(regimes, f"{who}_phone", f"{inner}/contactNumber", Kind.TEXT, mark="F"),
        for_row(regimes, names, address, Kind.OBJECT, YES),
        for_row(regimes, f"{names}_line", f"{address}/addressLine", Kind.TEXT, YES, minimum=1, maximum=110),
        for_row(regimes, f"{names}_city", f"{address}/city", Kind.TEXT, YES, minimum=1, maximum=30),
        for_row(
            regimes,
            f"{names}_state",
            f"{address}/stateProvince",
            Kind.CODE,
            SOMETIMES,
            minimum=2,
            maximum=3,
            codes="states-provinces",
        ),
        for_row(regimes, f"{names}_postal_code", f"{address}/postalCode", Kind.TEXT, YES, minimum=1, maximum=10),
        for_row(
            regimes,
            f"{names}_country",
            f"{address}/country",
            Kind.CODE,
            SOMETIMES,
            minimum=2,
            maximum=2,
            codes="countries",
        ),
    )


def _city(name: str, wire: str, need: Need, mark: str) -> tuple[Field, ...]:
    base = f"{_SHIPMENT}/{wire}"
    return (
        aci_row(name, base, Kind.OBJECT, need, mark=mark),
        aci_row(f"{name}_city", f"{base}/cityName", Kind.TEXT, YES, minimum=1, maximum=25, mark=mark),
        aci_row(
            f"{name}_state",
            f"{base}/stateProvince",
            Kind.CODE,
            YES,
            minimum=2,
            maximum=3,
            codes="states-provinces",
            mark=mark,
        ),
        aci_row(f"{name}_country", f"{base}/country", Kind.CODE, minimum=2, maximum=2, codes="countries", mark="F"),
    )


def _in_bond() -> tuple[Field, ...]:
    base = f"{_SHIPMENT}/inBondDetails"
    row = ace_row
    return (
        row("in_bond", base, Kind.OBJECT, SOMETIMES, mark="F"),
        row("in_bond_type", f"{base}/type", Kind.CODE, YES, codes="inbond-types-ace", mark="F"),
        row(
            "in_bond_number",
            f"{base}/paperInBondNumber",
            Kind.DIGITS,
            YES,
            minimum=9,
            maximum=9,
            pattern="[0-9]{9}",
            mark="F",
        ),
        row(
            "in_bond_us_destination",
            f"{base}/usDestination",
            Kind.DIGITS,
            YES,
            minimum=4,
            maximum=4,
            pattern=PORT,
            codes="us-ports",
            mark="F",
        ),
        row(
            "in_bond_foreign_destination",
            f"{base}/foreignDestination",
            Kind.DIGITS,
            SOMETIMES,
            minimum=5,
            maximum=5,
            pattern="[0-9]{5}",
            codes="foreign-ports-ace",
            mark="F",
        ),
        row(
            "in_bond_onward_scac",
            f"{base}/onwardCarrierScac",
            Kind.CODE,
            minimum=4,
            maximum=4,
            pattern="[A-Z]{4}",
            mark="F",
        ),
        row(
            "in_bond_irs_number",
            f"{base}/irsNumber",
            Kind.TEXT,
            YES,
            minimum=1,
            maximum=50,
            pattern="[0-9-]{1,50}",
            mark="F",
        ),
        row(
            "in_bond_departure_date",
            f"{base}/estimatedDepartureDate",
            Kind.DATE,
            minimum=10,
            maximum=10,
            pattern=DAY,
            mark="F",
        ),
        row("in_bond_fda", f"{base}/fda", Kind.BOOLEAN, YES, mark="F"),
    )


def _broker() -> tuple[Field, ...]:
    base = f"{_SHIPMENT}/broker"
    return (
        ace_row("broker", base, Kind.OBJECT, mark="F"),
        ace_row(
            "broker_filer_code",
            f"{base}/filerCode",
            Kind.CODE,
            minimum=3,
            maximum=3,
            codes="us-broker-filers",
            mark="F",
        ),
        ace_row(
            "broker_port",
            f"{base}/portLocation",
            Kind.DIGITS,
            SOMETIMES,
            minimum=4,
            maximum=4,
            pattern=PORT,
            codes="us-ports",
            mark="F",
        ),
    )


_ACE_ROWS: tuple[Field, ...] = (
    ace_row(
        "shipment_type_ace", f"{_SHIPMENT}/type", Kind.CODE, YES, minimum=4, maximum=15, codes="shipment-types-ace"
    ),
    ace_row(
        "shipment_control_number",
        f"{_SHIPMENT}/shipmentControlNumber",
        Kind.CODE,
        YES,
        minimum=8,
        maximum=16,
        pattern="[A-Z]{4}[A-Z0-9]{4,12}",
    ),
    ace_row(
        "province_of_loading",
        f"{_SHIPMENT}/provinceOfLoading",
        Kind.CODE,
        YES,
        minimum=2,
        maximum=5,
        pattern="[A-Z0-9]{2,5}",
        codes="states-provinces",
    ),
    ace_row(
        "goods_astray_exit_date",
        f"{_SHIPMENT}/goodsAstrayDateOfExit",
        Kind.DATE,
        SOMETIMES,
        minimum=10,
        maximum=10,
        pattern=DAY,
        mark="F",
    ),
    *_in_bond(),
    *_broker(),
    ace_row(
        "third_party_type", f"{_SHIPMENT}/thirdParties/*/type", Kind.CODE, YES, codes="third-party-types-ace", mark="F"
    ),
    *_party("third_party", f"{_SHIPMENT}/thirdParties", "ace", NO, "F", many="third_parties"),
)

_ACI_ROWS: tuple[Field, ...] = (
    aci_row(
        "shipment_type_aci",
        f"{_SHIPMENT}/shipmentType",
        Kind.CODE,
        YES,
        minimum=2,
        maximum=9,
        codes="shipment-types-aci",
    ),
    aci_row(
        "cargo_control_number",
        f"{_SHIPMENT}/cargoControlNumber",
        Kind.CODE,
        YES,
        minimum=8,
        maximum=25,
        pattern="[A-Z0-9-]{8,25}",
    ),
    *loaded_on("shipment_loaded_on", _SHIPMENT, "aci"),
    aci_row("reference_only", f"{_SHIPMENT}/referenceOnlyShipment", Kind.BOOLEAN, mark="S"),
    aci_row(
        "shipment_ca_port",
        f"{_SHIPMENT}/portOfEntry",
        Kind.DIGITS,
        YES,
        minimum=4,
        maximum=4,
        pattern=PORT,
        codes="ca-highway-ports",
    ),
    aci_row(
        "release_office",
        f"{_SHIPMENT}/releaseOffice",
        Kind.DIGITS,
        YES,
        minimum=4,
        maximum=4,
        pattern=PORT,
        codes="ca-release-offices",
    ),
    aci_row(
        "shipment_sub_location",
        f"{_SHIPMENT}/subLocation",
        Kind.CODE,
        SOMETIMES,
        minimum=4,
        maximum=4,
        codes="ca-sub-locations",
        mark="F",
    ),
    aci_row(
        "shipment_eta",
        f"{_SHIPMENT}/estimatedArrivalDate",
        Kind.DATETIME,
        YES,
        minimum=19,
        maximum=19,
        pattern=WALL_TIME,
    ),
    aci_row(
        "shipment_eta_zone",
        f"{_SHIPMENT}/estimatedArrivalTimeZone",
        Kind.CODE,
        minimum=3,
        maximum=3,
        codes="time-zones",
        mark="C",
    ),
    *_city("city_of_loading", "cityOfLoading", YES, "M"),
    *_city("city_of_acceptance", "cityOfAcceptance", NO, "C"),
    aci_row("consolidated_freight", f"{_SHIPMENT}/consolidatedFreight", Kind.BOOLEAN),
    aci_row(
        "csa_business_number",
        f"{_SHIPMENT}/importerCsaBusinessNumber",
        Kind.CODE,
        SOMETIMES,
        pattern="[0-9]{9}RM[0-9]{4}",
        mark="F",
    ),
    aci_row(
        "consignment_reference",
        f"{_SHIPMENT}/uniqueConsignmentReferenceNumber",
        Kind.CODE,
        minimum=1,
        maximum=35,
        pattern="[A-Za-z0-9]{1,35}",
        mark="F",
    ),
    aci_row("special_instructions", f"{_SHIPMENT}/specialInstructions", Kind.TEXT, maximum=300, mark="F"),
    *_party("delivery_destination", f"{_SHIPMENT}/deliveryDestinations", "aci", NO, many="delivery_destinations"),
    *_party("notify_party", f"{_SHIPMENT}/notifyParties", "aci", NO, "F", many="notify_parties"),
)

SHIPMENT: tuple[Field, ...] = (
    *envelope("shipment_", _SHIPMENT),
    *_ACE_ROWS,
    *_ACI_ROWS,
    *_party("shipper", f"{_SHIPMENT}/shipper", "both", YES),
    *_party("consignee", f"{_SHIPMENT}/consignee", "both", YES),
    *COMMODITY,
)
"""Every row of a shipment and what belongs to it, with paths as on a trip."""
