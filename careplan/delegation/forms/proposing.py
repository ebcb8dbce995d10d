"""The form by which a professional puts an activity to a provider."""

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from wtforms import FieldList, FormField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from careplan.delegation.domain.delegation import ConsentBasis, Reach
from careplan.delegation.domain.ladder import LONGEST_MINUTES, EscalationStep, When
from careplan.delegation.forms.instruction import AT_MOST, InstructionForm, instruction_of, refuse_at, said
from careplan.delegation.service import Proposal
from careplan.kernel.errors import invalid
from careplan.organisations.domain.worker import Regulator, checked_registration
from careplan.web.forms import ClockField, DayField, Form, LongWordsField, WordsField, choices

RUNGS = 4
WHEN = (
    (When.ALWAYS.value, "At any time"),
    (When.IN_HOURS.value, "Monday to Friday, 08:00 to 18:30"),
    (When.OUT_OF_HOURS.value, "Nights, weekends, holidays"),
)
BASES = (
    (ConsentBasis.PERSON.value, "The person said yes"),
    (ConsentBasis.BEST_INTERESTS.value, "It was decided in their best interests"),
)
FINDING = re.compile(r"/plans/[0-9a-f-]{36}/[a-z0-9/-]+")


class RungForm(Form):
    """Who is rung, one place on the ladder; left empty, there is none."""

    class Meta(Form.Meta):
        csrf = False

    name = WordsField("Who?", [Length(max=100)])
    phone = WordsField("On which number?", [Length(max=30)], render_kw={"width": 10, "type": "tel"})
    minutes = IntegerField("Within how many minutes?", [Optional(), NumberRange(0, LONGEST_MINUTES)])
    when = SelectField("When are they there?", choices=choices(WHEN))


class ProposeForm(InstructionForm):
    """A health activity put to a provider."""

    nhs_number = WordsField("Their NHS number", [InputRequired("Type the NHS number")], render_kw={"width": 10})
    birth_date = DayField("Their date of birth", [InputRequired("Type the date of birth")])
    provider = SelectField("Which provider?", [InputRequired("Choose the provider")], choices=[])
    activity = WordsField("Which activity?", [InputRequired("Name the activity"), Length(max=200)])
    why_suitable = LongWordsField(
        "Why is it safe to hand on?", [InputRequired("Say why it is safe"), AT_MOST], render_kw={"rows": 3}
    )
    exclusions = LongWordsField("When must a worker not do it?", [AT_MOST], render_kw={"rows": 3})
    consent_basis = RadioField("What does it rest on?", [InputRequired("Choose one")], choices=choices(BASES))
    consent = LongWordsField(
        "What did the person say, or what was decided?", [InputRequired("Say how the person agreed"), AT_MOST],
        render_kw={"rows": 3},
    )  # fmt: skip
    finding_address = WordsField(
        "Where is the finding of capacity?", [Length(max=300)],
        description="If it was decided for them: copy the address of the page of the plan that holds the finding.",
    )  # fmt: skip
    escalation = LongWordsField(
        "What must be told at once?", [InputRequired("Say what must be told"), AT_MOST],
        description="For example: a reading under 92, or chest pain. For danger to life it is 999.",
        render_kw={"rows": 3},
    )  # fmt: skip
    ladder = FieldList(FormField(RungForm), min_entries=RUNGS, max_entries=RUNGS)
    stop_criteria = LongWordsField(
        "When does the worker stop?", [InputRequired("Say when to stop"), AT_MOST], render_kw={"rows": 3}
    )
    critical_from = ClockField("From", [Optional()])
    critical_until = ClockField("Until", [Optional()])
    time_window = WordsField("Anything else about the time?", [Length(max=200)], description="Such as: after breakfast")
    regulator = SelectField(
        "Your regulator", [InputRequired("Choose your regulator")],
        choices=choices([("", "Choose"), *((r.value, r.value) for r in Regulator)]),
    )  # fmt: skip
    registration_number = WordsField(
        "Your registration number (PIN)", [InputRequired("Type your registration number")], render_kw={"width": 10}
    )
    contact_in_hours = WordsField(
        "Whom to ring Monday to Friday, 08:00 to 18:30", [InputRequired("Say whom to ring"), Length(max=200)],
        description="A name and a number",
    )  # fmt: skip
    contact_out_of_hours = WordsField(
        "Whom to ring at all other times", [InputRequired("Say whom to ring"), Length(max=200)],
        description="A name and a number",
    )  # fmt: skip
    supervision_on = DayField("When do you next see how it is done?", [InputRequired("Type the day")])
    review_on = DayField("When do you look at it again?", [InputRequired("Type the day of the review")])
    ends_on = DayField("Until when, if it ends?", [Optional()])

    def for_a_known_person(self) -> None:
        """The person is chosen already, so nobody types who they are."""
        del self.nhs_number
        del self.birth_date


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
        time_window=_time_window(form),
        ends_on=form.ends_on.data,
        review_on=form.review_on.data,
        instruction=instruction_of(form),
        ladder=_ladder(form),
        reach=_reach(form),
        consent_basis=ConsentBasis(form.consent_basis.data),
        finding_address=_finding(form),
        supervision_on=form.supervision_on.data,
        critical=_critical(form),
    )


def _ladder(form: ProposeForm) -> tuple[EscalationStep, ...]:
    rows = [row.form for row in form.ladder if row.form["name"].data or row.form.phone.data]
    if not rows:
        raise refuse_at(form.ladder[0].form["name"], "Say whom the worker rings first.")
    return tuple(_rung(row, position) for position, row in enumerate(rows, start=1))


def _rung(row: Any, position: int) -> EscalationStep:
    if not row["name"].data:
        raise refuse_at(row["name"], "Say who answers this number.")
    if sum(ch.isdigit() for ch in said(row.phone)) < 3:
        raise refuse_at(row.phone, "Type the number, such as 01632 960 300 or 111.")
    if row.minutes.data is None:
        raise refuse_at(row.minutes, "Say within how many minutes.")
    return EscalationStep(position, row["name"].data, row.phone.data, row.minutes.data, When(row.when.data))


def _reach(form: ProposeForm) -> Reach:
    regulator = Regulator(form.regulator.data)
    number = checked_registration(regulator=regulator, number=form.registration_number.data)
    return Reach(regulator.value, number, form.contact_in_hours.data, form.contact_out_of_hours.data)


def _finding(form: ProposeForm) -> str | None:
    """The path of the page; of another site's address only the path counts, so nothing leads out."""
    typed = said(form.finding_address)
    if form.consent_basis.data == ConsentBasis.PERSON.value:
        return None
    path = urlsplit(typed).path if typed else ""
    if not FINDING.fullmatch(path):
        raise invalid(
            "finding_address",
            "Copy the address of a page of the plan, such as /plans/…/capacity, that holds the finding.",
        )
    return path


def _critical(form: ProposeForm) -> Any:
    begins, ends = form.critical_from.data, form.critical_until.data
    if begins is None and ends is None:
        return None
    if begins is None or ends is None:
        raise invalid("critical_from" if begins is None else "critical_until", "Type both times, or neither.")
    if begins == ends:
        raise invalid("critical_until", "The two times are the same.")
    return (begins, ends)


def _time_window(form: ProposeForm) -> str | None:
    """In words, for whoever does it: the times, and what was said besides."""
    critical = _critical(form)
    times = f"Between {critical[0]:%H:%M} and {critical[1]:%H:%M}" if critical else ""
    return ". ".join(part for part in (times, said(form.time_window)) if part) or None
