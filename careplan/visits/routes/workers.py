"""What workers say of themselves, so that people's wishes can be met."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import NotFound
from careplan.people.domain.language import language_name
from careplan.visits import service
from careplan.visits.domain.fitting import Traits
from careplan.visits.forms.planning import TraitsForm
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


def _said(traits: Traits) -> dict[str, object]:
    return {
        "gender": traits.gender or "",
        "languages": sorted(traits.languages or ()),
        "culture": traits.culture or "",
    }
