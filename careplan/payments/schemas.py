"""JSON of payments."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.payments.domain.pay_model import RATES, RateName, Totals

# Somewhat more than all the care that the largest councils buy in a year: what is above it is a typing error.
MOST = 10_000_000_000
MOST_HOURLY = 1_000_000


def _whole(most: int, **kwargs: Any) -> fields.Integer:
    words = f"Give a whole number from 0 to {most:,}."
    return fields.Integer(
        strict=True, validate=validate.Range(0, most, error=words), error_messages={"invalid": words}, **kwargs
    )


class QuoteSchema(Schema):
    """Minutes of a period by kind and its visits; rates in pence an hour by name where they are not the usual ones."""

    commissioned_minutes = _whole(MOST, required=True)
    invoiced_minutes = _whole(MOST, required=True)
    rota_minutes = _whole(MOST, required=True)
    actual_minutes = _whole(MOST, required=True)
    visits = _whole(MOST, required=True)
    rates = fields.Dict(keys=fields.Enum(RateName, by_value=True), values=_whole(MOST_HOURLY), load_default=dict)

    @post_load
    def as_totals(self, data: dict[str, Any], **_: Any) -> tuple[Totals, dict[RateName, Pence]]:
        totals = Totals(
            commissioned=Minutes(data["commissioned_minutes"]),
            invoiced=Minutes(data["invoiced_minutes"]),
            rota=Minutes(data["rota_minutes"]),
            actual=Minutes(data["actual_minutes"]),
            visits=data["visits"],
        )
        return totals, {**RATES, **data["rates"]}
