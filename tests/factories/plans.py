"""Plans for tests: a whole, lawful content, and the partnership that writes and signs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.notices import service as notices
from careplan.organisations import service as organisations
from careplan.organisations.domain.organisation import Organisation
from careplan.people import service as people
from careplan.people.domain.authority import AuthorityKind
from careplan.plans import service
from careplan.plans.domain.agreement import Capacity, Channel
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.not_agreed import Cause, Step, WithoutYes
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party
from tests.factories.assessments import make_eligible
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.people import make_contact, make_door_answered, make_person
from tests.keeping import remembered

STATEMENT = "I have read this plan and I agree to it."
MARGARETS_WEEKS = [1200, 600, 1200, 600]


@dataclass(frozen=True, slots=True)
class Around:
    """Those around one person, each with an account of their own."""

    person_id: UUID
    social_worker: Actor
    provider: Organisation
    coordinator: Actor
    citizen: Actor


@remembered
def make_around(*, now: datetime | None = None) -> Around:
    """A person with a social worker, a provider whose coordinator may commit it, and an account of their own."""
    now = now or utc_now()
    social_worker = make_social_worker()
    provider = make_organisation(name="Harbour Care")
    coordinator = make_account(Role.PROVIDER_COORDINATOR, organisation=provider, name="Priya Shah")
    organisations.register_worker(
        account_id=coordinator.account_id, given_name="Priya", family_name="Shah", job_title="Coordinator",
        can_commit=True, actor=social_worker, now=now,
    )  # fmt: skip
    person_id = make_person(social_worker=social_worker, now=now)
    make_door_answered(person_id=person_id, actor=social_worker, now=now)
    citizen = make_account(Role.CITIZEN, name="Margaret Ellis")
    people.link_citizen_account(person_id=person_id, account_id=citizen.account_id, actor=social_worker, now=now)
    return Around(person_id, social_worker, provider, coordinator, citizen)


def full_sections(
    around: Around,
    *,
    starts_on: date | None = None,
    weeks: list[int] | None = None,
    also_done: Sequence[str] = (),
    **said: Any,
) -> dict[str, Any]:
    """Every section that a full plan needs before it is proposed, with what the test says otherwise.

    `also_done` are who does something more for the outcome: community, unpaid_carer.
    """
    starts_on = starts_on or local_date(utc_now())
    need, outcome, action, grant, risk = (str(new_id()) for _ in range(5))
    usual: dict[str, Any] = {
        "starts_on": starts_on.isoformat(),
        "provider": {"organisation": str(around.provider.id), "name": around.provider.name},
        "needs": [{"id": need, "care_act": "home_used_safely", "words": "I am unsteady on the garden steps."}],
        "outcomes": [
            {
                "id": outcome, "need": need, "words": "I want to walk to the garden and back on my own.",
                "care_act": ["home_used_safely"], "wellbeing": ["independence"], "importance": 9, "confidence": 4,
                "levels": {
                    "-2": "I stay in my chair.", "-1": "I go with two people.", "0": "I go with one person near me.",
                    "1": "I go on my own with a stick.", "2": "I go on my own and stay out.",
                },
                "baseline": -1, "weight": 5,
            }
        ],
        "actions": [
            {
                "id": action, "outcome": outcome, "words": "Walk to the garden with me.", "by": "provider",
                "who": "Harbour Care", "when": "On dry days, after lunch",
            },
            *(
                {"id": str(new_id()), "outcome": outcome, "words": "Sing with me.", "by": by, "who": "The choir",
                 "when": "On Thursdays"}
                for by in also_done
            ),
        ],
        "hours": {"grants": [{"id": grant, "funder": "council", "weeks": weeks or MARGARETS_WEEKS}]},
        "contingency": {
            "minutes": 240,
            "circumstances": [{"slug": "chest_infection", "words": "A bad day with my chest"}],
            "services": [{"slug": "personal_care", "words": "Help at home"}],
            "provider_limit": 60,
        },
        "risks": [{"id": risk, "words": "I may fall on the steps.", "response": "Hold the rail, shoes on."}],
        "missed_visit": {"rank": "medium", "contact": "Jean Hall, sister", "response": "Ring me, then ring Jean."},
        "no_reply": [{"after_minutes": 0, "step": "Ring the bell twice."}, {"after_minutes": 10, "step": "Ring Jean."}],
        "emergency_plan": {
            "triggers": "I cannot breathe.", "steps": "Sit me up.", "call": "999, then Jean.",
            "if_carer_fails": "Harbour Care comes four times a day.",
        },
        "budget": {"total_weekly_pence": 33_600, "person_weekly_pence": 4_200, "council_weekly_pence": 29_400},
        "how_met": "Care at home, and a walk to the garden on dry days.",
        "prevention_advice": "Strength and balance class at the library on Tuesdays.",
        "review_on": (starts_on + timedelta(weeks=7)).isoformat(),
    }  # fmt: skip
    return {**usual, **said}


def interim_sections(around: Around, **said: Any) -> dict[str, Any]:
    """Every section that an interim plan needs, with what the test says otherwise."""
    today = local_date(utc_now()).isoformat()
    whole = full_sections(around)
    known = {
        "reason": "hospital_discharge", "needs_as_known": "Help to wash and dress.", "allergies": "Not asked yet.",
        "access": "Jean lets us in.", "told_on": today,
    }  # fmt: skip
    kept = {name: whole[name] for name in ("provider", "hours", "risks", "missed_visit")}
    return {**kept, "starts_on": today, "interim": known, **said}


@remembered
def make_draft(
    around: Around, *, kind: PlanKind = PlanKind.FULL, now: datetime | None = None, **said: Any
) -> PlanVersion:
    """A first draft with nothing missing."""
    now = now or utc_now()
    draft = service.create_plan(person_id=around.person_id, kind=kind, actor=around.social_worker, now=now)
    if kind is PlanKind.FULL:
        make_eligible(person_id=around.person_id, actor=around.social_worker, now=now)
        # So that a test which counts what is new counts the plan's own news.
        notices.read_all(actor=around.citizen, now=now or utc_now())
    sections = full_sections(around, **said) if kind is PlanKind.FULL else interim_sections(around, **said)
    return service.save_draft(
        plan_id=draft.plan_id, changes=sections, revision=draft.revision, actor=around.social_worker, now=now
    )


@remembered
def make_proposed(
    around: Around, *, kind: PlanKind = PlanKind.FULL, now: datetime | None = None, **said: Any
) -> PlanVersion:
    """A first version that waits for agreement."""
    draft = make_draft(around, kind=kind, now=now, **said)
    return service.propose_plan(plan_id=draft.plan_id, actor=around.social_worker, now=now or utc_now())


@remembered
def make_agreed(
    around: Around, *, kind: PlanKind = PlanKind.FULL, now: datetime | None = None, **said: Any
) -> PlanVersion:
    """A first version that all its parties agreed to."""
    return agree_all(make_proposed(around, kind=kind, now=now, **said), around, now=now)


@remembered
def agree_all(version: PlanVersion, around: Around, *, now: datetime | None = None) -> PlanVersion:
    """The signature of every party that a version still waits for."""
    for party in version.outstanding:
        version = agree(version, around, party, now=now)
    return version


def agree(version: PlanVersion, around: Around, party: Party, *, now: datetime | None = None) -> PlanVersion:
    """One party's own signature, online."""
    actor, capacity = {
        Party.COUNCIL: (around.social_worker, Capacity.SOCIAL_WORKER),
        Party.PROVIDER: (around.coordinator, Capacity.PROVIDER),
        Party.PERSON: (around.citizen, Capacity.SELF),
    }[party]
    return service.agree_plan(
        plan_id=version.plan_id,
        number=version.number,
        signature=signature(version, party, capacity),
        actor=actor,
        now=now or utc_now(),
    )


def signature(version: PlanVersion, party: Party, capacity: Capacity, **said: Any) -> service.Signature:
    """A signature for exactly this version, with what the test says otherwise."""
    usual: dict[str, Any] = {
        "id": new_id(),
        "party": party,
        "capacity": capacity,
        "content_hash": version.content_hash or "",
        "statement": STATEMENT,
        "channel": Channel.ONLINE,
    }
    return service.Signature(**{**usual, **said})


def make_representative(
    around: Around, *, kind: AuthorityKind = AuthorityKind.HEALTH_WELFARE_ATTORNEY, seen: bool = True
) -> Actor:
    """Somebody with an account and an authority to act for the person."""
    account = make_account(Role.REPRESENTATIVE, name="Jean Hall")
    contact_id = make_contact(person_id=around.person_id, actor=around.social_worker, account=account)
    today = local_date(utc_now())
    people.record_authority(
        person_id=around.person_id,
        contact_id=contact_id,
        kind=kind,
        starts_on=today - timedelta(days=30),
        registration_seen_on=today if seen else None,
        actor=around.social_worker,
        now=utc_now(),
    )
    return account


def find_lacking(version: PlanVersion, around: Around, *, lacks_capacity: bool = True) -> None:
    """A finding about exactly this version."""
    service.record_finding(
        plan_id=version.plan_id,
        number=version.number,
        finding=service.Finding(
            lacks_capacity=lacks_capacity,
            why_doubted="She asked three times what the plan was.",
            support_given="We read it in the morning, with pictures, with Jean there.",
            abilities={"retaining": "She had forgotten the first page by the third."},
            impairment="Dementia",
            causal_link="She cannot keep the parts in mind because of it.",
            decided_on=local_date(utc_now()),
        ),
        actor=around.social_worker,
        now=utc_now(),
    )


def go_without_yes(version: PlanVersion, around: Around, **said: Any) -> PlanVersion:
    """The council goes on without the person's yes to exactly this version, with what the test says otherwise."""
    today = local_date(utc_now())
    call = {name: said.pop(name) for name in ("content_hash", "actor") if name in said}
    usual: dict[str, Any] = {
        "cause": Cause.DISAGREES,
        "steps": (Step(today, "Went to see her with her sister, and read it out."),),
        "words": "I do not want two people in my bathroom.",
        "complaint_route": "We gave her the leaflet and read it to her.",
        "review_by": today + timedelta(days=28),
        "decided_on": today,
    }
    return service.go_without_yes(
        plan_id=version.plan_id,
        number=version.number,
        said=WithoutYes(**{**usual, **said, "cause": Cause(said.get("cause", usual["cause"]))}),
        **{"content_hash": version.content_hash or "", "actor": around.social_worker, "now": utc_now(), **call},
    )
