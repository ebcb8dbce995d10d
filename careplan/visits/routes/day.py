"""The coordinator's today: visits, what is late, what to look at and to take."""

from uuid import UUID

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.delegation import queries as delegation
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Conflict, DomainError, NotFound
from careplan.people import queries as people
from careplan.visits import queries, service
from careplan.visits.domain.flag import WORDS, grouped
from careplan.visits.forms import recording as forms
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.lines import line_of
from careplan.visits.schemas import read_entry
from careplan.web import page


@blueprint.get("/provider")
@guard.listing(Section.PROVIDER_DAY)
def show_provider_day() -> ResponseReturnValue:
    """A coordinator's today: visits, what is late, what to settle."""
    now = utc_now()
    organisation_id = guard.actor().organisation_id
    if organisation_id is None:
        raise NotFound
    visits = queries.list_visits_of_provider(provider_id=organisation_id, day=local_date(now))
    flags = queries.list_flags(provider_id=organisation_id)
    alerts = delegation.list_open_alerts(organisation_id=organisation_id)
    held = queries.list_held(organisation_id=organisation_id)
    known = people.list_people_by_id(person_ids={v.person_id for v in visits} | {f.person_id for f in flags})
    guard.show(known)
    persons = {i: p.name for i, p in known.items()}
    workers = {w for v in visits for w in v.workers} | {h.worker_id for h in held}
    names = access.list_account_names(account_ids=workers)
    lines = [line_of(v, names, persons, now) for v in visits]
    return page(
        "visits/provider.html", lines=lines, late=[x for x in lines if x.late], groups=grouped(flags), alerts=alerts,
        held=held, persons=persons, names=names, flag_words=WORDS, form=forms.SettleForm(), now=now,
    )  # fmt: skip


@blueprint.post("/provider/flags")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def settle_flags() -> ResponseReturnValue:
    """A coordinator says what came of the flags of one reason about one person; the trail names the person."""
    words, named = request.form.get("words", ""), request.form.getlist("flag", type=UUID)
    try:
        guard.show(service.settle_flags(flag_ids=named, words=words, actor=guard.actor(), now=utc_now()))
        guard.because(words.strip())
        flash("Settled.")
    except DomainError as refused:
        if isinstance(refused, NotFound):
            raise
        flash(refused.message, "error")
    return redirect("/provider", 303)


@blueprint.post("/provider/held/<uuid:held_id>")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def take_held(held_id: UUID) -> ResponseReturnValue:
    """A coordinator takes a record that was held into the person's record."""
    actor, organisation_id = guard.actor(), guard.actor().organisation_id
    held = (
        next((h for h in queries.list_held(organisation_id=organisation_id) if h.id == held_id), None)
        if (organisation_id)
        else None
    )
    record = read_entry(held.body).record if held else None
    if record is None:
        raise NotFound
    try:
        service.take_held(held_id=held_id, record=record, actor=actor, now=utc_now())
        flash("Taken into the person's record.")
    except Conflict as refused:
        flash(refused.message, "error")
    return redirect("/provider", 303)
