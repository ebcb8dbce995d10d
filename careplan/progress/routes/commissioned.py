"""How outcomes go for a whole council: no person is named, and no few can be known by their figures."""

from flask import Response, request

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.progress import queries
from careplan.progress.domain.cohort import FEWEST_SHOWN, View, by_kind
from careplan.progress.routes.blueprint import blueprint
from careplan.web import page
from careplan.web.spreadsheet import csv_answer

HEAD = ("Grouped by", "Group", "People", "T at the start", "T now", "Change", "Outcomes rated", "Outcomes reached")
HIDDEN = "hidden"


@blueprint.get("/commissioning/outcomes")
@guard.role(Section.COMMISSIONING, Action.READ)
def show_commissioned() -> str:
    """Goal attainment by area of wellbeing, provider, part of the council, age and start, as one side sees it."""
    view = _view()
    lines = queries.list_commissioned(view=view, at=utc_now())
    return page(
        "progress/commissioned.html", groups=by_kind(lines), view=view, views=list(View), fewest=FEWEST_SHOWN
    )


@blueprint.get("/commissioning/outcomes.csv")
@guard.role(Section.COMMISSIONING, Action.READ)
def save_commissioned() -> Response:
    """The same as a table for other programs."""
    view = _view()
    groups = by_kind(queries.list_commissioned(view=view, at=utc_now()))
    rows = [
        (kind.words, line.words, *(HIDDEN if cell is None else cell for cell in (
            line.people, line.baseline, line.achieved, line.change, line.rated, line.reached
        )))
        for kind, lines in groups.items() for line in lines
    ]  # fmt: skip
    return csv_answer(name=f"outcomes-{view.value}", head=HEAD, rows=rows)


def _view() -> View:
    """Whose view the address asks for; the people's own where it names none."""
    wanted = request.args.get("view", "")
    return View(wanted) if wanted in set(View) else View.PERSON
