"""The forms of money."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from careplan.kernel.errors import Invalid
from careplan.kernel.minutes import NO_MINUTES, Minutes
from careplan.kernel.money import Pence
from careplan.organisations.domain.organisation import Organisation
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus, ExemptionKind
from careplan.payments.domain.level import AgreedLevel
from careplan.payments.domain.pay_model import MINUTES_IN_HOUR, TRAVEL_FOR_EACH_VISIT, Model, RateName
from careplan.payments.domain.rural import postcode_starts
from careplan.payments.domain.settled import Outcome
from careplan.payments.domain.terms import PaySettings, Rate
from careplan.payments.service.contributing import NewContribution
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, WordsField, choices
from careplan.web.pounds import PoundsField

LONG, SHORT = Length(max=2000), Length(max=80)
CHOOSE = ("", "Choose one")
FOR_EXAMPLE = "For example 6 4 2026"


class HoldForm(Form):
    """Why a line is held back."""

    reason = LongWordsField(
        "Why is it held back?", [LONG], description="The provider reads this.", render_kw={"rows": 2}
    )


LONGEST_NOTICE = 14 * 24
MOST_TRAVEL = 60
MOST_WEEKS = 520
NOT_AS_PLANNED = (
    Outcome.CANCELLED_BY_PERSON, Outcome.CANCELLED_BY_COUNCIL, Outcome.NO_REPLY, Outcome.REFUSED, Outcome.IN_HOSPITAL,
)  # fmt: skip
# A hospital stay is never charged, whatever a contract says.
CHARGEABLE = NOT_AS_PLANNED[:-1]
WEEKS = [InputRequired("Type for how many weeks; 0 for none"), NumberRange(0, MOST_WEEKS)]
DAYS = [InputRequired("Type for how many days; 0 for none"), NumberRange(0, 1000)]


class TermsFields(Form):
    """By which model a contract pays, and what it pays and charges where a visit did not go as planned."""

    model = SelectField(
        "How is it paid?",
        [InputRequired("Choose how it is paid")],
        choices=choices([CHOOSE, *((m.value, m.words) for m in Model)]),
    )
    pays_planned = SelectMultipleField(
        "Which of these pay the planned time?",
        choices=choices((o.value, o.words) for o in NOT_AS_PLANNED),
        default=[o.value for o in NOT_AS_PLANNED],
        description="A visit called off in good time never does, nor does one that was missed.",
    )
    notice_hours = IntegerField(
        "How many hours before is in good time?",
        [InputRequired("Type how many hours, such as 24"), NumberRange(0, LONGEST_NOTICE)],
        default=24,
    )
    charges_planned = SelectMultipleField(
        "Which of these does the person pay for?",
        choices=choices((o.value, o.words) for o in CHARGEABLE),
        default=[],
    )
    retainer_days = IntegerField("Days of a hospital stay with a retainer", DAYS, default=0)
    retainer_percent = IntegerField(
        "Retainer in percent of the planned time",
        [InputRequired("Type how many percent; 0 for none"), NumberRange(0, 100)],
        default=0,
    )
    travel = IntegerField(
        "Minutes added to each visit",
        [InputRequired("Type how many minutes; 0 for none"), NumberRange(0, MOST_TRAVEL)],
        default=TRAVEL_FOR_EACH_VISIT,
        description="For split fees and for actual hours with a tolerance.",
    )
    capped = BooleanField("Time with a tolerance is paid up to the commissioned time of each visit, and no more")
    higher_weeks = IntegerField(
        "First weeks at the higher rate", WEEKS, default=6, description="For the stepped unit cost."
    )
    level_goes_on_weeks = IntegerField(
        "Weeks for which an agreed level goes on",
        WEEKS,
        default=6,
        description="For the outcome incentive: once the outcomes are agreed as achieved.",
    )
    rural = WordsField(
        "Rural postcodes",
        [Length(max=500)],
        description="How they begin, such as NB7, NB8 1. For delivered hours with additions. Leave it empty for none.",
    )

    def validate_rural(self, field: Any) -> None:
        try:
            postcode_starts(field.data or "")
        except Invalid as refused:
            raise ValidationError(refused.message) from None

    def settings(self) -> PaySettings:
        """The settings that were chosen."""
        return PaySettings(
            pays_planned=frozenset(Outcome(o) for o in self.pays_planned.data or ()),
            charges_planned=frozenset(Outcome(o) for o in self.charges_planned.data or ()),
            retainer_days=self.retainer_days.data,
            retainer_percent=self.retainer_percent.data,
            tolerance_is_capped=bool(self.capped.data),
            short_notice=Minutes(self.notice_hours.data * MINUTES_IN_HOUR),
            travel=Minutes(self.travel.data),
            higher_weeks=self.higher_weeks.data,
            level_goes_on_weeks=self.level_goes_on_weeks.data,
            rural_postcodes=postcode_starts(self.rural.data or ""),
        )


class TermsForm(TermsFields):
    """Other terms from a day on."""

    since = DayField("From which day?", [InputRequired("Give the first day")], description=FOR_EXAMPLE)
    replaces = BooleanField("They take the place of terms that begin on the same day")


def terms_form(model: Model, settings: PaySettings) -> TermsForm:
    """The form with the terms that are recorded last, so that only what changes is typed."""
    return TermsForm(
        data={
            "model": model.value,
            "pays_planned": [o.value for o in settings.pays_planned],
            "charges_planned": [o.value for o in settings.charges_planned],
            "retainer_days": settings.retainer_days,
            "retainer_percent": settings.retainer_percent,
            "capped": settings.tolerance_is_capped,
            "notice_hours": settings.short_notice // MINUTES_IN_HOUR,
            "travel": settings.travel,
            "higher_weeks": settings.higher_weeks,
            "level_goes_on_weeks": settings.level_goes_on_weeks,
            "rural": ", ".join(settings.rural_postcodes),
        }
    )


class LevelForm(Form):
    """A level of care that is agreed for a person, and what became of it."""

    reference = WordsField(
        "Whose care?", [InputRequired("Type their reference"), SHORT], description="Their reference, such as F-K7QF2M9X"
    )
    since = DayField(
        "From which day?", [InputRequired("Give the first day")], description="Whole weeks count, from a Monday on."
    )
    weekly = DurationField("How much care a week?", [InputRequired("Type hours and minutes, such as 10 and 0")])
    achieved_on = DayField(
        "When were the outcomes agreed as achieved?", description="Leave it empty while they are not."
    )
    then = DurationField("And how much a week after that?", description="Leave it empty for nothing.")

    def level(self, person_id: UUID) -> AgreedLevel:
        """What was typed, once the form is valid."""
        return AgreedLevel(
            person_id, self.since.data, self.weekly.data, self.achieved_on.data, self.then.data or NO_MINUTES
        )


class ContractForm(TermsFields):
    """A contract with its first terms."""

    provider = SelectField("Provider", [InputRequired("Choose the provider")])
    reference = WordsField("Reference", [InputRequired("Give it a reference, such as HC-2026-1"), SHORT])
    name = WordsField("What is it for?", [InputRequired("Say what it is for"), SHORT])
    starts_on = DayField("First day", [InputRequired("Give the first day")], description=FOR_EXAMPLE)
    ends_on = DayField("Last day, if one is agreed", description=FOR_EXAMPLE)

    def offer(self, providers: Iterable[Organisation]) -> None:
        self.provider.choices = choices([CHOOSE, *((str(p.id), p.name) for p in providers)])

    def said(self) -> dict[str, Any]:
        """What the service asks for."""
        return {
            "provider_id": UUID(self.provider.data),
            "reference": self.reference.data or "",
            "name": self.name.data or "",
            "model": Model(self.model.data),
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
            "settings": self.settings(),
        }


class ContributionForm(Form):
    """What a person contributes from a day on."""

    status = SelectField(
        "How far is it?",
        [InputRequired("Choose how far it is")],
        choices=choices([CHOOSE, *((s.value, s.words) for s in ContributionStatus)]),
    )
    kind = SelectField(
        "What do they contribute?",
        [InputRequired("Choose what they contribute")],
        choices=choices([CHOOSE, *((k.value, k.words) for k in ContributionKind)]),
    )
    weekly = PoundsField("Pounds a week, for an amount")
    since = DayField("From which day?", [InputRequired("Give the first day")], description=FOR_EXAMPLE)
    source = WordsField("Where does it come from?", [SHORT], description="Such as: financial assessment of 3 November")
    told_on = DayField("When was the person told?", description="Nothing is charged before they know.")

    def said(self) -> NewContribution:
        """What the service asks for."""
        return NewContribution(
            kind=ContributionKind(self.kind.data),
            weekly=Pence(self.weekly.data) if self.weekly.data is not None else None,
            since=self.since.data,
            status=ContributionStatus(self.status.data),
            source=self.source.data or "",
            told_on=self.told_on.data,
        )


class ExemptionForm(Form):
    """Days on which a person's care is free, and why. Its fields have names of their own beside a contribution's."""

    free = SelectField(
        "Why is it free?",
        [InputRequired("Choose why it is free")],
        choices=choices([CHOOSE, *((k.value, k.words) for k in ExemptionKind)]),
    )
    free_since = DayField("First day", [InputRequired("Give the first day")], description=FOR_EXAMPLE)
    until = DayField("Last day, if it is known", description=FOR_EXAMPLE)
    cost = PoundsField("What does the aid or adaptation cost?")
    decided = WordsField("Who decided this, and when?", [SHORT])

    def said(self) -> dict[str, Any]:
        """What the service asks for."""
        return {
            "kind": ExemptionKind(self.free.data),
            "since": self.free_since.data,
            "until": self.until.data,
            "source": self.decided.data or "",
            "cost": Pence(self.cost.data) if self.cost.data is not None else None,
        }


class RateForm(Form):
    """A rate from a day on."""

    rate = SelectField(
        "Which rate?",
        [InputRequired("Choose the rate")],
        choices=choices([CHOOSE, *((r.value, r.words.capitalize()) for r in RateName)]),
    )
    pounds = PoundsField("Pounds an hour, or for a block line a year", [InputRequired("Type the rate, such as 24.50")])
    since = DayField(
        "From which day?", [InputRequired("Give the day from which the rate counts")], description=FOR_EXAMPLE
    )

    def said(self) -> Rate:
        return Rate(RateName(self.rate.data), Pence(self.pounds.data or 0), self.since.data)
