"""JSON of the payments slice."""

from flask import Blueprint, Response, jsonify

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.payments.domain.pay_model import quote
from careplan.payments.schemas import QuoteSchema
from careplan.web import checked

blueprint = Blueprint("payments_api", __name__, url_prefix="/api/v1/payments")


@blueprint.post("/quote")
@guard.role(Section.PAYMENTS, Action.READ)
def quote_payments() -> Response:
    """What each model would pay, in pence, for the same minutes and visits; nothing is kept."""
    totals, rates = checked(QuoteSchema())
    return jsonify({model.value: pence for model, pence in quote(totals=totals, rates=rates).items()})
