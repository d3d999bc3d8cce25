"""What the gateway sends, as typed values (protocol 8 to 13).

Members that are not named here stay in place, and statuses and codes are open sets: the lists the vendor publishes
grow. Types are taken strictly, so that writing a message gives the very values that were read.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from desktop.protocol import kinds

Number = int | float


class Message(BaseModel):
    """A part of a wire message: frozen, with every member it came with."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True, strict=True)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON value this was made from: same members, same types, arrays in their order."""
        return self.model_dump(mode="python", exclude_unset=True)


class GatewayError(Message):
    """One objection of the gateway to an upload."""

    identifier: str | None = None
    note: str | None = None


class APIResponse(Message):
    """The gateway's answer to a key or an upload. `status` is an open set."""

    data: Literal["API_RESPONSE"]
    status: str
    message: str | None = None
    dateTime: str | None = None  # noqa: N815 - wire name
    companyKey: str | None = None  # noqa: N815 - wire name
    sendId: str | None = None  # noqa: N815 - wire name
    tripNumber: str | None = None  # noqa: N815 - wire name
    tripCount: int | None = None  # noqa: N815 - wire name
    shipmentCount: int | None = None  # noqa: N815 - wire name
    errors: list[GatewayError] | None = None


class SendRequestEcho(Message):
    """What a customs answer says it answers."""

    type: str | None = None
    tripNumber: str | None = None  # noqa: N815 - wire name
    cargoControlNumber: str | None = None  # noqa: N815 - wire name
    bundleTripAndShipments: bool | None = None  # noqa: N815 - wire name


class ProcessingResponse(Message):
    """How many shipments CBP took."""

    shipmentsAccepted: Number | None = None  # noqa: N815 - wire name
    shipmentsRejected: Number | None = None  # noqa: N815 - wire name


class CodeAndText(Message):
    """A code with its words."""

    code: str | None = None
    description: str | None = None


class ShipmentStatus(Message):
    """What CBP says of one shipment."""

    shipmentControlNumber: str | None = None  # noqa: N815 - wire name
    code: str | None = None
    description: str | None = None
    entryNumber: str | None = None  # noqa: N815 - wire name
    port: str | None = None


class ACEResponse(Message):
    """CBP's answer; of the four bodies any may be there."""

    data: Literal["ACE_RESPONSE"]
    dateTime: str | None = None  # noqa: N815 - wire name
    cbpDateTime: str | None = None  # noqa: N815 - wire name
    companyKey: str | None = None  # noqa: N815 - wire name
    sendRequest: SendRequestEcho | None = None  # noqa: N815 - wire name
    tripNumber: str | None = None  # noqa: N815 - wire name
    processingResponse: ProcessingResponse | None = None  # noqa: N815 - wire name
    validationResponses: list[CodeAndText] | None = None  # noqa: N815 - wire name
    tripStatus: str | CodeAndText | None = None  # noqa: N815 - wire name
    shipmentStatusList: list[ShipmentStatus] | None = None  # noqa: N815 - wire name


class ACIError(Message):
    """One reason of CBSA."""

    errorCode: str | None = None  # noqa: N815 - wire name
    errorField: str | None = None  # noqa: N815 - wire name
    errorDescription: str | None = None  # noqa: N815 - wire name
    errorText: str | None = None  # noqa: N815 - wire name


class ACIResponse(Message):
    """CBSA's answer to a filing: ACCEPT or REJECT."""

    data: Literal["ACI_RESPONSE"]
    dateTime: str | None = None  # noqa: N815 - wire name
    cbsaDateTime: str | None = None  # noqa: N815 - wire name
    companyKey: str | None = None  # noqa: N815 - wire name
    sendRequest: SendRequestEcho | None = None  # noqa: N815 - wire name
    type: str | None = None
    tripNumber: str | None = None  # noqa: N815 - wire name
    cargoControlNumber: str | None = None  # noqa: N815 - wire name
    errorResponses: list[ACIError] | None = None  # noqa: N815 - wire name


class CargoReference(Message):
    """One shipment a notice speaks of."""

    cargoControlNumber: str | None = None  # noqa: N815 - wire name


class ACINotice(Message):
    """A notice of CBSA that answers no request."""

    data: Literal["ACI_NOTICE"]
    dateTime: str | None = None  # noqa: N815 - wire name
    cbsaDateTime: str | None = None  # noqa: N815 - wire name
    companyKey: str | None = None  # noqa: N815 - wire name
    type: str | None = None
    cargoControlNumber: str | None = None  # noqa: N815 - wire name
    tripNumber: str | None = None  # noqa: N815 - wire name
    references: list[CargoReference] | None = None


class NumberAndName(Message):
    """A service option or an office."""

    number: str | None = None
    name: str | None = None


class ReleaseCode(Message):
    """A release code of CBSA with its two names."""

    number: str | None = None
    shortName: str | None = None  # noqa: N815 - wire name
    longName: str | None = None  # noqa: N815 - wire name


class RNSStatus(Message):
    """What the release notification says, and when."""

    dateTime: str | None = None  # noqa: N815 - wire name
    releaseCode: ReleaseCode | None = None  # noqa: N815 - wire name
    deliveryInstructions: str | None = None  # noqa: N815 - wire name


class RNSShipment(Message):
    """CBSA's release notification; the cargo control number is its only link."""

    data: Literal["RNS_SHIPMENT"]
    cargoControlNumber: str | None = None  # noqa: N815 - wire name
    companyKey: str | None = None  # noqa: N815 - wire name
    transactionNumber: str | None = None  # noqa: N815 - wire name
    driverName: str | None = None  # noqa: N815 - wire name
    containerNumber: str | None = None  # noqa: N815 - wire name
    serviceOption: NumberAndName | None = None  # noqa: N815 - wire name
    releaseOffice: NumberAndName | None = None  # noqa: N815 - wire name
    status: RNSStatus | None = None


class SystemAlert(Message):
    """A word of the gateway to all."""

    data: Literal["SYSTEM_ALERT"]
    message: str | None = None


MODELS: Final[dict[str, type[Message]]] = {
    kinds.API_RESPONSE: APIResponse,
    kinds.ACE_RESPONSE: ACEResponse,
    kinds.ACI_RESPONSE: ACIResponse,
    kinds.ACI_NOTICE: ACINotice,
    kinds.RNS_SHIPMENT: RNSShipment,
    kinds.SYSTEM_ALERT: SystemAlert,
}
"""The model of every type the gateway is known to send."""
