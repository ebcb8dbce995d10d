"""What workers say of themselves, so that people's wishes can be met."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.people.domain.language import language_name
from careplan.visits import service
from careplan.visits.domain.fitting import Traits
from careplan.visits.forms.planning import HandForm, TraitsForm
from careplan.visits.queries.patterns import list_traits
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.routes.planning import own_workers
from careplan.web import page


@blueprint.get("/provider/workers")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def list_workers() -> str:
    """The organisation's care workers, and what is known of each."""
    names = own_workers()
    return page(
        "visits/workers.html", names=names, traits=list_traits(worker_ids=names), language_name=language_name
    )


@blueprint.route("/provider/workers/<uuid:worker_id>", methods=["GET", "POST"])
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def describe_worker(worker_id: UUID) -> ResponseReturnValue:
    """What one worker says of themselves."""
    name = own_workers().get(worker_id)
    if name is None:
        raise NotFound("There is no such worker.")
    form = TraitsForm(data=_said(list_traits(worker_ids=[worker_id]).get(worker_id, Traits())))
    if form.validate_on_submit():
        service.record_traits(worker_id=worker_id, traits=form.traits(), actor=guard.actor(), now=utc_now())
        flash("Saved.")
        return redirect(url_for("visits.list_workers"), 303)
    return page("visits/worker.html", form=form, name=name), 422 if form.errors else 200


@blueprint.route("/provider/rota/hand-over", methods=["GET", "POST"])
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def hand_round() -> ResponseReturnValue:
    """A worker's whole round of a day goes to another, or waits for somebody."""
    now, form = utc_now(), HandForm()
    form.offer(own_workers())
    if form.validate_on_submit():
        try:
            handed = service.hand_round(
                worker_id=UUID(form.worker.data), day=form.day.data,
                to_worker=UUID(form.to_worker.data) if form.to_worker.data else None, actor=guard.actor(), now=now,
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            guard.show(v.person_id for v in (*handed.moved, *handed.open))
            flash(f"Handed over: {len(handed.moved)}. Somebody is still needed for {len(handed.open)}.")
            return redirect(url_for("visits.show_rota", week=form.day.data.isoformat(), by="worker"), 303)
    return page("visits/hand.html", form=form), 422 if form.errors or form.form_errors else 200


def _said(traits: Traits) -> dict[str, object]:
    return {
        "gender": traits.gender or "",
        "languages": sorted(traits.languages or ()),
        "culture": traits.culture or "",
    }
