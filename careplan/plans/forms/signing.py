"""Forms by which people answer a plan: agreeing, deciding, suggesting."""

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from careplan.plans.domain.agreement import CHANNEL_WORDS, Channel
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.wording import choice_words
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

AGREE, CHANGE, TALK = "agree", "change", "talk"
TODAY = "For example 21 11 2026"


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


class AnswerForm(Form):
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


class PaperForm(Form):
    """What somebody signed on paper or said by telephone, with the one who heard or saw it."""

    who = RadioField("Who agreed?", [InputRequired("Choose who agreed")], choices=[])
    channel = RadioField(
        "How?",
        [InputRequired("Choose how they agreed")],
        choices=choices((channel.value, CHANNEL_WORDS[channel].capitalize()) for channel in list(Channel)[1:]),
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
