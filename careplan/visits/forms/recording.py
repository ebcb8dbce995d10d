"""The form for one visit, made for its person: a question for each outcome and each delegated activity."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional

from careplan.kernel.clock import at_local, local_date, local_time
from careplan.plans.domain.content import Outcome
from careplan.visits.domain.visit import Visit, VisitRecord
from careplan.visits.queries import Due
from careplan.web.forms import ClockField, Form, LongWordsField, WordsField, choices

RESULTS = (
    ("completed", "I did the visit"),
    ("no_reply", "Nobody answered the door"),
    ("refused", "They did not want the visit"),
    ("in_hospital", "They are in hospital"),
)
DONE = (("done", "Done"), ("declined", "They did not want it"), ("not_done", "Not done"))
FROM_BEST = (2, 1, 0, -1, -2)
LONGEST = 4000


class SettleForm(Form):
    """What a coordinator found or did."""

    words = WordsField("What did you find or do?", [InputRequired("Say what you found or did"), Length(max=500)])


class VisitForm(Form):
    """The part that every visit has."""

    record = HiddenField()
    corrects = HiddenField()
    result = RadioField("What happened?", [InputRequired("Say what happened")], choices=choices(RESULTS))
    started = ClockField(
        "When did you start?", [InputRequired("Say when you started")], description="24 hour clock, such as 08:04"
    )
    ended = ClockField(
        "When did you leave?", [InputRequired("Say when you left")], description="24 hour clock, such as 08:50"
    )
    others = SelectMultipleField("Who else came?", [Optional()], choices=[])
    note = LongWordsField("Anything the next person should know?", [Length(max=LONGEST)], render_kw={"rows": 4})


def level_name(outcome_id: UUID) -> str:
    return f"level_{outcome_id.hex}"


def words_name(outcome_id: UUID) -> str:
    return f"words_{outcome_id.hex}"


def done_name(delegation_id: UUID) -> str:
    return f"done_{delegation_id.hex}"


def reason_name(delegation_id: UUID) -> str:
    return f"reason_{delegation_id.hex}"


def reading_name(delegation_id: UUID, position: int) -> str:
    return f"reading_{delegation_id.hex}_{position}"


def visit_form(
    *, outcomes: Iterable[Outcome], activities: Iterable[Due], colleagues: Mapping[UUID, str], **data: Any
) -> VisitForm:
    """The form of one visit. Nothing is chosen beforehand."""
    questions: dict[str, Any] = {}
    for outcome in outcomes:
        # Whatever else is sent is judged where every rating is judged, with the words for what would be accepted.
        offered = choices((str(n), outcome.level_words(n)) for n in FROM_BEST)
        questions[level_name(outcome.id)] = RadioField(
            outcome.words, [Optional()], choices=offered, validate_choice=False
        )
        questions[words_name(outcome.id)] = WordsField("In a few words, if you like", [Length(max=LONGEST)])
    for due in activities:
        questions |= _questions_of(due)
    form = type("VisitFormOfPerson", (VisitForm,), questions)(**data)
    form.others.choices = choices((str(i), name) for i, name in colleagues.items())
    return form  # type: ignore[no-any-return]  # type() makes any class


def bodies_of(
    form: VisitForm,
    *,
    visit: Visit,
    plan_version: int | None,
    outcomes: Iterable[Outcome],
    activities: Iterable[Due],
) -> list[dict[str, Any]]:
    """What the form says, as the records that a tablet would send: the visit first.

    The ids of the others follow from the visit's, so that sending the form twice counts once.
    """
    start, end = times_of(form, visit)
    common = {"person": str(visit.person_id), "visit": str(visit.id), "plan_version": plan_version}
    first = {
        **common,
        "id": form.record.data,
        "kind": "visit",
        "occurred_at": end.isoformat(),
        "started_at": start.isoformat(),
        "ended_at": end.isoformat(),
        "result": form.result.data,
        "workers": form.others.data or [],
        "note": form.note.data or None,
        "corrects": form.corrects.data or None,
    }
    if form.corrects.data:
        return [first]
    at = first["occurred_at"]
    ratings = [_rating(form, o, {**common, "occurred_at": at}) for o in outcomes if form[level_name(o.id)].data]
    done = [
        _activity(form, d, {**common, "occurred_at": at}) for d in activities if form[done_name(d.delegation.id)].data
    ]
    return [first, *ratings, *done]


def times_of(form: VisitForm, visit: Visit) -> tuple[datetime, datetime]:
    """Start and end as instants: on the planned day, and past midnight where the visit is planned to go on so long."""
    planned_start, planned_end = visit.planned_start, visit.planned_end
    started, ended = form.started.data, form.ended.data
    if planned_start is None or planned_end is None or started is None or ended is None:
        raise ValueError("the form is for planned visits, and asks for both times")
    first, last = local_date(planned_start), local_date(planned_end)
    end_day = last if ended < started and last > first else first
    return at_local(first, started), at_local(end_day, ended)


def said_of(record: VisitRecord) -> dict[str, Any]:
    """What the form shows of a record that is to be corrected."""
    return {
        "result": record.result.value,
        "started": local_time(record.effective_start).time().replace(second=0, microsecond=0),
        "ended": local_time(record.effective_end).time().replace(second=0, microsecond=0),
        "note": record.note,
        "others": [str(w) for w in record.present],
    }


def _questions_of(due: Due) -> dict[str, Any]:
    given = due.delegation
    found: dict[str, Any] = {
        done_name(given.id): RadioField(given.activity, [Optional()], choices=choices(DONE)),
        reason_name(given.id): WordsField("If not done, why?", [Length(max=LONGEST)]),
    }
    for position, normal in enumerate(due.instruction.ranges):
        found[reading_name(given.id, position)] = WordsField(
            f"{normal.name.capitalize()} ({normal.unit})",
            [Length(max=30)],
            render_kw={"inputmode": "decimal", "width": 5},
        )
    return found


def _rating(form: VisitForm, outcome: Outcome, common: dict[str, Any]) -> dict[str, Any]:
    typed = str(form[level_name(outcome.id)].data)
    return {
        **common,
        "id": _derived(form, f"rating:{outcome.id}"),
        "kind": "rating",
        "outcome": str(outcome.id),
        "level": int(typed) if typed.lstrip("-").isdigit() and len(typed) < 4 else typed,
        "note": form[words_name(outcome.id)].data or None,
    }


def _activity(form: VisitForm, due: Due, common: dict[str, Any]) -> dict[str, Any]:
    given = due.delegation
    typed = [(n, form[reading_name(given.id, k)].data) for k, n in enumerate(due.instruction.ranges)]
    return {
        **common,
        "id": _derived(form, f"activity:{given.id}"),
        "kind": "activity",
        "delegation": str(given.id),
        "instruction_version": due.instruction.number,
        "result": form[done_name(given.id)].data,
        "reason": form[reason_name(given.id)].data or None,
        "readings": [{"name": n.name, "value": value, "unit": n.unit} for n, value in typed if value],
    }


def _derived(form: VisitForm, what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{form.record.data}:{what}"))
