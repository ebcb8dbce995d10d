"""What was done under a delegation, and who knows of it."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.delegation import service
from careplan.delegation.routes.blueprint import blueprint
from careplan.kernel.clock import utc_now


@blueprint.post("/delegations/alerts/<uuid:alert_id>")
@guard.role(Section.DELEGATION, Action.WRITE)
def acknowledge(alert_id: UUID) -> ResponseReturnValue:
    """Whoever was told says that they know."""
    service.acknowledge_alert(
        alert_id=alert_id, words=request.form.get("words", ""), actor=guard.actor(), now=utc_now()
    )
    flash("Thank you. It is written down that you know.")
    return redirect("/provider" if request.form.get("then") == "/provider" else "/delegations", 303)
