"""Forms for referrals and equipment."""

from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from careplan.equipment.domain.item import KINDS, ItemKind, NewItem
from careplan.equipment.domain.referral import URGENCY, NewReferral, Urgency
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, WordsField, choices
from careplan.web.pounds import PoundsField

LONG, SHORT = Length(max=4000), Length(max=200)


class ReferralForm(Form):
    """A person referred to a therapist."""

    therapist = SelectField("Which occupational therapist?", [InputRequired("Choose one")], choices=[])
    reason = LongWordsField(
        "What do they find hard, and what do you hope for?", [InputRequired("Say why"), LONG], render_kw={"rows": 4}
    )
    urgency = RadioField(
        "How soon?",
        [InputRequired("Choose one")],
        choices=choices((u.value, words) for u, (words, _) in URGENCY.items()),
    )
    agreed = WordsField(
        "What did the person say to it?", [InputRequired("Write down what they said"), SHORT],
        description="In their words, such as: yes, if she comes in the afternoon.",
    )  # fmt: skip

    def said(self) -> NewReferral:
        """What was typed, once the form is whole."""
        return NewReferral(
            UUID(self.therapist.data), self.reason.data or "", Urgency(self.urgency.data), self.agreed.data or ""
        )


class ReferralStepForm(Form):
    """What the therapist makes of it."""

    event = RadioField("What comes next?", [InputRequired("Choose one")], choices=[])
    words = LongWordsField("In a sentence or two", [LONG], render_kw={"rows": 4})
    visit_on = DayField("If you plan a visit: on which day?", [Optional()])


class ItemForm(Form):
    """A thing that is prescribed."""

    kind = RadioField(
        "What is it?", [InputRequired("Choose one")],
        choices=choices((k.value, words.capitalize()) for k, words in KINDS.items()),
    )  # fmt: skip
    name = WordsField("Its name", [InputRequired("Say what it is"), SHORT], description="Such as a bath lift.")
    why = LongWordsField("What is it for?", [InputRequired("Say what it is for"), LONG], render_kw={"rows": 3})
    supplier = WordsField("Who brings it?", [SHORT])
    cost = PoundsField(
        "What does it cost, in pounds?",
        [Optional()],
        description="Leave it empty if you do not know. Aids and changes to the home are free up to £1,000.",
        render_kw={"width": 5, "inputmode": "decimal", "prefix": "£"},
    )
    before = DurationField("Care in a week without it", [Optional()])
    after = DurationField("Care in a week with it", [Optional()])
    referral = SelectField("Does it come from a referral?", [Optional()], choices=[])

    def said(self) -> NewItem:
        """What was typed, once the form is whole."""
        return NewItem(
            kind=ItemKind(self.kind.data),
            name=self.name.data or "",
            why=self.why.data or "",
            supplier=self.supplier.data or "",
            cost=Pence(self.cost.data) if self.cost.data is not None else None,
            before=_minutes(self.before),
            after=_minutes(self.after),
            referral_id=UUID(self.referral.data) if self.referral.data else None,
        )


class ItemStepForm(Form):
    """What happened to a thing."""

    event = RadioField("What happened?", [InputRequired("Choose one")], choices=[])
    on = DayField("On which day?", [InputRequired("Type the day")])
    words = WordsField("Anything to add?", [SHORT], description="If it is not used or was cancelled: why.")


def _minutes(field: Any) -> Minutes | None:
    return Minutes(field.data) if field.data is not None else None
