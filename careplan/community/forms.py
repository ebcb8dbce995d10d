"""The forms by which staff write down a referral and what happened to it."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from careplan.community.domain.referral import Event
from careplan.organisations.domain.organisation import Organisation
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

ANOTHER = ""


class ReferralForm(Form):
    """Whom we asked, when, and how the person said yes."""

    known = SelectField("Which organisation?", choices=[], default=ANOTHER)
    organisation = WordsField("Or its name", description="Where it is not in the list.")
    made_on = DayField(
        "On which day were they asked?", [InputRequired("Say on which day")], description="For example 21 11 2026"
    )
    yes_words = LongWordsField(
        "How did the person say yes to being referred?",
        [InputRequired("Write how the person said yes")],
        description="In their words. Without their yes nobody is asked.",
        render_kw={"rows": 3},
    )

    def offer(self, found: Iterable[Organisation]) -> None:
        """The community organisations that we know."""
        self.known.choices = choices([(ANOTHER, "Another one"), *((str(o.id), o.name) for o in found)])

    @property
    def organisation_id(self) -> UUID | None:
        """The one chosen, once the form is valid."""
        return UUID(self.known.data) if self.known.data else None


class StepForm(Form):
    """What happened to a referral, and on which day."""

    event = RadioField(
        "What happened?",
        [InputRequired("Choose what happened")],
        choices=choices((event.value, event.words) for event in Event),
    )
    on = DayField("On which day?", [InputRequired("Say on which day")], description="For example 21 11 2026")
    words = LongWordsField(
        "In words", description="Why not, or what came of it. For the rest you can leave this empty.",
        render_kw={"rows": 3},
    )  # fmt: skip
