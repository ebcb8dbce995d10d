"""Pausing the care, deciding about minutes that nobody has paid for, and keeping minutes for a need to come."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.hours import queries, service
from careplan.hours.domain.pausing import PAUSE_WORDS, PauseReason
from careplan.hours.forms import EarmarkForm, MinutesForm, PauseEndForm, PauseForm
from careplan.hours.routes.blueprint import blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.kernel.minutes import Minutes
from careplan.people import queries as people
from careplan.web import page


@blueprint.get("/people/<uuid:person_id>/pauses")
@guard.person(Section.HOURS, Action.WRITE)
def show_pauses(person_id: UUID) -> str:
    """A person's pauses, and a form for one more."""
    return _pauses_page(person_id, PauseForm())


@blueprint.post("/people/<uuid:person_id>/pauses")
@guard.person(Section.HOURS, Action.WRITE)
def pause(person_id: UUID) -> ResponseReturnValue:
    """Pauses the care."""
    form = PauseForm()
    if not form.validate_on_submit():
        return _pauses_page(person_id, form), 422
    try:
        service.pause_care(
            pause_id=form.key,
            person_id=person_id,
            reason=PauseReason(form.reason.data),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            actor=guard.actor(),
            now=utc_now(),
        )
    except DomainError as refused:
        form.show(refused)
        return _pauses_page(person_id, form), refused.status
    flash("Paused. Hours of days without care are kept back, and come back if care begins earlier.")
    return redirect(f"/people/{person_id}/pauses", 303)


@blueprint.post("/people/<uuid:person_id>/pauses/<uuid:pause_id>/end")
@guard.person(Section.HOURS, Action.WRITE)
def end_pause(person_id: UUID, pause_id: UUID) -> ResponseReturnValue:
    """Says which day is the last without care."""
    if queries.find_person_of_pause(pause_id=pause_id) != person_id:
        raise NotFound("There is no such pause.")
    form = PauseEndForm()
    if not form.validate_on_submit():
        return _pauses_page(person_id, PauseForm(formdata=None), ending=(pause_id, form)), 422
    try:
        service.end_pause(pause_id=pause_id, ends_on=form.last_day.data, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        form.last_day.errors = [*form.last_day.errors, *(p.message for p in refused.problems)]
        return _pauses_page(person_id, PauseForm(formdata=None), ending=(pause_id, form)), refused.status
    flash("Kept. Hours of days that are no longer paused have come back.")
    return redirect(f"/people/{person_id}/pauses", 303)


@blueprint.get("/people/<uuid:person_id>/top-up")
@guard.person(Section.HOURS, Action.WRITE)
def ask_top_up(person_id: UUID) -> str:
    """One page to add hours with a reason."""
    return _minutes_page(person_id, MinutesForm(visit=request.args.get("visit", "")), "top_up")


@blueprint.post("/people/<uuid:person_id>/top-up")
@guard.person(Section.HOURS, Action.WRITE)
def top_up(person_id: UUID) -> ResponseReturnValue:
    """Adds hours."""

    def decide(form: MinutesForm) -> None:
        service.top_up(
            decision_id=form.key,
            person_id=person_id,
            minutes=Minutes(form.minutes.data),
            reason=form.reason.data or "",
            visit_id=form.visit_id,
            actor=guard.actor(),
            now=utc_now(),
        )

    return _decide(person_id, "top_up", decide, "Added. Time that nobody had paid for is paid first.")


@blueprint.get("/people/<uuid:person_id>/absorb")
@guard.person(Section.CONTINGENCY, Action.APPROVE)
def ask_absorb(person_id: UUID) -> str:
    """One page on which the provider takes a visit's time on."""
    return _minutes_page(person_id, MinutesForm(visit=request.args.get("visit", "")), "absorb")


@blueprint.post("/people/<uuid:person_id>/absorb")
@guard.person(Section.CONTINGENCY, Action.APPROVE)
def absorb(person_id: UUID) -> ResponseReturnValue:
    """Takes a visit's time on as the provider's own."""

    def decide(form: MinutesForm) -> None:
        if form.visit_id is None:
            raise NotFound("Open this page from the visit whose time you take on.")
        service.absorb(
            decision_id=form.key,
            person_id=person_id,
            minutes=Minutes(form.minutes.data),
            reason=form.reason.data or "",
            visit_id=form.visit_id,
            actor=guard.actor(),
            now=utc_now(),
        )

    return _decide(person_id, "absorb", decide, "Taken on. Nobody is asked to pay for this time.")


@blueprint.get("/people/<uuid:person_id>/earmarks")
@guard.person(Section.HOURS, Action.WRITE)
def show_earmarks(person_id: UUID) -> str:
    """Minutes that are kept for needs to come, and a form to keep more."""
    return _earmarks_page(person_id, EarmarkForm())


@blueprint.post("/people/<uuid:person_id>/earmarks")
@guard.person(Section.HOURS, Action.WRITE)
def keep(person_id: UUID) -> ResponseReturnValue:
    """Keeps minutes for a need."""
    form = EarmarkForm()
    if not form.validate_on_submit():
        return _earmarks_page(person_id, form), 422
    try:
        service.earmark(
            earmark_id=form.key,
            person_id=person_id,
            minutes=Minutes(form.minutes.data),
            need=form.need.data or "",
            until=form.until.data,
            actor=guard.actor(),
            now=utc_now(),
        )
    except DomainError as refused:
        form.show(refused)
        return _earmarks_page(person_id, form), refused.status
    flash("Kept. This time does not end with the four weeks as long as it is still to come.")
    return redirect(f"/people/{person_id}/earmarks", 303)


@blueprint.post("/people/<uuid:person_id>/earmarks/<uuid:earmark_id>/end")
@guard.person(Section.HOURS, Action.WRITE)
def end_earmark(person_id: UUID, earmark_id: UUID) -> ResponseReturnValue:
    """The minutes are no longer kept."""
    if all(e.id != earmark_id for e in queries.list_earmarks(person_id=person_id)):
        raise NotFound("Nothing is kept under this number.")
    service.end_earmark(earmark_id=earmark_id, actor=guard.actor(), now=utc_now())
    flash("This time is no longer kept.")
    return redirect(f"/people/{person_id}/earmarks", 303)


def _decide(
    person_id: UUID, kind: str, decide: Callable[[MinutesForm], None], thanks: str
) -> ResponseReturnValue:
    form = MinutesForm()
    if not form.validate_on_submit():
        return _minutes_page(person_id, form, kind), 422
    try:
        decide(form)
    except DomainError as refused:
        form.show(refused)
        return _minutes_page(person_id, form, kind), refused.status
    flash(thanks)
    return redirect(f"/people/{person_id}/hours", 303)


def _minutes_page(person_id: UUID, form: MinutesForm, kind: str) -> str:
    form.begin()
    return page("hours/minutes.html", form=form, kind=kind, person=people.get_person(person_id=person_id))


def _pauses_page(person_id: UUID, form: PauseForm, ending: tuple[UUID, PauseEndForm] | None = None) -> str:
    """One pause can be ended at a time: the one whose form was sent, or whom the address names."""
    form.begin()
    pauses = queries.list_pauses_of_person(person_id=person_id)
    named = next((p.id for p in pauses if str(p.id) == request.args.get("ending")), None)
    ending_id, end_form = ending or (named, PauseEndForm(formdata=None))
    return page(
        "hours/pauses.html",
        form=end_form if ending else form,
        new=form,
        ending=end_form,
        ending_id=ending_id,
        person=people.get_person(person_id=person_id),
        pauses=pauses,
        words=PAUSE_WORDS,
        today=local_date(utc_now()),
    )


def _earmarks_page(person_id: UUID, form: EarmarkForm) -> str:
    form.begin()
    return page(
        "hours/earmarks.html",
        form=form,
        person=people.get_person(person_id=person_id),
        earmarks=queries.list_earmarks(person_id=person_id),
        today=local_date(utc_now()),
    )
