"""What moves a delegation on: the provider's answer, a suspension, a withdrawal; and who knows of it."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries, service
from careplan.delegation.routes.blueprint import blueprint
from careplan.delegation.routes.parts import write_down
from careplan.delegation.routes.showing import delegation_page
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError

COME_FROM = frozenset({"/provider", "/delegations"})


@blueprint.post("/delegations/<uuid:delegation_id>/<any(accept, decline, suspend, resume, withdraw):step>")
@guard.person(Section.DELEGATION, Action.WRITE, of=queries.find_person_of_delegation)
def move_on(delegation_id: UUID, step: str) -> ResponseReturnValue:
    """The provider answers; the nurse suspends, resumes or withdraws."""
    said = {"reason": request.form.get("reason", ""), "next_occasion": request.form.get("next_occasion", "")}
    act, wanted = STEPS[step]
    try:
        act(delegation_id=delegation_id, actor=guard.actor(), now=utc_now(), **{name: said[name] for name in wanted})
    except DomainError as refused:
        words = " ".join(LACKING.get(p.field, p.message) for p in refused.problems) or refused.message
        return delegation_page(delegation_id, refused=words, typed=said), 422
    flash("Saved.")
    return redirect("/delegations" if step in ("withdraw", "decline") else f"/delegations/{delegation_id}", 303)


@blueprint.post("/delegations/stops/<uuid:stop_id>")
@guard.role(Section.DELEGATION, Action.WRITE)
def acknowledge_stop(stop_id: UUID) -> ResponseReturnValue:
    """The delegator, or a coordinator of the provider, says that their side knows."""
    actor = guard.actor()
    stop = service.acknowledge_stop(stop_id=stop_id, words=request.form.get("words", ""), actor=actor, now=utc_now())
    write_down(actor, stop.person_id, "POST /delegations/stops", stop.id)
    flash("Thank you. It is written down that you know.")
    then = request.form.get("then", "")
    return redirect(then if then in COME_FROM else f"/delegations/stops/{stop_id}", 303)


STEPS: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "accept": (service.accept_delegation, ()),
    "decline": (service.decline_delegation, ("reason",)),
    "suspend": (service.suspend_delegation, ("reason", "next_occasion")),
    "resume": (service.resume_delegation, ("reason",)),
    "withdraw": (service.withdraw_delegation, ("reason", "next_occasion")),
}
LACKING = {"reason": "Say why.", "next_occasion": "Say who does it next."}
