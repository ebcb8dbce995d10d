"""One person's transfer: how far it has come, and each step of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import local_date, start_of_day, utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.people import queries as people
from careplan.transfers import queries, service
from careplan.transfers.domain.transfer import OVER, OVERLAP, SETTLED, Stage, Transfer
from careplan.transfers.forms import ConsultationForm, GiveUpForm, NoteForm, TransferForm
from careplan.transfers.routes.blueprint import blueprint
from careplan.web import page
from careplan.web.forms import Form

NEXT = {
    Stage.ASK_PERSON: "transfers.consult",
    Stage.ASK_PROVIDER: "transfers.ask_provider",
    Stage.SEND_ROUND: "transfers.send_round",
}


@blueprint.get("/people/<uuid:person_id>/transfer")
@guard.person(Section.TRANSFER, Action.READ)
def show_transfer(person_id: UUID) -> ResponseReturnValue:
    """How far it has come, what is missing, what the person said, and notes of handover."""
    return _shown(person_id, NoteForm())


@blueprint.route("/people/<uuid:person_id>/transfer/new", methods=["GET", "POST"])
@guard.person(Section.TRANSFER, Action.WRITE)
def begin(person_id: UUID) -> ResponseReturnValue:
    """Begins one; where care is moving already, leads there."""
    standing = queries.find_standing(person_id=person_id, at=utc_now())
    if standing is not None and standing.progress.stage not in (*OVER, *SETTLED):
        return _to(person_id)
    form = TransferForm()
    form.offer(organisations.list_organisations(kind=OrganisationKind.PROVIDER))
    if form.validate_on_submit():
        try:
            service.begin_transfer(person_id=person_id, said=form.said(), actor=guard.actor(), now=utc_now())
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Begun. Ask the person next.")
            return _to(person_id)
    return _form(person_id, form, "transfers/new.html")


@blueprint.route("/people/<uuid:person_id>/transfer/consultation", methods=["GET", "POST"])
@guard.person(Section.TRANSFER, Action.WRITE)
def consult(person_id: UUID) -> ResponseReturnValue:
    """What the person said."""
    transfer, form = _latest(person_id), ConsultationForm()
    if form.validate_on_submit():
        try:
            service.record_consultation(
                person_id=person_id, transfer_id=transfer.id, said=form.said(), actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. What they said stands beside the transfer.")
            return _to(person_id)
    return _form(person_id, form, "transfers/consult.html")


@blueprint.post("/people/<uuid:person_id>/transfer/provider")
@guard.person(Section.TRANSFER, Action.WRITE)
def ask_provider(person_id: UUID) -> ResponseReturnValue:
    """Asks the new provider."""
    return _act(person_id, service.ask_provider, "The new provider can read the record and has been asked.")


@blueprint.post("/people/<uuid:person_id>/transfer/round")
@guard.person(Section.TRANSFER, Action.WRITE)
def send_round(person_id: UUID) -> ResponseReturnValue:
    """Sends the version round."""
    return _act(person_id, service.send_round, "It has gone round. Everyone who must agree can read it now.")


@blueprint.post("/people/<uuid:person_id>/transfer/settlement")
@guard.person(Section.TRANSFER, Action.WRITE)
def settle(person_id: UUID) -> ResponseReturnValue:
    """Calls off at once what would be called off within a minute."""
    return _act(person_id, service.hand_over, "What the provider before had planned after the change is called off.")


@blueprint.route("/people/<uuid:person_id>/transfer/withdrawal", methods=["GET", "POST"])
@guard.person(Section.TRANSFER, Action.WRITE)
def withdraw(person_id: UUID) -> ResponseReturnValue:
    """Gives it up, with a reason."""
    transfer, form = _latest(person_id), GiveUpForm()
    if form.validate_on_submit():
        try:
            service.withdraw_transfer(
                person_id=person_id, transfer_id=transfer.id, reason=form.reason.data or "", actor=guard.actor(),
                now=utc_now(),
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("It is given up.")
            return _to(person_id)
    return _form(person_id, form, "transfers/withdraw.html")


@blueprint.post("/people/<uuid:person_id>/transfer/notes")
@guard.person(Section.TRANSFER, Action.COMMENT)
def write_note(person_id: UUID) -> ResponseReturnValue:
    """Writes something down for the other side."""
    transfer, form = _latest(person_id), NoteForm()
    if form.validate_on_submit():
        try:
            service.write_note(
                person_id=person_id, transfer_id=transfer.id, words=form.words.data or "", actor=guard.actor(),
                now=utc_now(),
            )  # fmt: skip
        except DomainError as refused:
            form.show(refused)
        else:
            flash("Saved. Both providers can read it.")
            return _to(person_id)
    return _shown(person_id, form)


def _latest(person_id: UUID) -> Transfer:
    found = queries.find_transfer(person_id=person_id)
    if found is None:
        raise NotFound
    return found


def _to(person_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("transfers.show_transfer", person_id=person_id), 303)


def _act(person_id: UUID, act: Callable[..., object], done: str) -> ResponseReturnValue:
    transfer = _latest(person_id)
    try:
        act(person_id=person_id, transfer_id=transfer.id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        flash(" ".join([refused.message, *(p.message for p in refused.problems)]), "error")
    else:
        flash(done)
    return _to(person_id)


def _form(person_id: UUID, form: Form, template: str) -> ResponseReturnValue:
    html = page(template, form=form, person=people.get_person(person_id=person_id))
    return html, 422 if form.errors or form.form_errors else 200


def _shown(person_id: UUID, form: NoteForm) -> ResponseReturnValue:
    now = utc_now()
    standing = queries.find_standing(person_id=person_id, at=now)
    if standing is None:
        raise NotFound
    html = page("transfers/one.html", form=form, **_what_is_known(person_id, standing))
    return html, 422 if form.errors or form.form_errors else 200


def _what_is_known(person_id: UUID, standing: queries.Standing) -> dict[str, Any]:
    transfer, now = standing.transfer, utc_now()
    consultations = queries.list_consultations(transfer_id=transfer.id)
    notes = queries.list_notes(transfer_id=transfer.id)
    firms = organisations.list_organisations_by_id(
        organisation_ids=[transfer.from_provider_id, transfer.to_provider_id]
    )
    allowed = access.list_allowed(actor=guard.actor(), person_id=person_id, now=now)
    since = transfer.changed_at or standing.progress.counts_from
    return {
        "person": standing.person,
        "transfer": transfer,
        "progress": standing.progress,
        "consultations": consultations,
        "notes": notes,
        "names": access.list_account_names(
            account_ids={transfer.started_by} | {c.recorded_by for c in consultations} | {n.by for n in notes}
        ),
        "firms": {key: o.name for key, o in firms.items()},
        "may_write": (Section.TRANSFER, Action.WRITE) in allowed,
        "may_note": (Section.TRANSFER, Action.COMMENT) in allowed,
        "next": NEXT.get(standing.progress.stage),
        "open_until": start_of_day(local_date(since) + OVERLAP) if since else None,
        "waits_for_settling": standing.progress.stage in SETTLED and transfer.handed_over_at is None,
        "now": now,
    }
