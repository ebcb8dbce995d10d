"""Easy Read: whoever may read the plan reads it once the person said yes; the social worker writes it."""

from uuid import UUID

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.documents import queries, service
from careplan.documents.domain.easy_read import EasyRead, Picture, check_open
from careplan.documents.easy_paper import easy_paper
from careplan.documents.forms import PartForm, YesForm
from careplan.documents.routes.blueprint import blueprint, pdf
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.people import queries as people
from careplan.plans import queries as plans
from careplan.plans.domain.plan import PlanVersion
from careplan.web import page
from careplan.web.paper import Size

MOVES = {"removals": service.remove_part, "earlier": service.move_part_up}

read_easy = guard.person(Section.EASY_READ, Action.READ, of=plans.find_person_of_plan)
write_easy = guard.person(Section.EASY_READ, Action.WRITE, of=plans.find_person_of_plan)
record_yes_to_easy = guard.person(Section.EASY_READ, Action.RECORD, of=plans.find_person_of_plan)


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:number>/easy")
@read_easy
def show_easy(plan_id: UUID, number: int) -> str:
    """What the person said yes to."""
    version = _version(plan_id, number)
    return page(
        "documents/easy.html",
        version=version,
        person=people.get_person(person_id=version.person_id),
        easy=queries.find_approved(version_id=version.id),
        may_write=_may_write(version),
    )


@blueprint.get("/plans/<uuid:plan_id>/versions/<int:number>/easy.pdf")
@read_easy
def print_easy(plan_id: UUID, number: int) -> Response:
    """The same on paper."""
    version = _version(plan_id, number)
    easy = queries.find_approved(version_id=version.id)
    if easy is None:
        abort(404)
    return easy_pdf(easy, version)


@blueprint.route("/plans/<uuid:plan_id>/versions/<int:number>/easy/write", methods=["GET", "POST"])
@write_easy
def write_easy_read(plan_id: UUID, number: int) -> ResponseReturnValue:
    """What is written so far, and a form for one part more."""
    version = _version(plan_id, number)
    form = PartForm()
    if form.validate_on_submit():
        try:
            service.add_part(
                version=version,
                picture=Picture(form.picture.data),
                typed=form.sentences.data or "",
                revision=_revision(),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is saved.")
            return _to_writing(version)
    return _writing(version, form), 422 if form.errors or form.form_errors else 200


@blueprint.route("/plans/<uuid:plan_id>/versions/<int:number>/easy/parts/<uuid:part_id>", methods=["GET", "POST"])
@write_easy
def change_part(plan_id: UUID, number: int, part_id: UUID) -> ResponseReturnValue:
    """One part in its form, with what is saved beside it where somebody was quicker."""
    version = _version(plan_id, number)
    easy = _written(version)
    part = easy.part(part_id) if easy else None
    if easy is None or part is None:
        abort(404)
    form = PartForm(data={"picture": part.picture.value, "sentences": "\n".join(part.sentences)})
    if form.validate_on_submit():
        try:
            service.change_part(
                version=version,
                part_id=part_id,
                picture=Picture(form.picture.data),
                typed=form.sentences.data or "",
                revision=_revision(),
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is saved.")
            return _to_writing(version)
    failed = bool(form.errors or form.form_errors)
    html = page(
        "documents/easy_part.html",
        version=version,
        easy=easy,
        part=part if failed else None,
        revision=_revision_of(version),
        form=form,
        pictures=Picture,
    )
    return html, 422 if failed else 200


@blueprint.post("/plans/<uuid:plan_id>/versions/<int:number>/easy/parts/<uuid:part_id>/<any(removals,earlier):move>")
@write_easy
def order_parts(plan_id: UUID, number: int, part_id: UUID, move: str) -> ResponseReturnValue:
    """Takes a part out, or puts it a place earlier."""
    version = _version(plan_id, number)
    try:
        MOVES[move](version=version, part_id=part_id, revision=_revision(), actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    return _to_writing(version)


@blueprint.post("/plans/<uuid:plan_id>/versions/<int:number>/easy/offers")
@write_easy
def offer_easy(plan_id: UUID, number: int) -> ResponseReturnValue:
    """Shows it to the person and asks if it is right."""
    version = _version(plan_id, number)
    try:
        service.offer(version=version, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(refused.message, "error")
    else:
        flash("The person can read it now, and is asked if it is right.")
    return _to_writing(version)


@blueprint.route("/plans/<uuid:plan_id>/versions/<int:number>/easy/yes", methods=["GET", "POST"])
@record_yes_to_easy
def record_easy_yes(plan_id: UUID, number: int) -> ResponseReturnValue:
    """What the person said when it was read with them."""
    version = _version(plan_id, number)
    easy = queries.find_offered(version_id=version.id)
    if easy is None:
        return _to_writing(version)
    form = YesForm()
    if form.validate_on_submit():
        try:
            service.record_yes(
                version=version,
                easy_read_id=easy.id,
                revision=_revision(),
                on=form.on.data,
                actor=guard.actor(),
                now=utc_now(),
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Their yes is recorded. Everyone around them can read it now.")
            return redirect(url_for("documents.show_easy", plan_id=plan_id, number=number), 303)
    person = people.get_person(person_id=version.person_id)
    html = page("documents/easy_yes.html", version=version, easy=easy, person=person, form=form)
    return html, 422 if form.errors or form.form_errors else 200


def easy_pdf(easy: EasyRead, version: PlanVersion) -> Response:
    """Easy Read as a PDF, large."""
    paper = easy_paper(easy=easy, version=version, person=people.get_person(person_id=version.person_id))
    return pdf(paper, size=Size.LARGE, name=f"easy-read-version-{version.number}")


def _version(plan_id: UUID, number: int) -> PlanVersion:
    return plans.get_version(plan_id=plan_id, number=number, at=utc_now())


def _written(version: PlanVersion) -> EasyRead | None:
    """What is being written; where nothing is, what the person last said yes to, to begin from."""
    return queries.find_open(version_id=version.id) or queries.find_approved(version_id=version.id)


def _writing(version: PlanVersion, form: PartForm) -> str:
    return page(
        "documents/easy_write.html",
        version=version,
        person=people.get_person(person_id=version.person_id),
        easy=_written(version),
        is_open=_is_open(version),
        revision=_revision_of(version),
        form=form,
        pictures=Picture,
    )


def _is_open(version: PlanVersion) -> bool:
    try:
        check_open(state=version.state, number=version.number)
    except DomainError:
        return False
    return True


def _revision_of(version: PlanVersion) -> int:
    found = queries.find_open(version_id=version.id)
    return found.revision if found else 0


def _revision() -> int:
    """Which text the page that was sent had shown; a page that does not say is a stale one."""
    return request.form.get("revision", default=-1, type=int)


def _may_write(version: PlanVersion) -> bool:
    return access.may_reach(
        actor=guard.actor(),
        person_id=version.person_id,
        section=Section.EASY_READ,
        action=Action.WRITE,
        now=utc_now(),
    )


def _to_writing(version: PlanVersion) -> ResponseReturnValue:
    return redirect(url_for("documents.write_easy_read", plan_id=version.plan_id, number=version.number), 303)
