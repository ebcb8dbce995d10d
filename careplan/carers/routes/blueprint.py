"""The blueprint that the pages of carers share, and what most of them need."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries as assessments
from careplan.assessments.domain import content, eligibility
from careplan.assessments.domain import outcome as care_act
from careplan.carers import queries, service
from careplan.carers.domain import consent, giving, outcome
from careplan.carers.domain import eligibility as carer_eligibility
from careplan.carers.domain.carer import Carer
from careplan.carers.domain.plan import PARTY_WORDS
from careplan.carers.domain.resting import Resting, resting_on_carers
from careplan.carers.forms.caring import FormOfCaring
from careplan.carers.service.recording import tag_of
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, Stale
from careplan.kernel.phone import spoken_phone
from careplan.people import queries as people
from careplan.plans import queries as plans
from careplan.web import page
from careplan.web.forms import Form

blueprint = Blueprint("carers", __name__)

read_carer = guard.person(Section.CARER, Action.READ)
write_carer = guard.person(Section.CARER, Action.WRITE)
WORDS = {
    "answers": content.ANSWER_WORDS,
    "methods": content.METHOD_WORDS,
    "areas": care_act.AREA_WORDS,
    "needs": care_act.OUTCOME_WORDS,
    "results": eligibility.RESULT_WORDS,
    "outcomes": outcome.CARER_OUTCOME_WORDS,
    "able": outcome.ABLE_WORDS,
    "unable": outcome.UNABLE_WORDS,
    "kinds": carer_eligibility.KIND_WORDS,
    "matters": consent.MATTER_WORDS,
    "papers": giving.CARER_PAPER_WORDS,
    "parties": PARTY_WORDS,
}


def one_of(person_id: UUID, carer_id: UUID) -> Carer:
    """One of the person's carers; the trail says of which this was.  Raises NotFound."""
    guard.naming([carer_id])
    return queries.get_carer(person_id=person_id, carer_id=carer_id)


def shown(template: str, carer: Carer, **said: Any) -> str:
    """A page of the council about a carer, with the words for what it can say."""
    return page(
        template,
        person=people.get_person(person_id=carer.person_id),
        carer=carer,
        base=address_of(carer),
        words=WORDS,
        spoken_phone=spoken_phone,
        **said,
    )


def address_of(carer: Carer) -> str:
    """Where the council reads about a carer."""
    return f"/people/{carer.person_id}/carers/{carer.id}"


def to_carer(carer: Carer) -> Response:
    """Back to the council's page of a carer."""
    return redirect(url_for("carers.show", person_id=carer.person_id, carer_id=carer.id), 303)


def may_write(person_id: UUID) -> bool:
    """Whether whoever looks at the page may write about carers."""
    return access.may_reach(
        actor=guard.actor(), person_id=person_id, section=Section.CARER, action=Action.WRITE, now=utc_now()
    )


def names_of(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Who did it, by account."""
    return access.list_account_names(account_ids={i for i in account_ids if i is not None})


def rests_on_carers(person_id: UUID) -> Resting:
    """What the person's assessment and their plan as it counts now take from carers."""
    assessment = assessments.find_assessment(person_id=person_id)
    version = plans.find_in_force(person_id=person_id, at=utc_now())
    return resting_on_carers(
        assessment=assessment.content if assessment else None,
        plan=version.content if version else None,
    )


def status_of(form: Form) -> int:
    """A form with something to put right is answered as such."""
    return 422 if form.errors or form.form_errors else 200


@dataclass(frozen=True, slots=True)
class Attempt:
    """How saving over a text went. `tag` is what the next try rests on; `theirs` the text that somebody else saved."""

    saved: bool
    tag: str
    theirs: object | None = None


def try_to_save(form: Form, save: Callable[[str], object], *, stands: object, tag: str) -> Attempt:
    """Hands `save` the mark of the text that the writer read, where the form was sent and can be read.

    Where somebody saved first, both texts are on the page afterwards, so what is sent next rests on the latest.
    """
    if not form.validate_on_submit():
        return Attempt(saved=False, tag=tag)
    try:
        save(request.form.get("tag", ""))
    except Stale as refused:
        form.form_errors = [*form.form_errors, refused.message]
        return Attempt(saved=False, tag=str(refused.facts["tag"]), theirs=stands)
    except DomainError as refused:
        form.show(refused)
        return Attempt(saved=False, tag=tag)
    return Attempt(saved=True, tag=tag)


def save_caring(form: FormOfCaring, carer: Carer) -> Attempt:
    """Saves what is said of caring, whoever of the council or the carer says it."""

    def save(tag: str) -> None:
        service.save_caring(carer_id=carer.id, caring=form.caring(), tag=tag, actor=guard.actor(), now=utc_now())

    return try_to_save(form, save, stands=carer.caring, tag=tag_of(carer.caring))
