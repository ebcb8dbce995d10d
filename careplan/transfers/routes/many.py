"""An act for many: a provider cannot go on, or a zone starts. A team manager moves the people of their team."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.transfers import queries, service
from careplan.transfers.domain.act import Act, tally
from careplan.transfers.domain.transfer import OVER
from careplan.transfers.forms import ActForm
from careplan.transfers.routes.blueprint import blueprint
from careplan.web import page


@blueprint.get("/commissioning/transfers")
@guard.role(Section.TRANSFER, Action.READ)
def list_acts() -> ResponseReturnValue:
    """The team's acts, the latest first."""
    team_id = guard.actor().team_id
    acts = queries.list_acts(team_id=team_id) if team_id else []
    return page("transfers/acts.html", acts=acts, firms=_firms(acts), zones=_zones())


@blueprint.route("/commissioning/transfers/new", methods=["GET", "POST"])
@guard.role(Section.TRANSFER, Action.CREATE)
def start_act() -> ResponseReturnValue:
    """Makes the list of everyone it concerns, and begins the first of them."""
    form, actor, now = ActForm(), guard.actor(), utc_now()
    form.offer_many(organisations.list_organisations(kind=OrganisationKind.PROVIDER), organisations.list_zones())
    if form.validate_on_submit():
        visible = access.select_visible(actor=actor, section=Section.TRANSFER, action=Action.WRITE, now=now)
        try:
            act = service.start_act(said=form.said_of_many(), visible=visible, actor=actor, now=now)
        except DomainError as refused:
            form.show(refused)
        else:
            _go_on(act, now_begun="Begun.")
            return redirect(url_for("transfers.show_act", act_id=act.id), 303)
    return page("transfers/act_new.html", form=form), 422 if form.errors or form.form_errors else 200


@blueprint.get("/commissioning/transfers/<uuid:act_id>")
@guard.role(Section.TRANSFER, Action.READ)
def show_act(act_id: UUID) -> ResponseReturnValue:
    """Everyone whom it concerns, with how far each has come and what is missing; those who object stand on top."""
    act, now = _own(act_id), utc_now()
    visible = access.select_visible(actor=guard.actor(), section=Section.TRANSFER, action=Action.READ, now=now)
    lines = queries.list_standings(transfers=queries.list_transfers_of_act(act_id=act_id, visible=visible), at=now)
    guard.show(line.person.id for line in lines)
    objecting = [s for s in lines if s.progress.objects and s.progress.stage not in OVER]
    return page(
        "transfers/act.html",
        act=act,
        firms=_firms([act]),
        zone=_zones().get(act.zone_id) if act.zone_id else None,
        tally=tally(line.progress for line in lines),
        objecting=objecting,
        others=[line for line in lines if line not in objecting],
    )


@blueprint.post("/commissioning/transfers/<uuid:act_id>/next")
@guard.role(Section.TRANSFER, Action.CREATE)
def go_on(act_id: UUID) -> ResponseReturnValue:
    """Begins the next of the act's people."""
    _go_on(_own(act_id), now_begun="Gone on.")
    return redirect(url_for("transfers.show_act", act_id=act_id), 303)


def _own(act_id: UUID) -> Act:
    """An act of the reader's own team.  Raises NotFound."""
    act = queries.get_act(act_id=act_id)
    if act.team_id != guard.actor().team_id:
        raise NotFound
    return act


def _go_on(act: Act, *, now_begun: str) -> None:
    batch = service.go_on(act_id=act.id, actor=guard.actor(), now=utc_now())
    left = f" {batch.left} are left." if batch.left else ""
    held = f" {batch.held_up} cannot be begun yet: the list says why." if batch.held_up else ""
    flash(f"{now_begun} {batch.begun} people are to be asked.{held}{left}")


def _firms(acts: list[Act]) -> dict[UUID, str]:
    ids = {i for a in acts for i in (a.from_provider_id, a.to_provider_id)}
    return {key: o.name for key, o in organisations.list_organisations_by_id(organisation_ids=ids).items()}


def _zones() -> dict[UUID, str]:
    return {z.id: z.name for z in organisations.list_zones()}
