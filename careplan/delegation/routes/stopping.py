"""What moves a delegation on: the provider's answer, a suspension, a withdrawal."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries, service
from careplan.delegation.routes.blueprint import blueprint
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError


@blueprint.post("/delegations/<uuid:delegation_id>/<any(accept, decline, suspend, resume, withdraw):step>")
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def move_on(delegation_id: UUID, step: str) -> ResponseReturnValue:
    """The provider answers; the nurse suspends, resumes or withdraws."""
    said = {"reason": request.form.get("reason", ""), "next_occasion": request.form.get("next_occasion", "")}
    act, wanted = STEPS[step]
    try:
        act(delegation_id=delegation_id, actor=guard.actor(), now=utc_now(), **{name: said[name] for name in wanted})
    except DomainError as refused:
        flash(refused.message, "error")
        return redirect(f"/delegations/{delegation_id}", 303)
    flash("Saved.")
    return redirect("/delegations" if step in ("withdraw", "decline") else f"/delegations/{delegation_id}", 303)


STEPS: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "accept": (service.accept_delegation, ()),
    "decline": (service.decline_delegation, ("reason",)),
    "suspend": (service.suspend_delegation, ("reason", "next_occasion")),
    "resume": (service.resume_delegation, ("reason",)),
    "withdraw": (service.withdraw_delegation, ("reason", "next_occasion")),
}
