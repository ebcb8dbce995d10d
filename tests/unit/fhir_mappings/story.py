"""A made-up record with something of everything, for the mappings to be held against."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from careplan.delegation.domain.delegation import Competence, Delegation, Event, Instruction, NormalRange, Step
from careplan.delegation.domain.occasion import Occasion, OccasionResult, Reading
from careplan.equipment.domain.item import Item, ItemEvent, ItemKind, ItemStep, NewItem
from careplan.hours.domain.contingency import ContingencyDraw, Decision
from careplan.hours.domain.terms import Assessed
from careplan.hours.domain.view import NOTHING_KEPT_ASIDE, BankView, PeriodState
from careplan.kernel.canonical import content_hash
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.kernel.period import period_number
from careplan.medicines.domain.dose import Dose, DoseResult
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import Rating, RatingKind, Voice
from careplan.people.domain.address import Address
from careplan.people.domain.allergy import AllergyRecord, AllergyStatus
from careplan.people.domain.medicine import AsNeeded, Medicine, MedicineDetails, Route, Support
from careplan.people.domain.partnership import Member, MemberKind
from careplan.people.domain.sharing import SharingChoice, SharingDecision
from careplan.plans.domain.agreement import Agreement, Capacity, Channel
from careplan.plans.domain.content import (
    Action,
    Aim,
    Budget,
    CareActOutcome,
    Contingency,
    DoneBy,
    EmergencyPlan,
    Funder,
    Grant,
    Named,
    Need,
    Outcome,
    PlanContent,
    PlanDelegation,
    PlanHours,
    PlanKind,
    Provider,
    Wellbeing,
    as_json,
)
from careplan.plans.domain.not_agreed import Cause, NotAgreed, WithoutYes
from careplan.plans.domain.not_agreed import Step as Tried
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.state import Party, VersionState
from careplan.record.domain.record import (
    DelegationSection,
    DirectorySection,
    EquipmentSection,
    HoursSection,
    MedicinesSection,
    OutcomesSection,
    PersonSection,
    PlanSection,
    Record,
    VisitsSection,
)
from careplan.visits.domain.visit import Cancellation, CancelledBy, Clocked, Result, Visit, VisitRecord
from tests.unit.fhir_mappings.around import (
    AUTHORITY,
    CARE_WORKER,
    COORDINATOR,
    COUNCIL,
    DAUGHTER,
    MISTAKEN,
    NEIGHBOUR,
    NOW,
    NURSE,
    PENICILLIN,
    PERSON,
    PRACTICE,
    PROVIDER,
    SOCIAL_WORKER,
    START,
    TEAM,
    TRUST,
    made,
)

NEED = Need(made("need"), CareActOutcome.NUTRITION, "I forget to eat when I am alone.")
OUTCOME = Outcome(
    made("outcome"),
    NEED.id,
    "I want to cook my own tea again.",
    Aim.IMPROVE,
    (CareActOutcome.NUTRITION,),
    (Wellbeing.INDEPENDENCE,),
    9,
    6,
    date(2027, 2, 1),
    ("No tea", "Tea is brought", "I cook with help twice a week", "I cook with help daily", "I cook by myself"),
)
ACTIONS = (
    Action(
        made("a1"), OUTCOME.id, "Cook tea together", DoneBy.PROVIDER, "Harbour Care", "Tuesdays and Fridays at 17:00"
    ),
    Action(made("a2"), OUTCOME.id, "Write the shopping list", DoneBy.PERSON, "Peggy", "Mondays"),
    Action(made("a3"), OUTCOME.id, "Bring the shopping", DoneBy.UNPAID_CARER, "Helen", "Saturdays"),
)
GRANT = Grant(made("grant"), Funder.COUNCIL, tuple(Minutes(m) for m in (1200, 600, 1200, 600)))
CONTINGENCY = Contingency(
    Minutes(240), (Named("carer_ill", "Helen is ill"),), (Named("personal_care", "Personal care"),), Minutes(60)
)
CONTENT = PlanContent(
    plan=made("plan"),
    version=2,
    starts_on=START,
    provider=Provider(PROVIDER.id, PROVIDER.name),
    needs=(NEED,),
    outcomes=(OUTCOME,),
    actions=ACTIONS,
    hours=PlanHours((GRANT,)),
    contingency=CONTINGENCY,
    delegations=(PlanDelegation(made("delegation"), "Blood glucose", 1),),
    emergency_plan=EmergencyPlan("A fall", "Ring 999", "Helen", "Ring the council"),
    budget=Budget(Pence(30000), Pence(0), Pence(30000)),
    how_met="Help with meals.",
    prevention_advice="Keep walking.",
    review_on=date(2026, 12, 21),
)
OLD_NEED = Need(made("old-need"), CareActOutcome.HABITABLE_HOME, "The stairs were in the dark.")


def agreement(
    version: str, party: Party, capacity: Capacity, signer: UUID, name: str, content: PlanContent
) -> Agreement:
    """One party's signature, online."""
    return Agreement(
        made(f"{version}-{party}"),
        made(version),
        content_hash(as_json(content)),
        party,
        capacity,
        signer,
        name,
        "I agree to this plan.",
        Channel.ONLINE,
        signer,
        START - timedelta(days=29),
        NOW - timedelta(days=49),
    )


def version(name: str, content: PlanContent, state: VersionState) -> PlanVersion:
    """A version with its three signatures, or none for a draft."""
    signed = (
        agreement(name, Party.COUNCIL, Capacity.SOCIAL_WORKER, SOCIAL_WORKER.account_id, SOCIAL_WORKER.name, content),
        agreement(name, Party.PROVIDER, Capacity.PROVIDER, COORDINATOR.account_id, COORDINATOR.name, content),
        agreement(name, Party.PERSON, Capacity.SELF, made("citizen"), PERSON.name, content),
    )
    is_draft = state is VersionState.DRAFT
    return PlanVersion(
        id=made(name),
        plan_id=made("plan"),
        person_id=PERSON.id,
        number=content.version,
        kind=PlanKind.FULL,
        content=content,
        revision=3,
        based_on=None,
        created_at=NOW - timedelta(days=60),
        saved_at=NOW,
        saved_by=SOCIAL_WORKER.account_id,
        state=state,
        proposed_at=None if is_draft else NOW - timedelta(days=52),
        proposed_by=None if is_draft else SOCIAL_WORKER.account_id,
        content_hash=None if is_draft else content_hash(as_json(content)),
        agreements=() if is_draft else signed,
    )


FIRST = version(
    "v1",
    replace(CONTENT, version=1, starts_on=START - timedelta(days=28), needs=(OLD_NEED, NEED)),
    VersionState.SUPERSEDED,
)
SECOND = version("v2", CONTENT, VersionState.IN_FORCE)
NOT_AGREED = NotAgreed(
    id=made("not agreed"),
    version_id=SECOND.id,
    content_hash=SECOND.content_hash or "",
    said=WithoutYes(
        Cause.DISAGREES, (Tried(START, "Went to see her."),), "Not two people.", "The leaflet.",
        START + timedelta(days=28), START,
    ),
    decided_by=SOCIAL_WORKER.account_id,
    decided_by_name=SOCIAL_WORKER.name,
    at=NOW,
)  # fmt: skip
SECRET = "Not yet agreed by anybody"  # a draft's words, which must not leave
DRAFT = version("v3", replace(CONTENT, version=3, how_met=SECRET), VersionState.DRAFT)
PLAN = SupportPlan(made("plan"), PERSON.id, NOW - timedelta(days=40), START, None, None, (FIRST, SECOND, DRAFT))

DELEGATION = Delegation(
    id=made("delegation"),
    person_id=PERSON.id,
    activity_code="blood_glucose",
    activity="Blood glucose",
    delegator_id=NURSE.account_id,
    organisation_id=TRUST.id,
    provider_id=PROVIDER.id,
    funder="nhs_delegated",
    why_suitable="Stable for a year",
    exclusions="Unwell",
    equipment="Meter",
    consent="Given",
    escalation="Ring the nurse",
    stop_criteria="Below 4",
    time_window="Before breakfast",
    proposed_at=NOW - timedelta(days=20),
    ends_on=date(2027, 5, 1),
    review_on=date(2027, 2, 1),
    steps=(
        Step(Event.ACCEPT, NOW - timedelta(days=19), COORDINATOR.account_id),
        Step(Event.ACTIVATE, NOW - timedelta(days=18), NURSE.account_id),
    ),
    instructions=(
        Instruction(
            1,
            ("Wash hands", "Measure"),
            (NormalRange("Glucose", "mmol/L", Decimal("5.0"), Decimal("12.0")),),
            "The value",
            NURSE.account_id,
            NOW - timedelta(days=20),
            True,
        ),
    ),
    competences=(
        Competence(
            made("competence"),
            CARE_WORKER.account_id,
            1,
            date(2026, 10, 1),
            date(2026, 10, 8),
            NURSE.account_id,
            NOW - timedelta(days=18),
            date(2026, 10, 8),
            date(2027, 4, 8),
            NOW - timedelta(days=18),
        ),
    ),
)
OCCASION = Occasion(
    made("occasion"),
    PERSON.id,
    DELEGATION.id,
    1,
    CARE_WORKER.account_id,
    made("visit-done"),
    NOW - timedelta(days=2),
    NOW - timedelta(days=2),
    OccasionResult.DONE,
    None,
    True,
    None,
    (Reading("Glucose", Decimal("7.40"), "mmol/L", True),),
)


def visit(name: str, *, records: tuple[VisitRecord, ...] = (), cancellation: Cancellation | None = None) -> Visit:
    """An hour planned for two days ago."""
    starts = NOW - timedelta(days=2)
    return Visit(
        made(name),
        PERSON.id,
        PLAN.id,
        PROVIDER.id,
        None,
        starts,
        starts + timedelta(hours=1),
        1,
        False,
        (CARE_WORKER.account_id,),
        cancellation,
        records,
    )


def visit_record(name: str, result: Result) -> VisitRecord:
    """What the worker did there, with a note that stays here."""
    starts = NOW - timedelta(days=2)
    return VisitRecord(
        made(f"{name}-record"),
        made(name),
        PERSON.id,
        PLAN.id,
        2,
        CARE_WORKER.account_id,
        PROVIDER.id,
        None,
        starts,
        starts + timedelta(minutes=55),
        result,
        "Her son shouted at me",
        (),
        Clocked(starts, starts, timedelta(0)),
    )


VISITS = (
    visit("visit-planned"),
    visit("visit-done", records=(visit_record("visit-done", Result.COMPLETED),)),
    visit("visit-no-reply", records=(visit_record("visit-no-reply", Result.NO_REPLY),)),
    visit("visit-off", cancellation=Cancellation(NOW, CancelledBy.PERSON, "Away", timedelta(hours=30))),
)


def rating(name: str, voice: Voice, kind: RatingKind, level: Level, rater: UUID) -> Rating:
    """A view of the outcome a day ago."""
    at = NOW - timedelta(days=1)
    at_visit = made("visit-done") if kind is RatingKind.NOTE else None
    return Rating(made(name), PERSON.id, OUTCOME.id, rater, voice, kind, level, "It went well", at_visit, at, at)


RATINGS = (
    rating("r0", Voice.PERSON, RatingKind.BASELINE, Level.LESS, made("citizen")),
    rating("r1", Voice.PERSON, RatingKind.REVIEW, Level.HOPED_FOR, made("citizen")),
    rating("r2", Voice.WORKER, RatingKind.NOTE, Level.MORE, CARE_WORKER.account_id),
    rating("r3", Voice.UNPAID_CARER, RatingKind.REVIEW, Level.MUCH_LESS, made("helen")),
    replace(rating("r4", Voice.WORKER, RatingKind.NOTE, Level.MUCH_MORE, CARE_WORKER.account_id), corrects=made("r2")),
)
BANK = BankView(
    plan_id=PLAN.id,
    person_id=PERSON.id,
    period=period_number(START, 0),
    state=PeriodState.CURRENT,
    granted=Minutes(3600),
    topped_up=Minutes(0),
    carried_in=Minutes(0),
    carried_out=Minutes(0),
    delivered=Minutes(1655),
    delivered_from_bank=Minutes(1640),
    delivered_from_contingency=Minutes(0),
    planned=Minutes(60),
    unreserved=Minutes(0),
    left=Minutes(1960),
    free=Minutes(1900),
    expired=Minutes(0),
    expiring=Minutes(1900),
    unfunded=Minutes(15),
    not_taken=Minutes(0),
    earmarked=Minutes(0),
    statement=None,
    contingency=NOTHING_KEPT_ASIDE,
    weeks=(),
    funders=(),
)
DRAW = ContingencyDraw(
    made("draw"),
    PERSON.id,
    PLAN.id,
    0,
    Assessed("carer_ill", "Helen is ill"),
    Assessed("personal_care", "Personal care"),
    "Flu",
    Minutes(30),
    made("visit-done"),
    COORDINATOR.account_id,
    NOW,
    Decision.APPROVED,
    SOCIAL_WORKER.account_id,
    NOW,
    None,
)
MEMBERS = (
    Member(
        made("m1"), PERSON.id, MemberKind.SOCIAL_WORKER, NOW - timedelta(days=50), account_id=SOCIAL_WORKER.account_id
    ),
    Member(made("m2"), PERSON.id, MemberKind.PROVIDER, NOW - timedelta(days=30), organisation_id=PROVIDER.id),
    Member(made("m3"), PERSON.id, MemberKind.UNPAID_CARER, NOW - timedelta(days=50), contact_id=DAUGHTER.id),
)
WORKERS = {w.account_id: w for w in (SOCIAL_WORKER, NURSE, COORDINATOR, CARE_WORKER)}
ORGANISATIONS = {o.id: o for o in (COUNCIL, TEAM, PROVIDER, TRUST, PRACTICE)}
TABLET = Medicine(
    made("tablet"),
    PERSON.id,
    MedicineDetails(
        "Furosemide", "tablet", "40 mg", "1 tablet", Route.MOUTH, Support.REMINDED, "the pharmacy label",
        times="8 am", reason="water on the legs", code="317972004", starts_on=START, clock=(time(8),),
    ),
    NOW - timedelta(days=20),
    NURSE.account_id,
)  # fmt: skip
PAINKILLER = Medicine(
    made("painkiller"),
    PERSON.id,
    MedicineDetails(
        "Paracetamol", "tablet", "500 mg", "2 tablets", Route.MOUTH, Support.GIVEN, "the discharge letter",
        reason="pain", as_needed=AsNeeded(Minutes(240), 4), stops_on=START, starts_on=START,
    ),
    NOW - timedelta(days=20),
    NURSE.account_id,
    stop_reason="The pain has gone",
)  # fmt: skip
DOSES = tuple(
    Dose(made(name), PERSON.id, medicine, CARE_WORKER.account_id, made("visit-done"), NOW, NOW, result, reason)
    for name, medicine, result, reason in (
        ("dose-1", TABLET.id, DoseResult.TAKEN, None),
        ("dose-2", PAINKILLER.id, DoseResult.OMITTED, "She was asleep"),
        ("dose-3", made("nowhere"), DoseResult.GIVEN, None),
    )
)
STAND_AID = Item(
    made("stand-aid"),
    PERSON.id,
    NewItem(ItemKind.AID, "Stand aid", "To stand with one worker.", before=Minutes(1680), after=Minutes(840)),
    NOW,
    NURSE.account_id,
    (ItemStep(ItemEvent.DELIVER, START, NOW, NURSE.account_id, "Left in the hall"),),
)
RECORD = Record(
    at=NOW,
    about=PersonSection(
        PERSON,
        (Address(made("address"), PERSON.id, "14 Larch Close", "Northbridge", "NB4 2QT", starts_on=date(1980, 1, 1)),),
        (DAUGHTER, NEIGHBOUR),
        (AUTHORITY,),
        AllergyRecord(AllergyStatus.PRESENT, (PENICILLIN,), None, (MISTAKEN,)),
        MEMBERS,
        SharingChoice(
            made("sharing"), PERSON.id, SharingDecision.SHARES, NOW, SOCIAL_WORKER.account_id, "Yes, share it"
        ),
    ),
    plan=PlanSection(PLAN),
    hours=HoursSection((BANK,), (DRAW,)),
    outcomes=OutcomesSection(RATINGS),
    delegation=DelegationSection((DELEGATION,), (OCCASION,)),
    medicines=MedicinesSection((TABLET, PAINKILLER), DOSES),
    equipment=EquipmentSection((STAND_AID,)),
    visits=VisitsSection(VISITS),
    directory=DirectorySection(ORGANISATIONS, WORKERS),
)
