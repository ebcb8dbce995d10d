"""The forms of money."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange

from careplan.kernel.money import Pence
from careplan.organisations.domain.organisation import Organisation
from careplan.payments.domain.contribution import ContributionKind, ContributionStatus, ExemptionKind
from careplan.payments.domain.pay_model import Model, RateName
from careplan.payments.domain.settled import Outcome
from careplan.payments.domain.terms import PaySettings, Rate
from careplan.payments.service.contributing import NewContribution
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices
from careplan.web.pounds import PoundsField

LONG, SHORT = Length(max=2000), Length(max=80)
CHOOSE = ("", "Choose one")
FOR_EXAMPLE = "For example 6 4 2026"


class HoldForm(Form):
    """Why a line is held back."""

    reason = LongWordsField(
        "Why is it held back?", [LONG], description="The provider reads this.", render_kw={"rows": 2}
    )


NOT_AS_PLANNED = (
    Outcome.CANCELLED_BY_PERSON, Outcome.CANCELLED_BY_COUNCIL, Outcome.NO_REPLY, Outcome.REFUSED, Outcome.IN_HOSPITAL,
)  # fmt: skip
# A hospital stay is never charged, whatever a contract says.
CHARGEABLE = NOT_AS_PLANNED[:-1]
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
        description="A visit called off a day or more before never does, nor does one that was missed.",
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
    capped = BooleanField("Time with a tolerance is paid up to the commissioned time of each visit, and no more")

    def settings(self) -> PaySettings:
        """The settings that were chosen; what is not asked has its usual value."""
        return PaySettings(
            pays_planned=frozenset(Outcome(o) for o in self.pays_planned.data or ()),
            charges_planned=frozenset(Outcome(o) for o in self.charges_planned.data or ()),
            retainer_days=self.retainer_days.data,
            retainer_percent=self.retainer_percent.data,
            tolerance_is_capped=bool(self.capped.data),
        )


class TermsForm(TermsFields):
    """Other terms from a day on."""

    since = DayField("From which day?", [InputRequired("Give the first day")], description=FOR_EXAMPLE)


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
