"""The person's own Easy Read: reading it, and saying that it is right."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.documents import queries, service
from careplan.documents.domain.easy_read import EasyRead
from careplan.documents.routes.blueprint import blueprint
from careplan.documents.routes.easy_reading import easy_pdf
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.plans import queries as plans
from careplan.plans.domain.plan import PlanVersion
from careplan.web import page


@dataclass(frozen=True, slots=True)
class Mine:
    """One version with the Easy Read that counts for it and the one that waits for the person's yes."""

    version: PlanVersion
    approved: EasyRead | None
    offered: EasyRead | None


@blueprint.get("/me/plan/easy")
@guard.me(Section.EASY_READ, Action.READ)
def my_easy() -> str:
    """The plan in short sentences and pictures, where somebody has written it."""
    return page(
        "documents/my_easy.html",
        mine=_mine(),
        person=people.get_person(person_id=guard.person_id()),
        own=guard.actor().role is Role.CITIZEN,
    )


@blueprint.get("/me/plan/easy/<int:number>.pdf")
@guard.me(Section.EASY_READ, Action.READ)
def print_my_easy(number: int) -> Response:
    """The same on paper."""
    found = next((m for m in _mine() if m.version.number == number), None)
    if found is None or found.approved is None:
        abort(404)
    return easy_pdf(found.approved, found.version)


@blueprint.post("/me/plan/easy/yes")
@guard.me(Section.EASY_READ, Action.AGREE)
def say_yes_to_easy() -> ResponseReturnValue:
    """The person says that it is right."""
    sent = request.form.get("easy_read", default=None, type=UUID)
    offered = next((m for m in _mine() if m.offered is not None and m.offered.id == sent), None)
    try:
        if offered is None or sent is None:
            raise service.nothing_waits()
        service.say_yes(
            version=offered.version,
            easy_read_id=sent,
            revision=request.form.get("revision", default=-1, type=int),
            actor=guard.actor(),
            now=utc_now(),
        )
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("Thank you. Everyone around you can read it now.")
    return redirect(url_for("documents.my_easy"), 303)


def _mine() -> list[Mine]:
    """What there is for what counts, what is agreed and what waits for an answer.

    What waits for the person's yes shows to them and to whoever acts for them.
    """
    plan = plans.find_plan(person_id=guard.person_id(), at=utc_now())
    versions = (plan.in_force, plan.agreed, plan.proposed) if plan else ()
    is_asked = guard.actor().role in (Role.CITIZEN, Role.REPRESENTATIVE)
    found = (
        Mine(
            version,
            queries.find_approved(version_id=version.id),
            queries.find_offered(version_id=version.id) if is_asked else None,
        )
        for version in versions
        if version is not None
    )
    return [m for m in found if m.approved is not None or m.offered is not None]
