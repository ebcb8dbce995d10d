"""Forms by which people answer a plan: agreeing, deciding, suggesting."""

import re
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from careplan.plans.domain.agreement import CHANNEL_WORDS, Advocate, Channel
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.not_agreed import REVIEW_WITHIN, Cause, Step, WithoutYes
from careplan.plans.domain.wording import choice_words
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

AGREE, CHANGE, TALK = "agree", "change", "talk"
TODAY = "For example 21 11 2026"
RECORDED = choices((channel.value, CHANNEL_WORDS[channel].capitalize()) for channel in list(Channel)[1:])
DATED = re.compile(r"(\d{1,2})[ ./-](\d{1,2})[ ./-](\d{4})[ :,.]+(\S.*)")


class KindForm(Form):
    """Which kind of plan is begun; nothing is chosen beforehand."""

    kind = RadioField(
        "Which plan does {name} need?",
        [InputRequired("Choose which plan to begin")],
        choices=choices((k.value, choice_words(k)) for k in PlanKind),
        render_kw={
            "hints": {
                PlanKind.FULL.value: "Needs, outcomes and support. Three parties agree to it.",
                PlanKind.INTERIM.value: "Care must start before there is time for that. It opens hours at once.",
            }
        },
    )


class AdvocateForm(Form):
    """Who helped somebody to decide, where an advocate did; both boxes are filled in or neither."""

    advocate_name = WordsField("Name of the advocate", [Optional()], description="Leave it empty if there was none.")
    advocate_organisation = WordsField("Whom does the advocate work for?", [Optional()])

    def validate_advocate_name(self, field: Any) -> None:
        """An advocate has a name and works for somebody."""
        if bool(field.data) is not bool(self.advocate_organisation.data):
            raise ValidationError("Give the advocate’s name, and whom they work for")

    @property
    def advocate(self) -> Advocate | None:
        """The advocate who was named."""
        if not self.advocate_name.data or not self.advocate_organisation.data:
            return None
        return Advocate(self.advocate_name.data, self.advocate_organisation.data)


class AnswerForm(AdvocateForm):
    """The person's answer; nothing is chosen beforehand."""

    answer = RadioField(
        "What do you want to do?",
        [InputRequired("Choose what you want to do")],
        choices=choices(
            [
                (AGREE, "I agree to this plan"),
                (CHANGE, "I want to ask for a change"),
                (TALK, "I want to talk to someone"),
            ]
        ),
    )


class AskForm(Form):
    """A change that the person asks for, in their own words."""

    about = RadioField("What is it about?", [InputRequired("Choose what it is about")], choices=[])
    words = LongWordsField("What should change?", [InputRequired("Write what should change")], render_kw={"rows": 5})


class PaperForm(AdvocateForm):
    """What somebody signed on paper or said by telephone, with the one who heard or saw it."""

    who = RadioField("Who agreed?", [InputRequired("Choose who agreed")], choices=[])
    channel = RadioField(
        "How?",
        [InputRequired("Choose how they agreed")],
        choices=RECORDED,
    )
    agreed_on = DayField("On which day?", [InputRequired("Say on which day")], description=TODAY)
    witness = WordsField(
        "Who witnessed it?",
        [InputRequired("Say who witnessed it")],
        description="Somebody else: not you, and not one of those who agree.",
    )


class CapacityForm(Form):
    """Whether the person can decide about this version, and the evidence."""

    why_doubted = LongWordsField("Why was it in doubt?", render_kw={"rows": 3})
    support_given = LongWordsField("What did you do to help them decide?", render_kw={"rows": 3})
    lacks_capacity = RadioField(
        "On the balance, can they decide about this version now?",
        [InputRequired("Choose yes or no")],
        choices=choices([("no", "Yes, they can decide"), ("yes", "No, they cannot")]),
    )
    understanding = LongWordsField("They cannot understand it: how do you know?", render_kw={"rows": 2})
    retaining = LongWordsField("They cannot keep it in mind: how do you know?", render_kw={"rows": 2})
    weighing = LongWordsField("They cannot use or weigh it: how do you know?", render_kw={"rows": 2})
    communicating = LongWordsField("They cannot say what they decide: how do you know?", render_kw={"rows": 2})
    impairment = LongWordsField("Which impairment of mind or brain is there?", render_kw={"rows": 2})
    causal_link = LongWordsField("How does it cause this?", render_kw={"rows": 2})
    decided_on = DayField("On which day did you decide this?", [InputRequired("Say on which day")], description=TODAY)


class BestInterestsForm(Form):
    """A decision in the place of somebody who cannot decide."""

    decision = LongWordsField("What was decided?", render_kw={"rows": 3})
    wishes = LongWordsField("What does the person want, now or before?", render_kw={"rows": 3})
    consulted = LongWordsField("Whom did you ask, and what did they say?", render_kw={"rows": 3})
    less_restrictive = LongWordsField("Which less restrictive ways did you weigh?", render_kw={"rows": 3})
    advocate = LongWordsField("Who is the advocate?", description="If none is needed, say why.", render_kw={"rows": 2})
    decided_on = DayField("On which day?", [InputRequired("Say on which day")], description=TODAY)


class CommentForm(Form):
    """Words about an item, or about the plan."""

    item = SelectField("What is it about?", choices=[])
    words = LongWordsField("What do you want to say?", [InputRequired("Write what you want to say")])


class DeclineForm(Form):
    """Why a suggestion is not taken."""

    reason = LongWordsField("Why not?", [InputRequired("Say why not: they will read it")], render_kw={"rows": 3})


class WithdrawForm(Form):
    """Why a version is taken back."""

    reason = LongWordsField("Why is it taken back?", [InputRequired("Say why")], render_kw={"rows": 3})


class TakeBackForm(Form):
    """Why somebody takes their own yes back."""

    reason = LongWordsField("Why do you take it back?", [InputRequired("Say why")], render_kw={"rows": 3})


class RecordTakingBackForm(Form):
    """How the person said that they take their yes back, and what they said."""

    channel = RadioField("How did they say so?", [InputRequired("Choose how they said so")], choices=RECORDED)
    reason = LongWordsField(
        "What did they say?", [InputRequired("Write what they said")], description="In their own words.",
        render_kw={"rows": 3},
    )  # fmt: skip


class WithoutYesForm(Form):
    """What it takes to go on without the yes of a person who can decide."""

    cause = RadioField(
        "Why is there no yes?",
        [InputRequired("Choose why there is no yes")],
        choices=choices((cause.value, cause.words) for cause in Cause),
    )
    steps = LongWordsField(
        "What did you try, and on which days?",
        [InputRequired("Say what you tried, and on which day")],
        description="One step a line, beginning with the day. For example: 21 11 2026 Went to see her with her sister.",
        render_kw={"rows": 5},
    )
    words = LongWordsField(
        "What do they not agree with?",
        description="In their own words. Leave it empty if nobody could reach them.",
        render_kw={"rows": 4},
    )
    complaint_route = LongWordsField(
        "How were they told how to complain?", [InputRequired("Say how they were told how to complain")],
        render_kw={"rows": 2},
    )  # fmt: skip
    decided_on = DayField("On which day was this decided?", [InputRequired("Say on which day")], description=TODAY)
    review_by = DayField(
        "By which day is the plan reviewed?",
        description="Within 28 days. If you leave it empty, we write down the last of these days.",
    )

    def validate_steps(self, field: Any) -> None:
        """Each line begins with a real day."""
        if any(_step(line) is None for line in _lines(field.data)):
            raise ValidationError("Begin each line with the day, such as: 21 11 2026 Rang twice")

    @property
    def said(self) -> WithoutYes:
        """What was written, once the form is valid."""
        decided_on = self.decided_on.data
        return WithoutYes(
            cause=Cause(self.cause.data),
            steps=tuple(step for line in _lines(self.steps.data) if (step := _step(line))),
            words=self.words.data or "",
            complaint_route=self.complaint_route.data or "",
            review_by=self.review_by.data or decided_on + REVIEW_WITHIN,
            decided_on=decided_on,
        )


def _step(line: str) -> Step | None:
    found = DATED.fullmatch(line)
    if found is None:
        return None
    try:
        return Step(date(int(found[3]), int(found[2]), int(found[1])), found[4].strip())
    except ValueError:
        return None


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class SendBackForm(Form):
    """Why a manager does not sign."""

    reason = LongWordsField("Why do you send it back?", [InputRequired("Say why")], render_kw={"rows": 3})
