"""The simulator: every model over the visits of a pay run, by provider and in all, against what is paid."""

from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.payments.domain.pay_model import Model
from careplan.payments.domain.run import PayRun
from careplan.payments.domain.simulating import Simulated, in_all
from careplan.payments.queries import contracts, runs, simulations
from careplan.payments.routes.blueprint import blueprint, firms
from careplan.web import page
from careplan.web.spreadsheet import csv_answer

HEAD = ("provider", "live_pence", "model", "pence", "difference_pence")


@blueprint.get("/commissioning/payments")
@guard.role(Section.PAYMENTS, Action.READ)
def compare_models() -> ResponseReturnValue:
    """A run's visits under every model; the latest run where none is chosen."""
    known = runs.list_runs()
    run = _chosen(known)
    found = simulations.list_simulated(freeze_id=run.freeze_id) if run else []
    live, by_model = in_all(found)
    return page(
        "payments/simulator.html",
        runs=known,
        run=run,
        found=found,
        live=live,
        by_model=by_model,
        models=list(Model),
        firms=firms(s.provider_id for s in found),
        live_models=_live_models(run) if run else {},
        # A block is a sum for other work, whatever the hours: beside it every other bar would be a hair.
        differences=[(m.words, by_model[m] - live) for m in Model if m is not Model.BLOCK],
    )


@blueprint.get("/commissioning/payments/models.csv")
@guard.role(Section.PAYMENTS, Action.READ)
def download_models() -> Response:
    """The same for other programs: a row for each provider and model."""
    run = _chosen(runs.list_runs())
    found: list[Simulated] = simulations.list_simulated(freeze_id=run.freeze_id) if run else []
    names = firms(s.provider_id for s in found)
    rows = (
        (names[s.provider_id], s.live, model.value, s.by_model[model], s.by_model[model] - s.live)
        for s in found
        for model in Model
    )
    return csv_answer(name=f"models-{run.span.starts_on}" if run else "models", head=HEAD, rows=rows)


def _live_models(run: PayRun) -> dict[UUID, list[str]]:
    """By provider, how it is paid."""
    found: dict[UUID, list[str]] = {}
    for part in contracts.list_parts(as_of=run.drawn_up_at):
        if part.starts_on <= run.span.ends_on and (part.ends_on is None or part.ends_on >= run.span.starts_on):
            found.setdefault(part.provider_id, []).append(part.model.words)
    return found


def _chosen(known: list[PayRun]) -> PayRun | None:
    """The run that the address names, else the latest."""
    wanted = request.args.get("run", type=UUID)
    return next((r for r in known if r.id == wanted), next(iter(known), None))
