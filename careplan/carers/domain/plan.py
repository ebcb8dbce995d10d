"""A carer's support plan: what they want, what helps, breaks, what happens if they stop, and who agreed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.storing import as_json
from careplan.carers.domain.eligibility import CARRIES_A_PLAN, Determination
from careplan.kernel.canonical import content_hash
from careplan.kernel.errors import Conflict, DomainError, Problem

LONGEST_UNTIL_REVIEW = timedelta(days=366)


class Party(StrEnum):
    """Who agrees to a carer's plan."""

    CARER = "carer"
    COUNCIL = "council"


PARTY_WORDS = {Party.CARER: "The carer", Party.COUNCIL: "The council"}


@dataclass(frozen=True, slots=True)
class Aim:
    """What the carer wants, in their own words, what helps, and who does it."""

    words: str
    helps: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A break from caring: what it is, how often, and who looks after the person meanwhile."""

    what: str
    how_often: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class CarerPlanContent:
    """What is agreed. `if_they_stop` says how the person's own plan goes on, and `call` whom to ring."""

    aims: tuple[Aim, ...] = ()
    breaks_wanted: Answer = Answer.NOT_ASKED
    breaks: tuple[Break, ...] = ()
    if_they_stop: str = ""
    call: str = ""
    review_on: date | None = None

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical JSON: what a signature binds to."""
        return content_hash(as_json(self))


@dataclass(frozen=True, slots=True)
class PlanAgreement:
    """One party's yes to exactly these words. `how` and `witness` are set where staff wrote the carer's yes down."""

    party: Party
    content_hash: str
    signed_on: date
    by: UUID
    at: datetime
    how: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True)
class CarerPlan:
    """One version of one carer's plan, with who agreed to it."""

    id: UUID
    carer_id: UUID
    number: int
    content: CarerPlanContent
    saved_at: datetime
    saved_by: UUID
    agreements: tuple[PlanAgreement, ...] = ()

    @property
    def is_agreed(self) -> bool:
        """Whether the carer and the council have both said yes to exactly this."""
        return all(self.agreed_by(party) for party in Party)

    @property
    def waits_for(self) -> tuple[Party, ...]:
        return tuple(party for party in Party if not self.agreed_by(party))

    def agreed_by(self, party: Party) -> PlanAgreement | None:
        """That party's yes, if it is to the words as they stand."""
        return next((a for a in self.agreements if a.party == party and a.content_hash == self.content.hash), None)


class PlanNotWhole(DomainError):
    """The plan lacks something that it needs before anybody agrees to it."""

    code = "carer_plan_not_whole"


class NoGround(Conflict):
    """No determination carries a plan: none was made, or the last one says not eligible."""

    code = "no_ground_for_a_carer_plan"


class AgreedAlready(Conflict):
    """This party has agreed to these words before."""

    code = "agreed_already"


class OtherWords(Conflict):
    """The words have changed since they were shown."""

    code = "other_words"


class WitnessUnfit(DomainError):
    """A yes that staff write down has a witness who is neither the carer nor the one who writes it down."""

    code = "witness_unfit"


def missing_from(content: CarerPlanContent, *, today: date) -> tuple[tuple[str, str], ...]:
    """What must still be said: (field, what), in the order of the page."""
    return (*_aims(content), *_breaks(content), *_rest(content, today))


def check_ground(determination: Determination | None) -> None:
    """Raises NoGround."""
    if determination is None or determination.kind not in CARRIES_A_PLAN:
        raise NoGround("Record first that the carer is eligible, or that the council helps all the same.")


def check_signing(plan: CarerPlan, *, party: Party, shown_hash: str, today: date) -> None:
    """Raises PlanNotWhole, OtherWords, AgreedAlready."""
    problems = tuple(Problem(place, words) for place, words in missing_from(plan.content, today=today))
    if problems:
        raise PlanNotWhole("Some things are missing before anybody can agree.", problems=problems)
    if shown_hash != plan.content.hash:
        raise OtherWords("The plan has changed since you opened it. Read it again before you agree.")
    if plan.agreed_by(party):
        raise AgreedAlready(f"{PARTY_WORDS[party]} has agreed to this already.")


def check_witness(*, witness: str, carer_name: str, recorder_name: str) -> None:
    """Raises WitnessUnfit."""
    said = witness.strip().casefold()
    if not said or said in (carer_name.strip().casefold(), recorder_name.strip().casefold()):
        message = "Name a witness who is neither the carer nor you."
        raise WitnessUnfit(message, problems=(Problem("witness", message),))


def content_from_json(stored: Mapping[str, Any]) -> CarerPlanContent:
    """What `as_json` wrote."""
    on = stored["review_on"]
    return CarerPlanContent(
        aims=tuple(Aim(**aim) for aim in stored["aims"]),
        breaks_wanted=Answer(stored["breaks_wanted"]),
        breaks=tuple(Break(**one) for one in stored["breaks"]),
        if_they_stop=stored["if_they_stop"],
        call=stored["call"],
        review_on=date.fromisoformat(on) if on else None,
    )


def _aims(content: CarerPlanContent) -> Iterator[tuple[str, str]]:
    if not content.aims:
        yield "aim_0_words", "What the carer wants, in their own words."
    for number, aim in enumerate(content.aims):
        if not (aim.words and aim.helps and aim.who):
            yield f"aim_{number}_words", f"Aim {number + 1}: what they want, what helps, and who does it."


def _breaks(content: CarerPlanContent) -> Iterator[tuple[str, str]]:
    if content.breaks_wanted is Answer.NOT_ASKED:
        yield "breaks_wanted", "Whether they want a break from caring."
    if content.breaks_wanted is Answer.YES and not content.breaks:
        yield "break_0_what", "Which break, how often, and who looks after the person meanwhile."
    for number, one in enumerate(content.breaks):
        if not (one.what and one.how_often and one.who):
            yield f"break_{number}_what", f"Break {number + 1}: what, how often, and who looks after the person."


def _rest(content: CarerPlanContent, today: date) -> Iterator[tuple[str, str]]:
    if not content.if_they_stop.strip():
        yield "if_they_stop", "What happens to the person’s plan if the carer stops."
    if not content.call.strip():
        yield "call", "Whom to ring if the carer cannot go on."
    if content.review_on is None or not today < content.review_on <= today + LONGEST_UNTIL_REVIEW:
        yield "review_on", "A review within the next 12 months."
