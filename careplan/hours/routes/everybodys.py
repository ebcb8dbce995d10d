"""The hours of many: of a provider's people one by one, and of the council's by provider."""

from flask import Response

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.hours import queries
from careplan.hours.routes.blueprint import blueprint
from careplan.kernel.clock import local_date, utc_now
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.web import page
from careplan.web.spreadsheet import csv_answer

HEAD = ("Provider", "People", "Granted", "Planned", "Delivered", "Left", "Contingency left", "Not funded")


@blueprint.get("/provider/hours")
@guard.listing(Section.PROVIDER_DAY)
def show_provider() -> str:
    """How the present hours of each of a provider's people stand; those with unfunded time first."""
    now = utc_now()
    found = queries.list_present_hours(actor=guard.actor(), today=local_date(now), now=now)
    guard.show(f.person_id for f in found)
    return page(
        "hours/provider.html",
        hours=found,
        people=people.list_people_by_id(person_ids={f.person_id for f in found}),
    )


@blueprint.get("/commissioning/hours")
@guard.role(Section.COMMISSIONING, Action.READ)
def show_commissioned() -> str:
    """The present hours of all people, by provider; figures of few people are not shown."""
    found = queries.list_commissioned_hours(today=local_date(utc_now()))
    return page("hours/commissioned.html", hours=found, names=_names(), fewest=queries.FEWEST_SHOWN)


@blueprint.get("/commissioning/hours.csv")
@guard.role(Section.COMMISSIONING, Action.READ)
def save_commissioned() -> Response:
    """The same as a table."""
    names = _names()
    rows = [
        (names.get(h.provider_id, ""), h.people or f"fewer than {queries.FEWEST_SHOWN}", *_cells(h))
        for h in queries.list_commissioned_hours(today=local_date(utc_now()))
    ]
    return csv_answer(name="hours-by-provider", head=HEAD, rows=rows)


def _cells(h: queries.CommissionedHours) -> tuple[object, ...]:
    figures = (h.granted, h.planned, h.delivered, h.left, h.contingency_left, h.unfunded)
    return tuple("" if minutes is None else minutes for minutes in figures)


def _names() -> dict[object, str]:
    return {o.id: o.name for o in organisations.list_organisations()}
