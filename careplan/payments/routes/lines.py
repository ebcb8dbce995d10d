"""One line of a pay run: from the minute to the visit to the clause of the plan; holding it and letting it go."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError
from careplan.payments.domain.explaining import explained
from careplan.payments.domain.level import AgreedLevel
from careplan.payments.domain.pay_model import Counted
from careplan.payments.domain.run import KeptLine, RunState
from careplan.payments.forms import HoldForm
from careplan.payments.queries import contracts, facts, runs
from careplan.payments.routes.blueprint import blueprint, firms, shown
from careplan.payments.service import paying
from careplan.web import page


@blueprint.get("/pay/lines/<uuid:pay_line_id>")
@guard.role(Section.PAYMENTS, Action.READ)
def show_pay_line(pay_line_id: UUID) -> ResponseReturnValue:
    """What the line is made of, with the form that holds it back."""
    return line_page(runs.get_line(line_id=pay_line_id), HoldForm())


@blueprint.post("/pay/lines/<uuid:pay_line_id>/hold")
@guard.role(Section.PAYMENTS, Action.WRITE)
def hold_pay_line(pay_line_id: UUID) -> ResponseReturnValue:
    """Keeps the line back."""
    form = HoldForm()
    if form.validate_on_submit():
        try:
            paying.hold_line(
                line_id=pay_line_id, reason=form.reason.data or "", actor=guard.actor(), now=utc_now()
            )
        except DomainError as refused:
            if refused.status == 404:
                raise
            form.show(refused)
        else:
            flash("Held back. The provider reads why.")
            return redirect(url_for("payments.show_pay_line", pay_line_id=pay_line_id), 303)
    return line_page(runs.get_line(line_id=pay_line_id), form), 422


@blueprint.post("/pay/lines/<uuid:pay_line_id>/let-go")
@guard.role(Section.PAYMENTS, Action.WRITE)
def let_pay_line_go(pay_line_id: UUID) -> ResponseReturnValue:
    """Pays a line that was held back."""
    try:
        paying.let_line_go(line_id=pay_line_id, actor=guard.actor(), now=utc_now())
    except DomainError as refused:
        if refused.status == 404:
            raise
        flash(refused.message, "error")
    else:
        flash("Released: it is paid.")
    return redirect(url_for("payments.show_pay_line", pay_line_id=pay_line_id), 303)


def line_page(kept: KeptLine, form: HoldForm | None) -> str:
    """The line with its visits; `form` is None for those who only read."""
    run = runs.get_run(run_id=kept.run_id)
    minutes = dict(kept.line.visits)
    visits = facts.list_frozen_by_id(freeze_id=kept.freeze_id, visit_ids=minutes)
    actor = guard.actor()
    contract = contracts.get_contract(contract_id=kept.line.key.contract_id, as_of=run.drawn_up_at)
    return page(
        "payments/line.html",
        line=shown([kept])[0],
        run=run,
        contract=contract,
        terms=explained(contract.parts, kept.line.key.counts, span=kept.span, levels=_levels(kept, run.drawn_up_at)),
        provider=firms([kept.provider_id]).get(kept.provider_id, ""),
        visits=sorted(visits.values(), key=lambda v: (v.day, v.id)),
        minutes=minutes,
        form=form,
        may_hold=actor.role is Role.FINANCE_OFFICER and run.state is RunState.DRAFT and kept.hold is None,
        may_let_go=actor.role is Role.FINANCE_OFFICER and kept.hold is not None,
        is_provider=actor.role is Role.PROVIDER_COORDINATOR,
    )


def _levels(kept: KeptLine, as_of: datetime) -> Iterable[AgreedLevel]:
    """The levels that were agreed for the line's person by then."""
    key = kept.line.key
    if key.counts is not Counted.LEVEL or key.person_id is None:
        return ()
    return contracts.list_levels(as_of=as_of).get(key.contract_id, {}).get(key.person_id, ())
