"""The statement of a period to keep: a PDF, and a table for other programs."""

from uuid import UUID

from flask import Response

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.hours import queries
from careplan.hours.domain.statement import PeriodStatement
from careplan.hours.routes.blueprint import blueprint
from careplan.hours.routes.showing import number_asked
from careplan.hours.statement_paper import HEAD, statement_paper, statement_rows
from careplan.kernel.clock import local_date, utc_now
from careplan.people import queries as people
from careplan.web.paper import Size, write_pdf
from careplan.web.spreadsheet import csv_answer


@blueprint.get("/me/hours/statement.pdf")
@guard.me(Section.HOURS, Action.READ)
def print_mine() -> Response:
    """One's own statement in large print."""
    return _pdf(guard.person_id(), Size.LARGE)


@blueprint.get("/me/hours/statement.csv")
@guard.me(Section.HOURS, Action.READ)
def save_mine() -> Response:
    """One's own statement as a table."""
    return _csv(guard.person_id())


@blueprint.get("/people/<uuid:person_id>/hours/statement.pdf")
@guard.person(Section.HOURS, Action.READ)
def print_of(person_id: UUID) -> Response:
    """A person's statement on paper."""
    return _pdf(person_id, Size.NORMAL)


@blueprint.get("/people/<uuid:person_id>/hours/statement.csv")
@guard.person(Section.HOURS, Action.READ)
def save_of(person_id: UUID) -> Response:
    """A person's statement as a table."""
    return _csv(person_id)


def _statement(person_id: UUID) -> PeriodStatement:
    """The statement of the period that the address names.  Raises NotFound."""
    view = queries.get_bank_view(today=local_date(utc_now()), person_id=person_id, number=number_asked())
    return queries.statement_of_period(view=view)


def _pdf(person_id: UUID, size: Size) -> Response:
    statement, person = _statement(person_id), people.get_person(person_id=person_id)
    paper = statement_paper(statement, person, today=local_date(utc_now()))
    answer = Response(write_pdf(paper, size=size), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="hours-{statement.bank.period.number}.pdf"'
    return answer


def _csv(person_id: UUID) -> Response:
    statement = _statement(person_id)
    rows = statement_rows(statement, today=local_date(utc_now()))
    return csv_answer(name=f"hours-{statement.bank.period.number}", head=HEAD, rows=rows)
