"""Forms for what a worker needs at the door: medicines, papers about treatment, moving, GP practice, and answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from careplan.kernel.minutes import NO_MINUTES
from careplan.organisations.domain.organisation import Organisation
from careplan.people.domain.advance_decision import AdvanceDecision, AdvanceDetails, AdvanceKind
from careplan.people.domain.known import Knowledge, Known, Topic
from careplan.people.domain.medicine import AsNeeded, Medicine, MedicineDetails, Route, Support, read_clock
from careplan.people.domain.moving import MOST_PEOPLE, MovingDetails
from careplan.people.forms.person import LONG, SHORT
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, WordsField, choices

ROUTES = choices((r.value, r.words.capitalize()) for r in Route)
SUPPORT = choices((s.value, s.words.capitalize()) for s in Support)
PAPERS = choices((k.value, k.words) for k in AdvanceKind)


class MedicineForm(Form):
    """One medicine, as it stands on the label or list."""

    name = WordsField("Name of the medicine", [SHORT], description="As printed, such as salbutamol.")
    form = WordsField("What it is", [SHORT], description="Such as tablet, inhaler or cream.", render_kw={"width": 20})
    strength = WordsField("Strength", [SHORT], description="Such as 100 micrograms.", render_kw={"width": 20})
    dose = WordsField("How much at a time", [SHORT], description="Such as 2 puffs.", render_kw={"width": 20})
    route = RadioField("Which way it goes in", [InputRequired("Choose one")], choices=ROUTES)
    times = WordsField("When it is taken", [SHORT], description="Such as 8 am and 8 pm. Empty if only when needed.")
    clock = WordsField(
        "At which times of the day?",
        [SHORT],
        description="By the 24 hour clock, such as 08:00, 20:00. Empty if the paper names none.",
        render_kw={"width": 20},
    )
    on_time = BooleanField("It must come on time: somebody is told when nothing is recorded within 30 minutes")
    technique = BooleanField("Giving it takes a technique that a nurse hands over to named workers")
    as_needed = BooleanField("Only when needed")
    least_gap = DurationField("When needed: least time between two doses")
    most_doses = IntegerField(
        "When needed: most doses in 24 hours",
        [Optional(), NumberRange(1, 48, "Type a number from 1 to 48")],
        render_kw={"width": 3, "inputmode": "numeric"},
    )
    reason = WordsField("What it is for", [SHORT], description="Such as when she wheezes.")
    support = RadioField("How much help they have with it", [InputRequired("Choose one")], choices=SUPPORT)
    starts_on = DayField("First day", description="Leave it empty if it is not known.")
    stops_on = DayField("Last day", description="Leave it empty while it goes on.")
    source = WordsField(
        "Which paper did you copy this from?", [SHORT], description="Such as the pharmacy label of 3 November 2026."
    )
    code = WordsField(
        "dm+d code",
        [SHORT],
        description="Leave it empty if you do not have it.",
        render_kw={"width": 20, "inputmode": "numeric", "spellcheck": False},
    )

    def details(self) -> MedicineDetails:
        """What was typed, as the service takes it."""
        gap, most = self.least_gap.data or NO_MINUTES, self.most_doses.data or 0
        return MedicineDetails(
            name=self.name.data or "",
            form=self.form.data or "",
            strength=self.strength.data or "",
            dose=self.dose.data or "",
            route=Route(self.route.data),
            support=Support(self.support.data),
            source=self.source.data or "",
            times=self.times.data,
            reason=self.reason.data,
            as_needed=AsNeeded(gap, most) if self.as_needed.data else None,
            code=self.code.data,
            starts_on=self.starts_on.data,
            stops_on=self.stops_on.data,
            clock=read_clock(self.clock.data),
            on_time=self.on_time.data,
            technique=self.technique.data,
        )

    @staticmethod
    def filled(medicine: Medicine) -> dict[str, Any]:
        """What stands on the record, as the form shows it."""
        said = medicine.details
        needed = said.as_needed
        return {
            **{name: getattr(said, name) for name in ("name", "form", "strength", "dose", "times", "reason", "source")},
            "route": said.route.value,
            "support": said.support.value,
            "as_needed": needed is not None,
            "least_gap": needed.least_gap if needed else None,
            "most_doses": needed.most_doses if needed else None,
            "code": said.code,
            "starts_on": said.starts_on,
            "stops_on": said.stops_on,
            "clock": ", ".join(f"{t:%H:%M}" for t in said.clock),
            "on_time": said.on_time,
            "technique": said.technique,
        }


class AdvanceDecisionForm(Form):
    """That there is a paper about treatment, and where it is kept."""

    kind = RadioField("Which paper is it?", [InputRequired("Choose one")], choices=PAPERS)
    dated_on = DayField("Which date stands on it?", description="Leave it empty if you do not know it yet.")
    kept_where = WordsField(
        "Where is it kept?", [SHORT], description="So that somebody in a hurry finds it: the yellow folder in the hall."
    )
    words = LongWordsField(
        "What does it say, in a sentence?",
        [LONG],
        description="Leave it empty if you have not read it. The paper counts, not this sentence.",
        render_kw={"rows": 2},
    )
    seen_on = DayField("On which day did you see it?", description="Leave it empty if you have only heard of it.")

    def details(self) -> AdvanceDetails:
        """What was typed, as the service takes it."""
        return AdvanceDetails(
            kind=AdvanceKind(self.kind.data),
            kept_where=self.kept_where.data or "",
            dated_on=self.dated_on.data,
            words=self.words.data,
            seen_on=self.seen_on.data,
        )

    @staticmethod
    def filled(decision: AdvanceDecision) -> dict[str, Any]:
        """What stands on the record, as the form shows it; who corrects it says anew whether they saw it."""
        said = decision.details
        return {
            "kind": said.kind.value,
            "dated_on": said.dated_on,
            "kept_where": said.kept_where,
            "words": said.words,
        }


class MovingForm(Form):
    """How the person moves, and what a worker does."""

    how = LongWordsField(
        "How do they move, and what does a worker do?",
        [LONG],
        description="For example: stands with the frame; walk beside her, do not pull her arm.",
        render_kw={"rows": 4},
    )
    equipment = WordsField("With which equipment?", [SHORT], description="Such as frame, stand aid or hoist.")
    people_needed = IntegerField(
        "How many workers does it take?",
        [InputRequired("Type a number"), NumberRange(1, MOST_PEOPLE, f"Type a number from 1 to {MOST_PEOPLE}")],
        render_kw={"width": 2, "inputmode": "numeric"},
    )

    def details(self) -> MovingDetails:
        """What was typed, as the service takes it."""
        return MovingDetails(self.how.data or "", self.people_needed.data or 0, self.equipment.data)


class PracticeForm(Form):
    """With which GP practice the person is registered: one of the list, or another."""

    practice_id = SelectField("GP practice", default="")
    name = WordsField("Not on the list: its name", [SHORT])
    ods_code = WordsField(
        "Not on the list: its ODS code",
        [SHORT],
        description="A letter and five digits, such as Y99901. It stands on the practice's letters.",
        render_kw={"width": 10, "spellcheck": False},
    )
    phone = WordsField("Not on the list: its telephone", [SHORT], render_kw={"width": 20, "type": "tel"})

    def offer(self, practices: Iterable[Organisation]) -> None:
        """Fills the list."""
        self.practice_id.choices = choices([("", "Not on the list"), *((str(p.id), p.name) for p in practices)])


def _question(topic: Topic) -> RadioField:
    offered = choices([(Known.NONE.value, topic.none_words), (Known.NOT_ASKED.value, "Not asked yet")])
    return RadioField(topic.words, [Optional()], choices=offered, render_kw={"small": True})


class AnswersForm(Form):
    """What was asked and what came of it, for the matters on which nothing stands."""

    way_in = _question(Topic.WAY_IN)
    communication = _question(Topic.COMMUNICATION)
    adjustments = _question(Topic.ADJUSTMENTS)
    letters = _question(Topic.LETTERS)
    moving = _question(Topic.MOVING)
    allergies = _question(Topic.ALLERGIES)
    medicines = _question(Topic.MEDICINES)
    advance_decisions = _question(Topic.ADVANCE_DECISIONS)
    gp = _question(Topic.GP)
    next_of_kin = _question(Topic.NEXT_OF_KIN)

    @staticmethod
    def filled(known: Mapping[Topic, Knowledge]) -> dict[str, str]:
        """What was answered before."""
        return {t.value: k.known.value for t, k in known.items() if k.is_said}

    def leave_out(self, known: Mapping[Topic, Knowledge]) -> None:
        """Asks nothing about what is known; that a person moves by themselves now can be said at any time."""
        for topic, knowledge in known.items():
            if knowledge.known is Known.KNOWN and topic is not Topic.MOVING and topic.value in self:
                del self[topic.value]

    def answers(self, known: Mapping[Topic, Knowledge]) -> dict[Topic, Known]:
        """What was answered anew; what was left alone, or said before, is not in it."""
        said = {t: self[t.value].data for t in Topic if t.value in self}
        before = self.filled(known)
        return {t: Known(answer) for t, answer in said.items() if answer and answer != before.get(t.value)}
