"""Forms by which alerts are answered, by which it is said what became of a visit, and by which rules are set."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from careplan.kernel.clock import at_local
from careplan.kernel.words import clock_time, day
from careplan.organisations.domain.organisation import Organisation
from careplan.visits.domain.drawing import DEFAULTS, SETTABLE, Drawing, Draws
from careplan.visits.domain.lateness import Windows
from careplan.visits.domain.rules import LONGEST_PATIENCE, WIDEST_CRITICAL, Rules
from careplan.visits.domain.visit import CancelledBy, Visit
from careplan.visits.service.answering import Answer
from careplan.web.forms import ClockField, DayField, Form, WordsField, choices

SHORT = Length(max=500)
MISSED, MERGED = "missed", "merged"
WHAT = (
    (CancelledBy.PERSON.value, "They called it off"),
    (CancelledBy.HOSPITAL.value, "They are in hospital"),
    (CancelledBy.PROVIDER.value, "We called it off"),
    (MISSED, "We missed it: nobody came"),
    (MERGED, "It was done together with another visit"),
)
YES, NO = "yes", "no"


class AnswerForm(Form):
    """What a coordinator did about an alert."""

    words = WordsField("What did you find or do?", [InputRequired("Say what you found or did"), SHORT])
    person_told = BooleanField("I have told the person")
    contact_told = BooleanField("I have told the contact")
    confirmed = RadioField(
        "Was it really out of time?", [Optional()], choices=choices([(YES, "Yes"), (NO, "No, the clock was wrong")])
    )

    def answer(self) -> Answer:
        """What was typed, once the form is valid."""
        decided = self.confirmed.data == YES if self.confirmed.data else None
        return Answer(self.words.data or "", bool(self.person_told.data), bool(self.contact_told.data), decided)


class OutcomeForm(Form):
    """What became of a visit of which no worker sends a record."""

    what = RadioField("What became of it?", [InputRequired("Choose what became of it")], choices=choices(WHAT))
    said_day = DayField(
        "If they called it off: when did they say so?", description="Leave it empty if it was just now."
    )
    said_at = ClockField("At what time?", description="24 hour clock, such as 08:30")
    merged_into = SelectField("If it was done together with another: which?", choices=[])
    reason = WordsField("Why?", [InputRequired("Say why"), SHORT])

    def offer(self, visits: Iterable[Visit]) -> None:
        """The person's other visits around it."""
        named = [
            (str(v.id), f"{clock_time(v.planned_start)}, {day(v.planned_start)}") for v in visits if v.planned_start
        ]
        self.merged_into.choices = choices([("", "None"), *named])

    def validate_merged_into(self, field: Any) -> None:
        if self.what.data == MERGED and not field.data:
            raise ValidationError("Choose the other visit")

    def validate_said_at(self, field: Any) -> None:
        if bool(self.said_day.data) != bool(field.data):
            raise ValidationError("Type both the day and the time, or neither")

    @property
    def said(self) -> datetime | None:
        """When they said so; None: just now."""
        at = self.said_at.data
        return at_local(self.said_day.data, at) if self.said_day.data and at else None

    @property
    def other(self) -> UUID | None:
        """The visit that took this one in."""
        return UUID(self.merged_into.data) if self.what.data == MERGED and self.merged_into.data else None


class RulesForm(Form):
    """For whom and from when: when visits are late, and what outcomes draw."""

    provider = SelectField(
        "For whom?", description="A provider with rules of its own keeps them when those for all change."
    )
    since = DayField("From which day?", description="Leave it empty for now on. A day that is over cannot be chosen.")
    critical_minutes = IntegerField(
        "A visit that must be in time may start so many minutes before or after",
        [InputRequired("Say how many minutes"), NumberRange(1, WIDEST_CRITICAL)],
    )
    late_minutes = IntegerField(
        "Any other visit is late after so many minutes",
        [InputRequired("Say how many minutes"), NumberRange(1, LONGEST_PATIENCE)],
    )

    @property
    def provider_id(self) -> UUID | None:
        """Whose rules they are; None: everybody's."""
        return UUID(self.provider.data) if self.provider.data else None

    def rules(self) -> Rules:
        """What was typed, once the form is valid."""
        windows = Windows(
            timedelta(minutes=self.critical_minutes.data or 0), timedelta(minutes=self.late_minutes.data or 0)
        )
        return Rules(windows, Draws({o: Drawing(self[o.value].data) for o in SETTABLE}))


def rules_form(rules: Rules, *, providers: Iterable[Organisation], chosen: UUID | None) -> RulesForm:
    """The form with the rules that hold now for a provider: a question for each outcome that may be set."""
    offered = choices((d.value, d.words) for d in (Drawing.PLANNED, Drawing.RELEASED))
    questions = {
        o.value: RadioField(o.words, choices=offered, default=DEFAULTS[o].value, render_kw={"inline": True})
        for o in SETTABLE
    }
    form = type("RulesFormOfOutcomes", (RulesForm,), questions)
    said = {o.value: rules.draws.of(o).value for o in SETTABLE}
    made: RulesForm = form(
        data={
            "critical_minutes": rules.critical_minutes, "late_minutes": rules.late_minutes,
            "provider": str(chosen or ""), **said,
        }
    )  # fmt: skip
    made.provider.choices = choices([("", "All providers"), *((str(p.id), p.name) for p in providers)])
    return made
