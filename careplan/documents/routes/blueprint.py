"""The blueprint that these pages hang on, and what most of them need."""

from flask import Blueprint, Response

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.plans import queries as plans
from careplan.web.paper import Paper, Size, write_pdf

blueprint = Blueprint("documents", __name__)

read_plan = guard.person(Section.PLAN, Action.READ, of=plans.find_person_of_plan)


def pdf(paper: Paper, *, size: Size, name: str) -> Response:
    """A PDF that opens in the browser; its file name holds nothing personal."""
    answer = Response(write_pdf(paper, size=size), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
