"""What a worker needs to know before they touch anything, and what nobody has said anything about yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from careplan.people.domain.adjustment import Adjustment
from careplan.people.domain.advance_decision import AdvanceDecision
from careplan.people.domain.allergy import AllergyRecord, AllergyStatus
from careplan.people.domain.contact import Contact
from careplan.people.domain.known import Answer, Knowledge, Known, Topic, knowledge_of, standing
from careplan.people.domain.medicine import Medicine
from careplan.people.domain.moving import Moving
from careplan.people.domain.person import Person

# Each of these is known, or somebody says that there is none or that nobody has asked yet: silence is not enough.
NEEDED = (
    Topic.WAY_IN,
    Topic.MOVING,
    Topic.NEXT_OF_KIN,
    Topic.GP,
    Topic.ALLERGIES,
    Topic.MEDICINES,
    Topic.ADVANCE_DECISIONS,
)
OF_ALLERGIES = {
    AllergyStatus.NOT_ASKED: Known.NOT_ASKED,
    AllergyStatus.NONE_KNOWN: Known.NONE,
    AllergyStatus.PRESENT: Known.KNOWN,
}
OF_INTERPRETER = {None: Known.NOT_ASKED, False: Known.NONE, True: Known.KNOWN}


@dataclass(frozen=True, slots=True)
class Door:
    """All that was ever recorded of these matters, read on one day. How to get in is not here: that is asked for."""

    on: date
    person: Person
    has_way_in: bool
    allergies: AllergyRecord
    answers: tuple[Answer, ...] = ()
    contacts: tuple[Contact, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    recorded_medicines: tuple[Medicine, ...] = ()
    recorded_decisions: tuple[AdvanceDecision, ...] = ()
    recorded_movings: tuple[Moving, ...] = ()

    @property
    def medicines(self) -> tuple[Medicine, ...]:
        """What the person takes on the day."""
        return tuple(m for m in standing(self.recorded_medicines) if m.holds_on(self.on))

    @property
    def decisions(self) -> tuple[AdvanceDecision, ...]:
        """The papers about treatment that hold on the day."""
        return tuple(d for d in standing(self.recorded_decisions) if d.holds_on(self.on))

    @property
    def moving(self) -> Moving | None:
        """The latest description of how they move, unless it was answered since that they need no help."""
        latest = max(
            (m for m in self.recorded_movings if m.retraction is None),
            key=lambda m: (m.recorded_at, m.id),
            default=None,
        )
        answered = [a.recorded_at for a in self.answers if a.topic is Topic.MOVING]
        return None if latest is None or any(at > latest.recorded_at for at in answered) else latest

    @property
    def next_of_kin(self) -> tuple[Contact, ...]:
        return tuple(c for c in self.contacts if c.is_next_of_kin and c.holds_on(self.on))

    @property
    def to_call(self) -> tuple[Contact, ...]:
        """Whom a worker rings: those for emergencies first, then the next of kin."""
        named = [c for c in self.contacts if (c.is_emergency or c.is_next_of_kin) and c.holds_on(self.on)]
        return tuple(sorted(named, key=lambda c: not c.is_emergency))

    @property
    def known(self) -> Mapping[Topic, Knowledge]:
        """What is known of every matter."""
        person = self.person
        answered = {
            Topic.WAY_IN: self.has_way_in,
            Topic.COMMUNICATION: person.communication_note is not None,
            Topic.ADJUSTMENTS: any(a.holds_on(self.on) for a in self.adjustments),
            Topic.LETTERS: person.letter_format is not None,
            Topic.MOVING: self.moving is not None,
            Topic.ADVANCE_DECISIONS: bool(self.decisions),
            Topic.GP: person.gp_organisation_id is not None,
            Topic.NEXT_OF_KIN: bool(self.next_of_kin),
        }
        copied = max((m.recorded_at for m in self.recorded_medicines if m.retraction is None), default=None)
        return {
            **{topic: knowledge_of(topic, stands=stands, answers=self.answers) for topic, stands in answered.items()},
            Topic.MEDICINES: knowledge_of(
                Topic.MEDICINES, stands=bool(self.medicines), answers=self.answers, last_recorded=copied
            ),
            Topic.INTERPRETER: Knowledge(Topic.INTERPRETER, OF_INTERPRETER[person.interpreter_needed]),
            Topic.ALLERGIES: Knowledge(
                Topic.ALLERGIES, OF_ALLERGIES[self.allergies.status], self.allergies.answered_at
            ),
        }

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be said before a plan goes round: silence about a matter, and papers without their date."""
        known = self.known
        silent = [f"{topic.words}, or that nobody has asked." for topic in NEEDED if not known[topic].is_said]
        undated = [f"{d.details.kind.words}: its date." for d in self.decisions if d.details.dated_on is None]
        return (*silent, *undated)
