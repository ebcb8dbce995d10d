"""Whether the person can decide about a version, and deciding in their best interests where they cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.concerns import queries as concerns
from careplan.db import db
from careplan.hours import service as hours
from careplan.kernel.clock import local_date
from careplan.kernel.errors import DomainError, Invalid, Problem
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.people.domain.authority import may_sign_care
from careplan.plans import queries
from careplan.plans.domain.agreement import (
    CapacityToDecide,
    check_decided_for,
    check_hash,
    check_open,
)
from careplan.plans.domain.answers import check_party_free
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party
from careplan.plans.models import BestInterestsRow, CapacityFindingRow
from careplan.plans.service.agreeing import settle
from careplan.plans.service.locking import locked_plan
from careplan.plans.service.signing import as_finding, decision_words

ABILITIES = ("understanding", "retaining", "weighing", "communicating")


class FindingIncomplete(Invalid):
    """A finding of incapacity lacks an ability with its evidence, the impairment, or how the one causes the other."""

    code = "finding_incomplete"


class RepresentativeDecides(DomainError):
    """Somebody has authority to decide in the person's place, so no best-interests decision replaces them."""

    code = "representative_decides"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about the person's capacity for one decision, on the balance of probabilities.

    `abilities` holds the evidence for each that is lost, by name: understanding, retaining, weighing, communicating.
    """

    lacks_capacity: bool
    why_doubted: str
    support_given: str
    abilities: Mapping[str, str]
    impairment: str
    causal_link: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Decision:
    """A best-interests decision: what was decided, the person's wishes, whom one asked, and what else was weighed."""

    decision: str
    wishes: str
    consulted: str
    less_restrictive: str
    advocate: str
    decided_on: date


def record_finding(*, plan_id: UUID, number: int, finding: Finding, actor: Actor, now: datetime) -> CapacityToDecide:
    """Whether the person can decide about exactly this version; fewer hours that wait for their yes follow it.

    Raises FindingIncomplete, NotOpenToAgreement.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    version = locked.version(number)
    check_open(state=version.state, number=number)
    _check_finding(finding, local_date(locked.now))
    row = CapacityFindingRow(
        id=new_id(),
        plan_id=plan_id,
        person_id=version.person_id,
        version_id=version.id,
        lacks_capacity=finding.lacks_capacity,
        why_doubted=finding.why_doubted.strip(),
        support_given=finding.support_given.strip(),
        abilities={name: words.strip() for name, words in finding.abilities.items() if words.strip()},
        impairment=finding.impairment.strip(),
        causal_link=finding.causal_link.strip(),
        decided_on=finding.decided_on,
        assessor_id=actor.account_id,
        assessor_name=actor.name,
        at=locked.now,
    )
    db.session.add(row)
    db.session.flush()
    hours.note_capacity(plan_id=plan_id, lacks_capacity=finding.lacks_capacity, actor=actor, now=locked.now)
    return queries.list_findings(version_id=version.id)[0]


def record_best_interests(
    *, plan_id: UUID, number: int, content_hash: str, decision: Decision, actor: Actor, now: datetime
) -> PlanVersion:
    """A decision in the place of a person who cannot decide and for whom nobody has authority to.

    Raises DecidesForThemselves, RepresentativeDecides, AlreadyAgreed, NotOpenToAgreement, StaleHash, Invalid.
    """
    locked = locked_plan(plan_id=plan_id, now=now)
    version = locked.version(number)
    check_open(state=version.state, number=number)
    check_hash(given=content_hash, current=version.content_hash or "")
    check_party_free(party=Party.PERSON, answers=version.answers)
    finding = queries.find_finding(version_id=version.id)
    check_decided_for(finding=finding)
    _check_nobody_has_authority(version, finding, locked.now)
    _check_words(decision, local_date(locked.now))
    if finding is not None:
        db.session.add(_row(version, decision, finding, actor, locked.now))
    db.session.flush()
    return settle(locked, number, party=Party.PERSON, actor=actor)


def _row(
    version: PlanVersion, decision: Decision, finding: CapacityToDecide, actor: Actor, now: datetime
) -> BestInterestsRow:
    return BestInterestsRow(
        id=new_id(),
        plan_id=version.plan_id,
        person_id=version.person_id,
        version_id=version.id,
        content_hash=version.content_hash or "",
        finding_id=finding.id,
        decision_maker_id=actor.account_id,
        decision_maker_name=actor.name,
        decision=decision.decision.strip(),
        wishes=decision.wishes.strip(),
        consulted=decision.consulted.strip(),
        less_restrictive=decision.less_restrictive.strip(),
        advocate=decision.advocate.strip(),
        decided_on=decision.decided_on,
        recorded_by=actor.account_id,
        at=now,
    )


def _check_finding(finding: Finding, today: date) -> None:
    problems = [
        Problem(name, message)
        for name, message, text in (
            ("why_doubted", "Say why it was in doubt.", finding.why_doubted),
            ("support_given", "Say what was done to help the person decide.", finding.support_given),
        )
        if not text.strip()
    ]
    if finding.decided_on > today:
        problems.append(Problem("decided_on", "This day has not come yet."))
    if set(finding.abilities) - set(ABILITIES):
        problems.append(Problem("abilities", f"The four abilities are {', '.join(ABILITIES)}."))
    if finding.lacks_capacity:
        problems += _missing_reasons(finding)
    if problems:
        raise FindingIncomplete("A finding needs its reasons.", problems=tuple(problems))


def _missing_reasons(finding: Finding) -> list[Problem]:
    wanted = (
        ("understanding", "Say which ability is lost, and how you know.", "".join(finding.abilities.values())),
        ("impairment", "Say which impairment of mind or brain there is.", finding.impairment),
        ("causal_link", "Say how the impairment causes the inability.", finding.causal_link),
    )
    return [Problem(name, message) for name, message, text in wanted if not text.strip()]


def _check_nobody_has_authority(version: PlanVersion, finding: CapacityToDecide | None, now: datetime) -> None:
    suspended = concerns.list_suspended(person_id=version.person_id)
    for authority in people.list_authorities(person_id=version.person_id, at=now):
        if authority.contact_id in suspended:
            continue
        right = may_sign_care(
            authority=authority, finding=as_finding(version, finding), decision=decision_words(version), at=now
        )
        if right.allowed:
            raise RepresentativeDecides(
                "Somebody has authority to decide about care in the person's place. It is theirs to agree."
            )


def _check_words(decision: Decision, today: date) -> None:
    problems = [
        Problem(f.name, "This belongs to the decision. Fill it in.")
        for f in fields(decision)
        if isinstance(text := getattr(decision, f.name), str) and not text.strip()
    ]
    if decision.decided_on > today:
        problems.append(Problem("decided_on", "This day has not come yet."))
    if problems:
        raise Invalid("A best-interests decision needs all of its parts.", problems=tuple(problems))
