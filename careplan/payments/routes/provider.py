"""What the provider is paid: its own lines of runs that were released, and why any are held back."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.errors import NotFound
from careplan.payments.domain.run import KeptLine, PayRun, RunState, sums_of
from careplan.payments.queries import runs
from careplan.payments.routes.blueprint import KINDS, blueprint, shown
from careplan.payments.routes.lines import line_page
from careplan.payments.routes.paying import lines_csv
from careplan.web import page


@blueprint.get("/provider/pay")
@guard.role(Section.PROVIDER_PAY, Action.READ)
def list_own_pay() -> str:
    """The periods that were paid, with what each came to for us."""
    found = [r for r in runs.list_runs() if r.state is RunState.RELEASED]
    sums = runs.sums_of_runs(run_ids=[r.id for r in found], provider_id=_own_organisation())
    return page("payments/own_runs.html", runs=[r for r in found if sums[r.id].lines], sums=sums)


@blueprint.get("/provider/pay/<uuid:pay_run_id>")
@guard.role(Section.PROVIDER_PAY, Action.READ)
def show_own_pay(pay_run_id: UUID) -> ResponseReturnValue:
    """One period's lines."""
    run, lines = _released(pay_run_id)
    return page("payments/own_run.html", run=run, sums=sums_of(lines), lines=shown(lines), kinds=KINDS)


@blueprint.get("/provider/pay/<uuid:pay_run_id>/lines.csv")
@guard.role(Section.PROVIDER_PAY, Action.READ)
def download_own_pay(pay_run_id: UUID) -> Response:
    """The same for other programs."""
    _released(pay_run_id)
    return lines_csv(pay_run_id, provider_id=_own_organisation())


@blueprint.get("/provider/pay/lines/<uuid:pay_line_id>")
@guard.role(Section.PROVIDER_PAY, Action.READ)
def show_own_line(pay_line_id: UUID) -> ResponseReturnValue:
    """What a line is made of."""
    kept = runs.get_line(line_id=pay_line_id)
    if kept.provider_id != _own_organisation():
        raise NotFound("There is no such line.")
    _released(kept.run_id)
    return line_page(kept, None)


def _released(run_id: UUID) -> tuple[PayRun, list[KeptLine]]:
    """A run that was released and has lines of ours.  Raises NotFound: a draft is not for providers."""
    run = runs.get_run(run_id=run_id)
    lines = runs.list_lines(run_id=run_id, provider_id=_own_organisation())
    if run.state is not RunState.RELEASED or not lines:
        raise NotFound("There is no such pay run.")
    return run, lines


def _own_organisation() -> UUID:
    """The provider for which the account works.  Raises NotFound where there is none."""
    own = guard.actor().organisation_id
    if own is None:
        raise NotFound
    return own
