"""Bringing visits in from another monitoring system, first on trial."""

from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import DomainError, NotFound
from careplan.organisations import queries as organisations
from careplan.visits import service
from careplan.visits.domain.importing import MAY_BE, NEEDED
from careplan.visits.forms.importing import TRY, ImportForm
from careplan.visits.queries.importing import Report, get_import, list_imports
from careplan.visits.routes.blueprint import blueprint
from careplan.visits.service import Importer
from careplan.web import page
from careplan.web.spreadsheet import csv_answer

SHOWN = 200


@blueprint.route("/provider/visits/import", methods=["GET", "POST"])
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def import_visits() -> ResponseReturnValue:
    """Tries a file, or takes its good rows; each bad one says where and why."""
    form, importer = ImportForm(), _importer()
    imports, report = list_imports(provider_id=importer.provider_id), None
    if form.validate_on_submit():
        try:
            report = _do(form, importer)
        except DomainError as refused:
            form.form_errors = [*form.form_errors, refused.message]
    html = page(
        "visits/import.html", form=form, report=report, tried=form.how.data == TRY, imports=imports, needed=NEEDED,
        may_be=MAY_BE, shown=SHOWN,
    )  # fmt: skip
    return html, 422 if form.errors or form.form_errors else 200


@blueprint.get("/provider/visits/imports/<uuid:import_id>.csv")
@guard.role(Section.PROVIDER_DAY, Action.WRITE)
def download_faults(import_id: UUID) -> Response:
    """What was wrong in a file, row by row, as a file."""
    report = get_import(import_id=import_id, provider_id=_importer().provider_id)
    return csv_answer(
        name=f"errors-{report.reference}",
        head=("row", "column", "value", "reason"),
        rows=[(f.row, f.column, f.value, f.message) for f in report.faults],
    )


def _do(form: ImportForm, importer: Importer) -> Report:
    now = utc_now()
    if form.how.data == TRY:
        return service.try_import(file=form.sent(), importer=importer, now=now)
    report, concerned = service.import_visits(file=form.sent(), importer=importer, now=now)
    guard.show(concerned)
    return report


def _importer() -> Importer:
    actor = guard.actor()
    if actor.organisation_id is None:
        raise NotFound
    provider = organisations.get_organisation(organisation_id=actor.organisation_id)
    return Importer(provider.id, provider.ods_code, actor)
