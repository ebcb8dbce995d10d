"""Forms of the hours pages."""

from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField, ValidationError
from wtforms.validators import InputRequired, Length

from careplan.hours.domain.adjusting import Lasting, Wanted
from careplan.hours.domain.contingency import DrawRequest
from careplan.hours.domain.disputing import Outcome, Ruling
from careplan.hours.domain.pausing import PAUSE_WORDS
from careplan.hours.domain.terms import Assessed, ContingencyTerms, Terms
from careplan.kernel.errors import DomainError, invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, WordsField, choices

SOMETHING_ELSE = "something-else"
LONGEST_TEXT = 4000
WHO_PAYS = (
    (Outcome.TOP_UP.value, "The funder: add hours for it"),
    (Outcome.CONTINGENCY.value, "The time kept aside (contingency)"),
    (Outcome.ABSORB.value, "Nobody: the provider takes it on"),
)


class ContingencyForm(Form):
    """Asks for contingency. What the plan did not assess can be said too: the answer then says what it did assess."""

    id = HiddenField()
    visit = HiddenField()
    circumstance = RadioField("What happened?", validate_choice=False)
    service = RadioField("What was the extra time for?", validate_choice=False)
    exceptional = LongWordsField(
        "What was different this time?",
        description="Contingency is for what is exceptional. One or two sentences are enough.",
        validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")],
        render_kw={"rows": 4},
    )
    minutes = DurationField("How much time?", validators=[InputRequired("Say how much time was needed")])

    def offer(self, terms: ContingencyTerms | None) -> None:
        """Offers what the plan assessed, and something else; a fresh form gets an id, so that it counts once."""
        self.circumstance.choices = _offered(terms.circumstances if terms else ())
        self.service.choices = _offered(terms.services if terms else ())
        if not self.id.data:
            self.id.data = str(new_id())

    def validate_minutes(self, field: Any) -> None:
        if field.data is not None and field.data < 1:
            raise ValidationError("Ask for at least one minute")

    def as_request(self) -> DrawRequest:
        """What the form asks for.  Raises Invalid where its hidden ids were tampered with."""
        return DrawRequest(
            id=_id(self.id.data),
            circumstance=self.circumstance.data or "",
            service=self.service.data or "",
            exceptional=self.exceptional.data or "",
            minutes=Minutes(self.minutes.data or 0),
            visit_id=_id(self.visit.data) if self.visit.data else None,
        )


class OnceForm(Form):
    """A form that counts once however often it is sent: it carries an id of its own."""

    id = HiddenField()

    def begin(self) -> None:
        """A fresh form gets its id."""
        self.id.data = self.id.data or str(new_id())

    @property
    def key(self) -> UUID:
        """The id under which it counts.  Raises Invalid where it was tampered with."""
        return _id(self.id.data)


class PauseForm(OnceForm):
    """Pauses the care from one day to another; without a last day until somebody says when it ends."""

    reason = RadioField(
        "Why does care pause?",
        choices=choices(PAUSE_WORDS.items()),
        validators=[InputRequired("Choose why care pauses")],
    )
    starts_on = DayField("First day without care", validators=[InputRequired("Give the first day without care")])
    ends_on = DayField("Last day without care", description="Leave it empty if nobody knows yet.")


class PauseEndForm(Form):
    """Says which day is the last one without care."""

    last_day = DayField("Last day without care", validators=[InputRequired("Give the last day without care")])


class MinutesForm(OnceForm):
    """Minutes with a reason: for a visit, or for the hours as a whole."""

    visit = HiddenField()
    minutes = DurationField("How much time?", validators=[InputRequired("Say how much time")])
    reason = LongWordsField(
        "Why?", validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")], render_kw={"rows": 3}
    )

    @property
    def visit_id(self) -> UUID | None:
        """The visit that it is for.  Raises Invalid."""
        return _id(self.visit.data) if self.visit.data else None


class EarmarkForm(OnceForm):
    """Keeps minutes for a need that is still to come."""

    need = WordsField(
        "What is the time for?", validators=[Length(max=300, message="Use at most 300 letters")],
        description="Such as “The week after her eye operation”.",
    )  # fmt: skip
    minutes = DurationField("How much time?", validators=[InputRequired("Say how much time")])
    until = DayField("On which day is it needed?", validators=[InputRequired("Give the day of the need")])


class AdjustmentForm(OnceForm):
    """A change of hours, for an outcome of the plan."""

    way = RadioField(
        "What changes?",
        choices=choices([("more", "More time"), ("less", "Less time")]),
        validators=[InputRequired("Choose more or less time")],
    )
    minutes = DurationField("How much time in the four weeks?", validators=[InputRequired("Say how much time")])
    lasting = RadioField(
        "For how long?",
        choices=choices(
            [
                (Lasting.THIS_PERIOD.value, "In these four weeks"),
                (Lasting.UNTIL_NEXT_VERSION.value, "Every four weeks, until the plan changes"),
            ]
        ),
        validators=[InputRequired("Choose for how long")],
    )
    outcome = RadioField("For which outcome?", validate_choice=False)
    reason = LongWordsField(
        "What does it do for this outcome?",
        validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")],
        render_kw={"rows": 3},
    )
    person_said = LongWordsField(
        "How did the person say yes?",
        description="For more time. Less time needs the person’s own yes: we ask them.",
        validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")],
        render_kw={"rows": 2},
    )

    def offer(self, terms: Terms | None) -> None:
        """Offers the outcomes of the plan."""
        self.outcome.choices = choices([(str(o.id), o.words) for o in (terms.outcomes if terms else ())])
        self.begin()

    def as_wanted(self) -> Wanted:
        """What the form asks for.  Raises Invalid where its hidden id was tampered with."""
        size = self.minutes.data or 0
        return Wanted(
            id=self.key,
            minutes=size if self.way.data == "more" else -size,
            outcome_id=_known(self.outcome.data),
            reason=self.reason.data or "",
            lasting=Lasting(self.lasting.data),
            person_said=self.person_said.data or "",
        )


class AnswerForm(Form):
    """Answers a change for the person, on the telephone, or a request; words are the reason or what was said."""

    answer = HiddenField()
    words = LongWordsField(
        "What was said?", validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")],
        render_kw={"rows": 2},
    )  # fmt: skip


class DisputeForm(OnceForm):
    """Says why one does not agree who pays for a visit's unfunded time."""

    why = LongWordsField(
        "Why do you not agree?",
        description="Everyone around the person can read it.",
        validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")],
        render_kw={"rows": 4},
    )


class RulingForm(Form):
    """Decides a dispute: who pays, and why; contingency names what the plan assessed."""

    outcome = RadioField(
        "Who pays for this time?",
        choices=choices(WHO_PAYS),
        validators=[InputRequired("Choose who pays")],
    )
    circumstance = RadioField("What happened? (for contingency only)", validate_choice=False)
    service = RadioField("What was the time for? (for contingency only)", validate_choice=False)
    words = LongWordsField(
        "Why?",
        description="Everyone around the person can read it. For contingency, say what was different this time.",
        validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")],
        render_kw={"rows": 4},
    )

    def offer(self, terms: ContingencyTerms | None) -> None:
        """Offers what the plan assessed; where it keeps nothing aside, nothing can be paid from it."""
        if terms is None:
            self.outcome.choices = choices(pair for pair in WHO_PAYS if pair[0] != Outcome.CONTINGENCY.value)
        self.circumstance.choices = choices([(i.slug, i.words) for i in (terms.circumstances if terms else ())])
        self.service.choices = choices([(i.slug, i.words) for i in (terms.services if terms else ())])

    def as_ruling(self) -> Ruling:
        """What was decided."""
        return Ruling(
            Outcome(self.outcome.data), self.words.data or "", self.circumstance.data or "", self.service.data or ""
        )

    def show(self, refused: DomainError) -> None:
        """A refusal of contingency says at its own field what would be accepted."""
        for problem in refused.problems:
            if problem.field in ("exceptional", "minutes"):
                self.words.errors = [*self.words.errors, problem.message]
        super().show(refused)


class RefusalForm(Form):
    """Refuses a request, with the reason that the one who asked will read."""

    reason = LongWordsField(
        "Why not?", validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")], render_kw={"rows": 2}
    )


def _offered(items: tuple[Assessed, ...]) -> Any:
    return choices([*((i.slug, i.words) for i in items), (SOMETHING_ELSE, "Something else")])


def _known(text: str | None) -> UUID:
    """The id that was chosen; what is none names nothing that the plan knows."""
    try:
        return UUID(text or "")
    except ValueError:
        return UUID(int=0)


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise invalid("id", "This form has lost its number. Open the page again.") from None
