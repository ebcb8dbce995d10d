"""The form for one visit, made for its person: a question for each outcome and each delegated activity."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional

from careplan.delegation.domain.reading import ask_back, read_reading
from careplan.kernel.clock import at_local, local_date, local_time
from careplan.kernel.words import clock_time
from careplan.medicines.domain.dose import DoseResult, room_at
from careplan.medicines.queries import DueMedicine
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
DOSES = tuple((r.value, r.words.capitalize()) for r in DoseResult)
FROM_BEST = (2, 1, 0, -1, -2)
LONGEST = 4000


class SettleForm(Form):
    """What a coordinator found or did."""

    words = WordsField("What did you find or do?", [InputRequired("Say what you found or did"), Length(max=500)])


class VisitForm(Form):
    """The part that every visit has."""

    record = HiddenField()
    asked_back = HiddenField()
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


def dose_name(medicine_id: UUID) -> str:
    return f"dose_{medicine_id.hex}"


def why_name(medicine_id: UUID) -> str:
    return f"why_{medicine_id.hex}"


def rang_name(medicine_id: UUID) -> str:
    return f"rang_{medicine_id.hex}"


def visit_form(
    *,
    outcomes: Iterable[Outcome],
    activities: Iterable[Due],
    medicines: Iterable[DueMedicine],
    colleagues: Mapping[UUID, str],
    **data: Any,
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
    for taken in medicines:
        questions |= _questions_of_medicine(taken)
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
    medicines: Iterable[DueMedicine],
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
    doses = [_dose(form, m, {**common, "occurred_at": at}) for m in medicines if form[dose_name(m.medicine.id)].data]
    return [first, *ratings, *done, *doses]


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
            render_kw={"width": 10},
        )
    return found


def read_typed(typed: str | None, unit: str) -> tuple[str, str] | None:
    """The number as typed and its unit, the instruction's where none was typed; what is no number is told later."""
    if not typed:
        return None
    found = read_reading(typed)
    return (str(found[0]), found[1] or unit) if found else (typed, unit)


def strange_of(
    form: VisitForm, *, activities: Iterable[Due], medicines: Iterable[DueMedicine], at: datetime
) -> dict[str, str]:
    """What to ask back before saving, by field: readings that look like a slip, doses that come too early or over
    the most. It is asked once; saved again as it is, it is kept.
    """
    found: dict[str, str] = {}
    for due in activities:
        for position, normal in enumerate(due.instruction.ranges):
            name = reading_name(due.delegation.id, position)
            said = read_reading(form[name].data or "")
            question = ask_back(normal, said[0], said[1] or normal.unit) if said else None
            if question:
                found[name] = question
    for taken in medicines:
        question = _strange_dose(form, taken, at)
        if question:
            found[rang_name(taken.medicine.id)] = question
    return found


def _strange_dose(form: VisitForm, due: DueMedicine, at: datetime) -> str | None:
    needed, chosen = due.medicine.details.as_needed, form[dose_name(due.medicine.id)].data
    if needed is None or not chosen or not DoseResult(chosen).counts or form[rang_name(due.medicine.id)].data:
        return None
    room = room_at(needed, others=due.taken, at=at)
    if room.fits:
        return None
    last = f" The last was at {clock_time(room.last_at)}." if room.last_at else ""
    next_at = f" The next would fit at {clock_time(room.next_at)}." if room.next_at and room.next_at > at else ""
    return (
        f"{due.medicine.details.name} is too early or one too many.{last}{next_at} Ring before you give it. If it was "
        "given, say whom you rang and save: it is kept, and the team is told."
    )


def _questions_of_medicine(due: DueMedicine) -> dict[str, Any]:
    given = due.medicine
    found: dict[str, Any] = {
        dose_name(given.id): RadioField(given.details.name, [Optional()], choices=choices(DOSES)),
        why_name(given.id): WordsField("If it was not taken, why?", [Length(max=LONGEST)]),
    }
    if given.details.as_needed is not None:
        found[rang_name(given.id)] = WordsField(
            "If it was too early or one too many: whom did you ring, and what did they say?", [Length(max=LONGEST)]
        )
    return found


def _dose(form: VisitForm, due: DueMedicine, common: dict[str, Any]) -> dict[str, Any]:
    given = due.medicine
    rang = form[rang_name(given.id)].data if given.details.as_needed is not None else None
    return {
        **common,
        "id": _derived(form, f"medicine:{given.id}"),
        "kind": "medicine",
        "medicine": str(given.id),
        "result": form[dose_name(given.id)].data,
        "reason": form[why_name(given.id)].data or None,
        "rang": rang or None,
    }


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
    typed = [
        (n, read_typed(form[reading_name(given.id, k)].data, n.unit)) for k, n in enumerate(due.instruction.ranges)
    ]
    return {
        **common,
        "id": _derived(form, f"activity:{given.id}"),
        "kind": "activity",
        "delegation": str(given.id),
        "instruction_version": due.instruction.number,
        "result": form[done_name(given.id)].data,
        "reason": form[reason_name(given.id)].data or None,
        "readings": [{"name": n.name, "value": said[0], "unit": said[1]} for n, said in typed if said],
    }


def _derived(form: VisitForm, what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{form.record.data}:{what}"))
