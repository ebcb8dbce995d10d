"""A plan on paper: large print, normal print, or a page to print. Who may read the plan may print it."""

from uuid import UUID

from flask import Response, abort, current_app, url_for

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.assessments.domain.giving import FORMAT_WORDS, Format, Recipient
from careplan.assessments.domain.giving import Paper as PaperKind
from careplan.config import Settings
from careplan.documents import queries
from careplan.documents.domain.ways import MADE_ELSEWHERE, Way, usual_way
from careplan.documents.plan_paper import Printed, plan_paper
from careplan.documents.routes.blueprint import blueprint, pdf, read_plan
from careplan.documents.routes.easy_reading import easy_pdf
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Conflict, NotFound
from careplan.people import queries as people
from careplan.plans import keeping
from careplan.plans import queries as plans
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.web import page
from careplan.web.paper import Paper, Size

USUAL = "usual"
SIZES = {Way.LARGE: Size.LARGE, Way.NORMAL: Size.NORMAL}


class NotAsAgreed(Conflict):
    """What is stored has been changed since it was sent round; paper would pass it off as what was agreed."""

    code = "not_as_agreed"


@blueprint.get("/me/plan/print")
@guard.me(Section.PLAN, Action.READ)
def choose_mine() -> str:
    """How the plan can come out on paper: what counts, and what waits for an answer."""
    plan = plans.find_plan(person_id=guard.person_id(), at=utc_now())
    person = people.get_person(person_id=guard.person_id())
    return page(
        "documents/my_print.html",
        versions=[(version, _has_easy_read(version)) for version in _mine(plan)] if plan else [],
        person=person,
        elsewhere=person.letter_format in MADE_ELSEWHERE,
        own=guard.actor().role is Role.CITIZEN,
    )


@blueprint.get("/me/plan/print/<int:number>/<any(large,normal,usual):size>.pdf")
@guard.me(Section.PLAN, Action.READ)
def print_mine(number: int, size: str) -> Response:
    """A version of one's own plan as a PDF."""
    return _pdf(_my_version(number), size)


@blueprint.get("/me/plan/print/<int:number>/page")
@guard.me(Section.PLAN, Action.READ)
def page_to_print_mine(number: int) -> str:
    """A version of one's own plan as a page to print."""
    back = url_for("documents.choose_mine")
    return page("documents/page.html", layout="_layout/citizen.html", paper=_paper(_my_version(number)), back=back)


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:number>/print")
@read_plan
def choose_version(plan_id: UUID, number: int) -> str:
    """How a version can come out on paper."""
    version = plans.get_version(plan_id=plan_id, number=number, at=utc_now())
    person = people.get_person(person_id=version.person_id)
    return page(
        "documents/print.html",
        version=version,
        person=person,
        elsewhere=person.letter_format in MADE_ELSEWHERE,
        has_easy_read=_has_easy_read(version),
        handed_over=_handed_over(version),
    )


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:number>/<any(large,normal,usual):size>.pdf")
@read_plan
def print_version(plan_id: UUID, number: int, size: str) -> Response:
    """A version as a PDF."""
    return _pdf(plans.get_version(plan_id=plan_id, number=number, at=utc_now()), size)


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:number>/page")
@read_plan
def page_to_print(plan_id: UUID, number: int) -> str:
    """A version as a page to print."""
    version = plans.get_version(plan_id=plan_id, number=number, at=utc_now())
    back = url_for("documents.choose_version", plan_id=plan_id, number=number)
    return page("documents/page.html", layout="_layout/page.html", paper=_paper(version), back=back)


def _pdf(version: PlanVersion, size: str) -> Response:
    """In the size that was chosen, or as the person asked for it."""
    easy = queries.find_approved(version_id=version.id)
    asked = people.get_person(person_id=version.person_id).letter_format
    way = usual_way(asked, has_easy_read=easy is not None) if size == USUAL else Way(size)
    if way is Way.EASY and easy is not None:
        return easy_pdf(easy, version)
    return pdf(_paper(version), size=SIZES[way], name=f"support-plan-version-{version.number}-{way.value}")


def _handed_over(version: PlanVersion) -> list[tuple[str, dict[str, str]]]:
    """What one press writes down: that the person was given this version today, in each form that it comes out in.

    Nothing where whoever prints does not write down what was given, or where the version has not gone round.
    """
    now = utc_now()
    may = access.may_reach(
        actor=guard.actor(), person_id=version.person_id, section=Section.GIVEN, action=Action.RECORD, now=now
    )
    if not may or version.proposed_at is None:
        return []
    today = local_date(now)
    said = {
        "paper": f"{PaperKind.PLAN_VERSION.value}:{version.id}",
        "recipient": Recipient.PERSON.value,
        "given_on-day": str(today.day),
        "given_on-month": str(today.month),
        "given_on-year": str(today.year),
    }
    forms = [Format.LARGE_PRINT, Format.PAPER, *([Format.EASY_READ] if _has_easy_read(version) else [])]
    return [(FORMAT_WORDS[form], {**said, "format": form.value}) for form in forms]


def _has_easy_read(version: PlanVersion) -> bool:
    return queries.find_approved(version_id=version.id) is not None


def _paper(version: PlanVersion) -> Paper:
    """The version as it stands now, with the person's own words beside it.  Raises NotAsAgreed."""
    now = utc_now()
    if version.number in keeping.list_broken(plan_id=version.plan_id):
        raise NotAsAgreed("This is not what was agreed, so it is not printed. Tell whoever runs this service.")
    settings: Settings = current_app.extensions["careplan_settings"]
    return plan_paper(
        Printed(
            version=version,
            person=people.get_person(person_id=version.person_id),
            about=people.find_about(person_id=version.person_id),
            names=plans.list_party_names(plan=plans.get_plan(plan_id=version.plan_id, at=now), at=now),
            check_at=f"{settings.public_url}/verify",
            printed_on=local_date(now),
        )
    )


def _mine(plan: SupportPlan) -> list[PlanVersion]:
    """What there is to print for oneself: what counts, what is agreed, what waits for an answer."""
    found = (plan.in_force, plan.agreed, plan.proposed)
    return [version for version in found if version is not None]


def _my_version(number: int) -> PlanVersion:
    """A version that has gone round: a draft is not yet for the person to take home."""
    plan_id = plans.find_plan_of_person(person_id=guard.person_id())
    if plan_id is None:
        raise NotFound("There is no plan to print yet.")
    version = plans.get_version(plan_id=plan_id, number=number, at=utc_now())
    if version.proposed_at is None:
        abort(404)
    return version
