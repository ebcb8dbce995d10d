"""The papers of a person that can be given to somebody, and where the one look at a person leads to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries as assessments
from careplan.assessments.domain.eligibility import KIND_WORDS
from careplan.assessments.domain.giving import Paper, given_words, mistake_words
from careplan.kernel.errors import NotFound
from careplan.kernel.words import short_day
from careplan.people import queries as people
from careplan.plans import queries as plans


@dataclass(frozen=True, slots=True)
class ToGive:
    """One paper, by its kind and id, with what it is called. `key` is how a form names it."""

    paper: Paper
    id: UUID
    title: str

    @property
    def key(self) -> str:
        return f"{self.paper.value}:{self.id}"


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was decided last, in words, and the page on which this reader reads more."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class GivenLine:
    """What was given, and how, to whom, when and by whom; `mistake` says why it was wrong, where it was."""

    id: UUID
    title: str
    words: str
    mistake: str | None = None


def list_papers(*, person_id: UUID, now: datetime) -> list[ToGive]:
    """Everything that can be given: plan versions that went round, determinations and finished assessments."""
    plan = plans.find_plan(person_id=person_id, at=now)
    versions = [v for v in reversed(plan.versions) if v.proposed_at is not None] if plan else []
    return [
        *(ToGive(Paper.PLAN_VERSION, v.id, f"Version {v.number} of the plan") for v in versions),
        *(
            ToGive(Paper.DETERMINATION, d.id, f"The decision of {short_day(d.decided_on)} with its reasons")
            for d in assessments.list_determinations(person_id=person_id)
        ),
        *(
            ToGive(Paper.ASSESSMENT, a.id, f"The assessment of {short_day(on)}")
            for a in assessments.list_finished(person_id=person_id)
            if (on := a.content.how.assessed_on) is not None
        ),
    ]


def get_paper(*, person_id: UUID, key: str, now: datetime) -> ToGive:
    """The paper that a form names, if it is this person's.  Raises NotFound."""
    found = next((p for p in list_papers(person_id=person_id, now=now) if p.key == key), None)
    if found is None:
        raise NotFound("There is no such paper.")
    return found


def list_given(*, person_id: UUID, now: datetime, person: str) -> list[GivenLine]:
    """What was given, the latest first; `person` is what the reader calls the person."""
    titles = {p.id: p.title for p in list_papers(person_id=person_id, now=now)}
    found = assessments.list_given(person_id=person_id)
    by = [g.given_by for g in found] + [g.mistake.by for g in found if g.mistake]
    names = access.list_account_names(account_ids=by)
    return [
        GivenLine(
            g.id,
            titles.get(g.paper_id, "A paper"),
            given_words(g, by=names.get(g.given_by, "the team"), person=person),
            mistake_words(g.mistake, by=names.get(g.mistake.by, "the team")) if g.mistake else None,
        )
        for g in found
    ]


def list_own_given(*, person_id: UUID, actor: Actor, now: datetime) -> list[GivenLine]:
    """What was given, for the person's own first page; nothing for whoever may not read it."""
    if not access.may_reach(actor=actor, person_id=person_id, section=Section.GIVEN, action=Action.READ, now=now):
        return []
    person = "you" if actor.role is Role.CITIZEN else people.get_person(person_id=person_id).known_as
    return list_given(person_id=person_id, now=now, person=person)


def find_assessed(*, person_id: UUID, actor: Actor, now: datetime) -> Assessed | None:
    """What the one look shows of the assessment; None for whoever may read none of it."""
    allowed = access.list_allowed(actor=actor, person_id=person_id, now=now)
    if (Section.ASSESSMENT, Action.READ) in allowed:
        own = actor.role in (Role.CITIZEN, Role.REPRESENTATIVE)
        address = "/me/assessment" if own else f"/people/{person_id}/assessment"
    elif (Section.DETERMINATION, Action.READ) in allowed:
        address = f"/people/{person_id}/determination"
    else:
        return None
    decided = assessments.find_determination(person_id=person_id)
    if decided is None:
        return Assessed("Nothing is decided yet.", address)
    return Assessed(f"{KIND_WORDS[decided.kind]}, {short_day(decided.decided_on)}", address)
