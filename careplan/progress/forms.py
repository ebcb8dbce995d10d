"""The forms by which staff say how an outcome goes, and anybody says what is in its way."""

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from careplan.outcomes.domain.barrier import BarrierKind
from careplan.outcomes.domain.rating import Voice
from careplan.progress.domain.looking import Progress
from careplan.progress.domain.saying import RESULTS
from careplan.web.forms import Form, LongWordsField, WordsField, choices

OWN, THEIRS = "mine", "theirs"


class BarrierForm(Form):
    """What gets in the way: from a list, in one's own words, or both."""

    kinds = SelectMultipleField(
        "What gets in the way?",
        choices=choices((k.value, k.words) for k in BarrierKind),
        render_kw={"small": True},
    )
    words = WordsField("Or say it in your own words")

    @property
    def chosen(self) -> list[BarrierKind]:
        """What was chosen, once the form is valid."""
        return [BarrierKind(k) for k in self.kinds.data or []]


class WhoseForm(Form):
    """A form in which a professional speaks for themselves, or writes down what the person said."""

    whose = RadioField("Whose view is it?", [InputRequired("Choose whose view it is")], default=OWN)
    words = LongWordsField(
        "In words", description="Where you write down what the person said, write how they said it.",
        render_kw={"rows": 3},
    )  # fmt: skip

    def offer(self, name: str) -> None:
        """Whose view it may be."""
        self.whose.choices = choices([(OWN, "My own"), (THEIRS, f"{name}’s own, as they told me")])

    @property
    def voice(self) -> Voice | None:
        """The person's where their words are written down, else that of whoever writes."""
        return Voice.PERSON if self.whose.data == THEIRS else None


class RatingForm(WhoseForm):
    """How an outcome stands, by a described level."""

    level = RadioField("Where does it stand now?", [InputRequired("Choose a level")], coerce=int)

    def describe(self, progress: Progress) -> None:
        """The five levels, the best on top, as the plan says them."""
        self.level.choices = choices(sorted(progress.words.items(), reverse=True))


class VerdictForm(WhoseForm):
    """Whether an outcome is reached, which the other party answers."""

    result = RadioField("Is it reached?", [InputRequired("Choose whether it is reached")])

    def describe(self, progress: Progress) -> None:
        """What can come of an outcome with this aim."""
        self.result.choices = choices((r.value, r.words) for r in RESULTS[progress.outcome.aim])
