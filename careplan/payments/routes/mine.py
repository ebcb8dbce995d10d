"""What the person pays, in plain words: their share, and each week with its visits."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import NotFound
from careplan.payments.domain.contribution import in_force
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.queries import charges, contributions, facts
from careplan.payments.queries.charges import KeptCharge
from careplan.payments.routes.blueprint import blueprint
from careplan.payments.routes.charging import invoice_pdf
from careplan.people import queries as people
from careplan.web import page

WEEKS = 8


@blueprint.get("/me/charges")
@guard.me(Section.CHARGES, Action.READ)
def my_charges() -> ResponseReturnValue:
    """My share today, what is free, and what I paid for each week and why."""
    now, person_id = utc_now(), guard.person_id()
    history = contributions.list_contributions(person_ids=[person_id], as_of=now).get(person_id, [])
    exemptions = contributions.list_exemptions(person_ids=[person_id], as_of=now).get(person_id, [])
    weeks = charges.list_sent_to(person_id=person_id, limit=WEEKS)
    return page(
        "payments/mine.html",
        person=people.get_person(person_id=person_id),
        is_own=guard.actor().role is Role.CITIZEN,
        contribution=in_force(history, local_date(now)),
        free=[e for e in exemptions if e.covers(local_date(now))],
        weeks=weeks,
        visits=_visits([k for _, lines in weeks for k in lines]),
    )


@blueprint.get("/me/charges/<uuid:charge_run_id>.pdf")
@guard.me(Section.CHARGES, Action.READ)
def print_my_charge(charge_run_id: UUID) -> Response:
    """The week on paper."""
    if charges.get_run(run_id=charge_run_id).state != "sent":
        raise NotFound("There is no such invoice.")
    return invoice_pdf(charge_run_id, guard.person_id())


def _visits(lines: list[KeptCharge]) -> dict[tuple[UUID, UUID], SettledVisit]:
    """The visits under these charges, by freeze and visit."""
    wanted: dict[UUID, set[UUID]] = {}
    for kept in lines:
        wanted.setdefault(kept.freeze_id, set()).update(v.visit_id for v in kept.charge.visits)
    return {
        (freeze_id, visit_id): visit
        for freeze_id, ids in wanted.items()
        for visit_id, visit in facts.list_frozen_by_id(freeze_id=freeze_id, visit_ids=ids).items()
    }
