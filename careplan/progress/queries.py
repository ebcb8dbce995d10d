"""How one person's outcomes go, put together for their pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound
from careplan.outcomes import queries as outcomes
from careplan.outcomes.domain.attainment import Attainment
from careplan.outcomes.domain.rating import Rating, Voice, standing
from careplan.outcomes.service import voice_of
from careplan.people import queries as people
from careplan.people.domain.person import Person
from careplan.plans import queries as plans
from careplan.plans.domain.content import Outcome
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.progress.domain.cohort import FEWEST_SHOWN, GroupKind, GroupLine, View
from careplan.progress.domain.figures import RaterLine, lines_of, overall
from careplan.progress.domain.looking import Progress, ended_outcomes, progress_of
from careplan.reviews import queries as reviews
from careplan.reviews.domain.due import Due


@dataclass(frozen=True, slots=True)
class Going:
    """How a person's outcomes go: those of the version that counts, or of the one that counted last."""

    person: Person
    plan: SupportPlan | None
    version: PlanVersion | None
    outcomes: Sequence[Progress]
    ended: Sequence[Progress]
    lines: Sequence[RaterLine]
    overall: Attainment | None
    due: Due | None
    names: dict[UUID, str]
    ratings: Sequence[Rating]
    today: date

    @property
    def is_reviewed_soon(self) -> bool:
        """Whether a review is due within three weeks, or was."""
        return self.due is not None and self.due.shows(self.today)

    @property
    def is_over(self) -> bool:
        """Whether nothing is rated any more."""
        return self.plan is None or self.plan.in_force is None

    def progress(self, outcome_id: UUID) -> Progress:
        """How one of them goes.  Raises NotFound."""
        found = next((p for p in self.outcomes if p.outcome.id == outcome_id), None)
        if found is None:
            raise NotFound("This outcome is not in the plan that counts.")
        return found

    def last_of(self, actor: Actor, outcome_id: UUID) -> Rating | None:
        """What this account last said of an outcome with its own voice, and has not taken back."""
        own = (actor.account_id, outcome_id, voice_of(actor))
        said = [r for r in standing(self.ratings) if (r.rater_id, r.outcome_id, r.voice) == own]
        return said[-1] if said else None


def get_going(*, person_id: UUID, now: datetime) -> Going:
    """How the outcomes of a person go.  Raises NotFound."""
    person = people.get_person(person_id=person_id)
    plan = plans.find_plan(person_id=person_id, at=now)
    version = (plan.in_force or plan.ended) if plan else None
    ratings = outcomes.list_ratings(person_id=person_id)
    barriers = outcomes.list_barriers(person_id=person_id)
    said_by = {r.rater_id for r in ratings} | {b.said_by for b in barriers}
    names = access.list_account_names(account_ids=said_by)
    begun = [v for v in plan.versions if v.in_force_from and v.in_force_from <= now] if plan else []
    over = ended_outcomes([(v.number, v.content) for v in begun], version.content) if version else ()
    lines = lines_of(version.content, ratings, names=names, person=person.name) if version else []
    return Going(
        person=person,
        plan=plan,
        version=version,
        outcomes=progress_of(
            version.content,
            ratings,
            names=names,
            person=person.name,
            barriers=barriers,
            verdicts=outcomes.list_verdicts(person_id=person_id),
        )
        if version
        else [],
        ended=progress_of(replace(version.content, outcomes=over), ratings, names=names, person=person.name)
        if version
        else [],
        lines=lines,
        overall=overall(lines),
        due=reviews.find_due(plan=plan, at=now) if plan else None,
        names=names,
        ratings=ratings,
        today=local_date(now),
    )


def find_outcome(*, person_id: UUID, outcome_id: UUID, now: datetime) -> Outcome:
    """An outcome of the version that counts.  Raises NotFound."""
    version = plans.find_in_force(person_id=person_id, at=now)
    found = next((o for o in version.content.outcomes if o.id == outcome_id), None) if version else None
    if found is None:
        raise NotFound("This outcome is not in the plan that counts.")
    return found


def list_commissioned(*, view: View, at: datetime) -> list[GroupLine]:
    """Goal attainment of everybody, by group, as one side sees it. The database itself hides figures of few people."""
    found = db.session.execute(
        text("SELECT * FROM commissioned_outcomes(:at, :view, :fewest)"),
        {"at": at, "view": view.value, "fewest": FEWEST_SHOWN},
    )
    return [GroupLine(GroupKind(kind), label, *figures) for kind, label, *figures in found]


def may_judge(actor: Actor) -> bool:
    """Whether it is for this account to say, with the other party, that an outcome is reached."""
    return voice_of(actor) in (Voice.PERSON, Voice.REPRESENTATIVE, Voice.PROFESSIONAL)
