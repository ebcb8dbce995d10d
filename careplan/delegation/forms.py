"""Forms of delegation."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from careplan.delegation.domain.delegation import NormalRange
from careplan.delegation.service import NewInstruction, Proposal
from careplan.kernel.errors import invalid
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

LONGEST = 4000
AT_MOST = Length(max=LONGEST)
YES_NO = (("yes", "Yes, every worker is confirmed anew"), ("no", "No, what workers do stays the same"))


class InstructionForm(Form):
    """How the activity is done, one version."""

    steps = LongWordsField(
        "What does the worker do?", [InputRequired("Write at least one step"), AT_MOST], description="One step a line",
        render_kw={"rows": 6},
    )  # fmt: skip
    record_what = WordsField(
        "What does the worker write down?", [InputRequired("Say what the worker writes down"), Length(max=500)]
    )
    reading = WordsField("What is measured, if anything?", [Length(max=100)], description="For example: oxygen")
    unit = WordsField("In which unit?", [Length(max=40)], render_kw={"width": 5})
    low = WordsField("Lowest normal reading", [Length(max=20)], render_kw={"width": 5, "inputmode": "decimal"})
    high = WordsField("Highest normal reading", [Length(max=20)], render_kw={"width": 5, "inputmode": "decimal"})


class NewVersionForm(InstructionForm):
    """A further version of an instruction."""

    reconfirm = RadioField(
        "Do workers need to be confirmed again?", [InputRequired("Say whether workers are confirmed again")],
        choices=choices(YES_NO),
    )  # fmt: skip
    change_reason = WordsField("If not, why not?", [Length(max=500)])


class ProposeForm(InstructionForm):
    """A health activity put to a provider."""

    nhs_number = WordsField("The person's NHS number", [InputRequired("Type the NHS number")], render_kw={"width": 10})
    birth_date = DayField("The person's date of birth", [InputRequired("Type the date of birth")])
    provider = SelectField("Which provider?", [InputRequired("Choose the provider")], choices=[])
    activity = WordsField("Which activity?", [InputRequired("Name the activity"), Length(max=200)])
    why_suitable = LongWordsField("Why is it safe to hand on?", [InputRequired("Say why it is safe"), AT_MOST])
    exclusions = LongWordsField("When must a worker not do it?", [AT_MOST])
    equipment = LongWordsField("Which equipment is used?", [AT_MOST])
    consent = LongWordsField(
        "What did the person say, or what was decided?", [InputRequired("Say how the person agreed"), AT_MOST]
    )
    escalation = LongWordsField(
        "Whom does the worker call, and how fast?", [InputRequired("Say whom to call"), AT_MOST]
    )
    stop_criteria = LongWordsField("When does the worker stop?", [InputRequired("Say when to stop"), AT_MOST])
    time_window = WordsField("At which time of day, if it matters?", [Length(max=200)])
    ends_on = DayField("Until when, if it ends?", [Optional()])
    review_on = DayField("When do you look at it again?", [InputRequired("Type the day of the review")])


class CompetenceForm(Form):
    """That a worker was found able to do it."""

    worker_id = SelectField("Which worker?", [InputRequired("Choose the worker")], choices=[])
    trained_on = DayField("Trained on", [InputRequired("Type the day of the training")])
    observed_on = DayField("Observed on", [InputRequired("Type the day of the observation")])
    starts_on = DayField("May do it from", [InputRequired("Type the first day")])
    ends_on = DayField("Until", [InputRequired("Type the last day")])


class StopForm(Form):
    """Why it stops, and who does the next one."""

    reason = WordsField("Why?", [InputRequired("Say why"), Length(max=500)])
    next_occasion = WordsField("Who does it next?", [InputRequired("Say who does it next"), Length(max=500)])


def instruction_of(form: InstructionForm) -> NewInstruction:
    """What the form says.  Raises Invalid."""
    reconfirm = getattr(form, "reconfirm", None)
    reason = getattr(form, "change_reason", None)
    return NewInstruction(
        steps=tuple(line.strip() for line in said(form.steps).split("\n") if line.strip()),
        ranges=_ranges(form),
        record_what=said(form.record_what),
        needs_reconfirmation=reconfirm is None or reconfirm.data == "yes",
        change_reason=reason.data or None if reason is not None else None,
    )


def proposal_of(form: ProposeForm) -> Proposal:
    """What the form says.  Raises Invalid."""
    return Proposal(
        activity_code=re.sub(r"[^a-z0-9]+", "-", said(form.activity).lower()).strip("-") or "activity",
        activity=said(form.activity),
        provider_id=UUID(form.provider.data),
        why_suitable=said(form.why_suitable),
        exclusions=said(form.exclusions),
        equipment=said(form.equipment),
        consent=said(form.consent),
        escalation=said(form.escalation),
        stop_criteria=said(form.stop_criteria),
        time_window=form.time_window.data or None,
        ends_on=form.ends_on.data,
        review_on=form.review_on.data,
        instruction=instruction_of(form),
    )


def said(field: Any) -> str:
    """What was typed, or nothing."""
    return str(field.data or "")


def _ranges(form: InstructionForm) -> tuple[NormalRange, ...]:
    if not form.reading.data:
        return ()
    if not form.unit.data:
        raise invalid("unit", "Say in which unit it is measured.")
    return (NormalRange(form.reading.data, form.unit.data, _number(form.low), _number(form.high)),)


def _number(field: Any) -> Decimal | None:
    if not field.data:
        return None
    try:
        number = Decimal(field.data)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise invalid(field.name, "Type a number, such as 92 or 4.5.")
    return number
