"""What was done under a delegation, and who knows of it."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.delegation import service
from careplan.delegation.routes.blueprint import blueprint
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import Invalid


@blueprint.post("/delegations/alerts/<uuid:alert_id>")
@guard.role(Section.DELEGATION, Action.WRITE)
def acknowledge(alert_id: UUID) -> ResponseReturnValue:
    """Whoever was told says that they know."""
    back = "/provider" if request.form.get("then") == "/provider" else "/delegations"
    try:
        row = service.acknowledge_alert(
            alert_id=alert_id, words=request.form.get("words", ""), actor=guard.actor(), now=utc_now()
        )
        guard.naming([row.person_id])
    except Invalid as refused:
        flash(refused.message, "error")
        return redirect(back, 303)
    flash("Thank you. It is written down that you know.")
    return redirect(back, 303)
