"""A transfer: one person's care goes from one provider to another on a day. How far it has come is told from facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from careplan.kernel.clock import local_date, start_of_day
from careplan.kernel.errors import Invalid, Problem
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.moving import must_be_settled
from careplan.plans.domain.state import Party, VersionFacts, in_force_from, outstanding

KNOWN_AHEAD = timedelta(weeks=26)
# As long as the provider before reads the record, beginning with the day of the change.
OVERLAP = timedelta(days=7)


class Reason(StrEnum):
    """Why care moves."""

    PERSONS_WISH = "persons_wish"
    PROVIDER_FAILURE = "provider_failure"
    PROVIDER_NOTICE = "provider_notice"
    ZONE_START = "zone_start"
    QUALITY = "quality"
    OTHER = "other"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Reason.PERSONS_WISH: "The person asked for it",
    Reason.PROVIDER_FAILURE: "The provider cannot go on",
    Reason.PROVIDER_NOTICE: "The provider gave notice",
    Reason.ZONE_START: "A zone starts",
    Reason.QUALITY: "The care is not good enough",
    Reason.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A transfer that was given up, when, by whom and why."""

    at: datetime
    by: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the person, or whoever stands for them, said of the change; `done_about` answers an objection."""

    id: UUID
    transfer_id: UUID
    asked_on: date
    how: str
    said: str
    objects: bool
    done_about: str | None
    recorded_at: datetime
    recorded_by: UUID


@dataclass(frozen=True, slots=True)
class HandoverNote:
    """What one side wrote for the other."""

    id: UUID
    words: str
    by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """One person's move. `base_number` is the version that was in force when it began.

    `begun_at` is empty while it waits its turn in an act for many. `changed_at` is the instant of the change once all
    have agreed, and `released` are the visits of the provider before that were called off then.
    """

    id: UUID
    person_id: UUID
    plan_id: UUID
    from_provider_id: UUID
    to_provider_id: UUID
    reason: Reason
    why: str
    changes_on: date
    base_number: int
    started_at: datetime
    started_by: UUID
    act_id: UUID | None = None
    told_on: date | None = None
    begun_at: datetime | None = None
    held_up: str | None = None
    asked_at: datetime | None = None
    handed_over_at: datetime | None = None
    changed_at: datetime | None = None
    released: tuple[UUID, ...] = ()
    withdrawal: Withdrawal | None = None

    @property
    def at_once(self) -> bool:
        """Whether an interim version lets the new provider begin before everybody has agreed."""
        return self.told_on is not None


class Stage(StrEnum):
    """How far a transfer has come."""

    WAITS_ITS_TURN = "waits_its_turn"
    ASK_PERSON = "ask_person"
    ASK_PROVIDER = "ask_provider"
    DELEGATIONS = "delegations"
    SEND_ROUND = "send_round"
    SIGN = "sign"
    AGREED = "agreed"
    OVERLAP = "overlap"
    DONE = "done"
    CARE_ENDED = "care_ended"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return STAGE_WORDS[self]


STAGE_WORDS = {
    Stage.WAITS_ITS_TURN: "Not begun",
    Stage.ASK_PERSON: "Ask the person",
    Stage.ASK_PROVIDER: "Ask the provider",
    Stage.DELEGATIONS: "Waits for the provider",
    Stage.SEND_ROUND: "Send it round",
    Stage.SIGN: "Waits for agreement",
    Stage.AGREED: "Agreed",
    Stage.OVERLAP: "Being handed over",
    Stage.DONE: "Done",
    Stage.CARE_ENDED: "Care has ended",
    Stage.WITHDRAWN: "Given up",
}
# Nothing more comes of it.
OVER = (Stage.DONE, Stage.CARE_ENDED, Stage.WITHDRAWN)
SETTLED = (Stage.AGREED, Stage.OVERLAP, Stage.DONE)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a transfer has come, what is missing, and whether the person objects.

    `interim_since` is when an interim version lets, or will let, the new provider begin; `interim_waits` for whom else
    it waits. `counts_from` is when the agreed version counts.
    """

    stage: Stage
    missing: tuple[str, ...] = ()
    objects: bool = False
    waits_for: tuple[Party, ...] = ()
    interim_since: datetime | None = None
    interim_waits: tuple[Party, ...] = ()
    counts_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a transfer's progress is told from beside its own row.

    `versions` are all of the plan; `unaccepted` the activities to which the new provider has not said yes; `in_the_way`
    what must be done about another version first; `care_ended` says that the plan is over.
    """

    person: str
    provider: str
    versions: Sequence[VersionFacts] = ()
    consultation: Consultation | None = None
    unaccepted: tuple[str, ...] = field(default=())
    in_the_way: str | None = None
    care_ended: bool = False


class WrongTransfer(Invalid):
    """A transfer from a provider to itself, on a day that cannot be, or without a reason."""

    code = "wrong_transfer"


class WrongConsultation(Invalid):
    """A consultation without what was said, or an objection with nothing done about it."""

    code = "wrong_consultation"


def progress_of(transfer: Transfer, around: Around, *, at: datetime) -> Progress:
    """How far a transfer has come at an instant."""
    if transfer.withdrawal is not None:
        return Progress(Stage.WITHDRAWN, objects=_objects(around))
    if around.care_ended:
        return Progress(Stage.CARE_ENDED, objects=_objects(around))
    own = _own_versions(transfer, around.versions)
    full = _the_one(v for v in own if v.kind is not PlanKind.INTERIM or not transfer.at_once)
    interim = _the_one(v for v in own if v.kind is PlanKind.INTERIM and transfer.at_once)
    stage, missing = _stage(transfer, around, full, at)
    return Progress(
        stage=stage,
        missing=(*_missing_interim(interim, around), *missing),
        objects=_objects(around),
        waits_for=outstanding(full) if stage is Stage.SIGN and full is not None else (),
        interim_since=in_force_from(interim) if interim else None,
        interim_waits=outstanding(interim) if interim and interim.proposed_at else (),
        counts_from=in_force_from(full) if full else None,
    )


def in_the_way(transfer: Transfer, versions: Sequence[VersionFacts]) -> str | None:
    """What must be done about a version by the provider before, so that the next can be written."""
    own = {v.number for v in _own_versions(transfer, versions)}
    return next((words for v in versions if v.number not in own and (words := must_be_settled(v))), None)


def changes_at(transfer: Transfer, versions: Sequence[VersionFacts]) -> datetime | None:
    """From when the new provider gives the care: the first of the transfer's versions that all have agreed to."""
    since = (in_force_from(v) for v in _own_versions(transfer, versions))
    return min((s for s in since if s is not None), default=None)


def check_new(
    *,
    from_provider: UUID,
    to_provider: UUID,
    reason: Reason,
    why: str,
    changes_on: date,
    told_on: date | None,
    today: date,
) -> None:
    """Raises WrongTransfer with everything to mend."""
    checks = (
        (from_provider == to_provider, "to_provider", "This provider gives the care already. Choose another."),
        (changes_on < today, "changes_on", "This day has passed. Choose today or a later day."),
        (changes_on > today + KNOWN_AHEAD, "changes_on", "This is more than half a year away. Check the year."),
        (reason is Reason.OTHER and not why.strip(), "why", "Say why the care moves."),
        (told_on is not None and told_on > today, "told_on", "This day has not come yet."),
        (
            told_on is not None and reason is not Reason.PROVIDER_FAILURE,
            "told_on",
            "An interim plan can stand at once only where the provider cannot go on. Leave this empty.",
        ),
    )
    problems = tuple(Problem(field, message) for wrong, field, message in checks if wrong)
    if problems:
        raise WrongTransfer(problems[0].message, problems=problems)


def check_consultation(*, asked_on: date, how: str, said: str, objects: bool, done_about: str, today: date) -> None:
    """Raises WrongConsultation with everything to mend."""
    wanted = [("how", how, "Say how you asked them."), ("said", said, "Write what they said, in their words.")]
    if objects:
        wanted.append(("done_about", done_about, "They object. Say what you did, or will do, about it."))
    problems = [Problem(field, message) for field, words, message in wanted if not words.strip()]
    if asked_on > today:
        problems.append(Problem("asked_on", "This day has not come yet."))
    if problems:
        raise WrongConsultation(problems[0].message, problems=tuple(problems))


def _own_versions(transfer: Transfer, versions: Sequence[VersionFacts]) -> list[VersionFacts]:
    """The versions by which the new provider is to give the care, oldest first."""
    return [
        v
        for v in versions
        if v.number > transfer.base_number and v.provider == transfer.to_provider_id and v.withdrawn_at is None
    ]


def _the_one(versions: Iterable[VersionFacts]) -> VersionFacts | None:
    """The first to which all have agreed, whatever was written after it; else the last."""
    known = list(versions)
    settled = (v for v in known if in_force_from(v) is not None)
    return next(settled, known[-1] if known else None)


def _stage(
    transfer: Transfer, around: Around, full: VersionFacts | None, at: datetime
) -> tuple[Stage, tuple[str, ...]]:
    if full is not None and full.proposed_at is not None:
        return _after_sending(around, full, at)
    if transfer.begun_at is None:
        return Stage.WAITS_ITS_TURN, (transfer.held_up,) if transfer.held_up else ()
    if around.consultation is None:
        return Stage.ASK_PERSON, (f"Ask {around.person} what they think of it.",)
    if transfer.asked_at is None or full is None:
        first = (around.in_the_way,) if around.in_the_way else ()
        return Stage.ASK_PROVIDER, (*first, f"Ask {around.provider} whether they can.")
    if around.unaccepted:
        return Stage.DELEGATIONS, tuple(f"{around.provider}’s yes to “{a}”." for a in around.unaccepted)
    return Stage.SEND_ROUND, (f"Send version {full.number} round.",)


def _after_sending(around: Around, full: VersionFacts, at: datetime) -> tuple[Stage, tuple[str, ...]]:
    since = in_force_from(full)
    if since is None:
        who = {Party.COUNCIL: "The council", Party.PROVIDER: around.provider, Party.PERSON: around.person}
        return Stage.SIGN, tuple(f"{who[p]} to agree to version {full.number}." for p in outstanding(full))
    if since > at:
        return Stage.AGREED, ()
    over = start_of_day(local_date(since) + OVERLAP)
    return (Stage.DONE if over <= at else Stage.OVERLAP), ()


def _missing_interim(interim: VersionFacts | None, around: Around) -> tuple[str, ...]:
    if interim is None or interim.proposed_at is None:
        return ()
    who = {Party.COUNCIL: "The council", Party.PROVIDER: around.provider}
    return tuple(f"{who[p]} to agree to the interim version {interim.number}." for p in outstanding(interim))


def _objects(around: Around) -> bool:
    return around.consultation is not None and around.consultation.objects
