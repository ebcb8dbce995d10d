"""The person's own pages: about me, and whom they share their record with."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Kind, Section
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import DomainError
from careplan.kernel.phone import spoken_phone
from careplan.organisations import queries as organisations
from careplan.people import queries, service
from careplan.people.domain.about_me import AboutMoved, AboutSections, sections_from
from careplan.people.domain.adjustment import may_read_words
from careplan.people.domain.language import language_name
from careplan.people.domain.sharing import SharingDecision
from careplan.people.forms.mine import QUESTIONS, AboutForm, ObjectionForm
from careplan.people.routes.blueprint import blueprint
from careplan.web import page


@blueprint.get("/me/about")
@guard.me(Section.ABOUT, Action.READ)
def my_about() -> ResponseReturnValue:
    """What the person says about themselves."""
    person_id, actor = guard.person_id(), guard.actor()
    about = queries.find_about(person_id=person_id)
    return page(
        "people/my_about.html",
        about=about,
        said=about.sections.as_dict() if about else {},
        questions=QUESTIONS,
        person=queries.get_person(person_id=person_id),
        may_write=access.may_reach(
            actor=actor, person_id=person_id, section=Section.ABOUT, action=Action.WRITE, now=utc_now()
        ),
    )


@blueprint.route("/me/about/edit", methods=["GET", "POST"])
@guard.me(Section.ABOUT, Action.WRITE)
def edit_my_about() -> ResponseReturnValue:
    """Writes it anew."""
    return _write_about(
        guard.person_id(),
        to=url_for("people.my_about"),
        done="Saved. Everyone around you sees it from now on.",
        template="people/edit_my_about.html",
    )


@blueprint.route("/people/<uuid:person_id>/about/edit", methods=["GET", "POST"])
@guard.person(Section.ABOUT, Action.WRITE)
def edit_about(person_id: UUID) -> ResponseReturnValue:
    """Writes it down with the person, in their words; it says who helped."""
    plan = _id(request.args.get("plan"))
    return _write_about(
        person_id,
        to=f"/plans/{plan}/about" if plan else f"/people/{person_id}",
        done="Saved in their own voice. It changes nothing in the plan.",
        template="people/edit_about.html",
    )


def _write_about(person_id: UUID, *, to: str, done: str, template: str) -> ResponseReturnValue:
    about = queries.find_about(person_id=person_id)
    shown = (about.sections if about else AboutSections()).as_dict()
    form = AboutForm(data=shown | {"based_on": str(about.id) if about else ""})
    theirs: dict[str, str] = {}
    if form.validate_on_submit():
        try:
            service.write_about_me(
                person_id=person_id,
                sections=sections_from(form.sections()),
                based_on=_id(form.based_on.data),
                actor=guard.actor(),
                now=utc_now(),
            )
        except AboutMoved as moved:
            # Both texts are on the page now, so what is sent next rests on the latest.
            theirs = {name: text for name, text in shown.items() if text != form.sections()[name]}
            form.based_on.data = moved.facts["latest"]
            form.show(moved)
        except DomainError as refused:
            form.show(refused)
        else:
            flash(done)
            return redirect(to, 303)
    person = queries.get_person(person_id=person_id)
    return page(template, form=form, theirs=theirs, person=person, back=to), 422 if form.errors else 200


@blueprint.get("/me/helpers")
@guard.me(Section.DOOR, Action.READ)
def my_helpers() -> str:
    """What helpers are told before they come, in plain words: it is about the person, so they read it too."""
    door = queries.get_door(person_id=guard.person_id(), on=local_date(utc_now()))
    practice_id = door.person.gp_organisation_id
    return page(
        "people/my_helpers.html",
        door=door,
        person=door.person,
        known={topic.value: knowledge for topic, knowledge in door.known.items()},
        practice=organisations.find_organisation(organisation_id=practice_id) if practice_id else None,
        language=language_name(door.person.language),
        shows_adjustments=may_read_words(guard.actor().role),
        spoken_phone=spoken_phone,
    )


@blueprint.get("/me/sharing")
@guard.me(Section.RECORD, Action.READ)
def my_sharing() -> ResponseReturnValue:
    """Which parts of the NHS can read the record, and the way to say no."""
    return _sharing_page(ObjectionForm())


@blueprint.post("/me/sharing/object")
@guard.me(Section.RECORD, Action.WRITE)
def object_to_sharing() -> ResponseReturnValue:
    """The person says no: every trust's access ends with this answer."""
    form = ObjectionForm()
    if not form.validate_on_submit():
        return _sharing_page(form), 422
    return _choose(SharingDecision.OBJECTS, form.words.data, "The NHS cannot read your record any more.")


@blueprint.post("/me/sharing/share")
@guard.me(Section.RECORD, Action.WRITE)
def share_again() -> ResponseReturnValue:
    """The person says yes: those who could read the record before can do so again."""
    return _choose(SharingDecision.SHARES, None, "The NHS team that looks after you can read your record.")


def _choose(decision: SharingDecision, words: str | None, done: str) -> ResponseReturnValue:
    service.choose_sharing(
        person_id=guard.person_id(), decision=decision, words=words, actor=guard.actor(), now=utc_now()
    )
    flash(done)
    return redirect(url_for("people.my_sharing"), 303)


def _sharing_page(form: ObjectionForm) -> str:
    person_id, actor, now = guard.person_id(), guard.actor(), utc_now()
    open_to = {
        r.organisation_id
        for r in access.list_relationships(person_id=person_id)
        if r.kind is Kind.SHARING and r.organisation_id and r.since <= now and (r.until is None or r.until > now)
    }
    trusts = organisations.list_organisations_by_id(organisation_ids=open_to)
    return page(
        "people/my_sharing.html",
        form=form,
        objects=queries.get_sharing(person_id=person_id) is SharingDecision.OBJECTS,
        choice=queries.find_sharing_choice(person_id=person_id),
        trusts=sorted(t.name for t in trusts.values()),
        may_choose=access.may_reach(
            actor=actor, person_id=person_id, section=Section.RECORD, action=Action.WRITE, now=now
        ),
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
