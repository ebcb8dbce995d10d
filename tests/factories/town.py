"""One person with everything around her that a route can name, and everyone who is around her or is not."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from careplan.access import queries as access_queries
from careplan.access import service as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries as assessments
from careplan.assessments import service as assessing
from careplan.assessments.domain.giving import Format, Paper, Recipient
from careplan.community import service as community
from careplan.complaints import service as complaints
from careplan.complaints.domain.complaint import About
from careplan.concerns import service as concerns
from careplan.delegation import queries as delegation_queries
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.delegation.domain.stopping import Cause
from careplan.delegation.service.stopping import Falling, raise_stop
from careplan.endings.domain.ending import EndingKind
from careplan.equipment import service as equipment
from careplan.equipment.domain.item import ItemKind, NewItem
from careplan.equipment.domain.referral import NewReferral, Urgency
from careplan.hours import service as hours
from careplan.hours.domain.adjusting import Lasting, Wanted
from careplan.hours.domain.contingency import DrawRequest
from careplan.hours.domain.pausing import PauseReason
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.medicines import queries as medicine_queries
from careplan.medicines import service as medicine_service
from careplan.medicines.domain.dose import DoseResult
from careplan.notices import queries as notice_queries
from careplan.notices import service as notices
from careplan.notices.domain.notice import Audience, NoticeKind
from careplan.organisations import service as organisations
from careplan.organisations.domain.limit import SigningLimit
from careplan.organisations.domain.organisation import Organisation, OrganisationKind
from careplan.outcomes import queries as outcome_queries
from careplan.outcomes import service as outcomes
from careplan.payments.domain.calendar import last_pay_period
from careplan.payments.domain.pay_model import Model
from careplan.payments.queries import runs as pay_runs
from careplan.payments.service import paying
from careplan.people import queries
from careplan.people import service as people
from careplan.people.domain.advance_decision import AdvanceDetails, AdvanceKind
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.moving import MovingDetails
from careplan.people.domain.partnership import MemberKind
from careplan.plans import service as plans
from careplan.plans.domain.content import DoneBy
from careplan.reviews import service as reviews
from careplan.transfers import service as transfers
from careplan.transfers.domain.transfer import Reason
from careplan.transfers.service.acting import NewAct
from careplan.visits import queries as visits
from careplan.visits.domain.alert import AlertKind
from careplan.visits.queries.watching import list_alerts
from careplan.visits.service.watching import raise_alert
from tests.factories.carers import make_carer, make_carer_plan, make_eligible
from tests.factories.concerns import make_concern
from tests.factories.delegation import make_active, make_nurse
from tests.factories.documents import make_easy_read
from tests.factories.endings import end_care, take_back
from tests.factories.organisations import make_account, make_organisation, make_social_worker
from tests.factories.payments import make_kept_contract, make_sent_charge
from tests.factories.people import make_contact, make_person, some_medicine
from tests.factories.plans import make_representative
from tests.factories.reviews import make_review
from tests.factories.rota import import_some, plan
from tests.factories.visits import Care, make_care, make_visit, visit_body

ALONE = (
    Role.COMMISSIONER, Role.BROKER, Role.FINANCE_OFFICER, Role.SAFEGUARDING_LEAD, Role.AUDITOR, Role.PRIVACY_OFFICER,
    Role.ADMIN,
)  # fmt: skip


@dataclass
class Town:
    """Margaret's ids by the names that routes give them, and accounts by the names that the oracle gives them."""

    care: Care
    trust: Organisation
    actors: dict[str, Actor] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    risks: list[UUID] = field(default_factory=list)

    @property
    def person_id(self) -> UUID:
        return self.care.person_id


def make_town(*, now: datetime) -> Town:
    """Margaret with a plan in force and the next one proposed; the caller's session must see everything."""
    risks = [{"id": str(new_id()), "words": f"Step {n} is loose.", "response": "Hold the rail."} for n in range(60)]
    care = make_care(now=now, starts_on=local_date(now) - timedelta(days=6), risks=risks, also_done=["community"])
    nurse = make_nurse()
    trust = make_organisation(kind=OrganisationKind.NHS_TRUST, name="Northbridge Community Healthcare NHS Trust")
    town = Town(care, trust, risks=[UUID(r["id"]) for r in risks])
    town.actors |= _around(care, nurse, now) | _strangers()
    _give_work(town, now)
    _say_more(town, now)
    _tell(town)
    _raise_a_concern(town, now)
    assessment = assessments.find_assessment(person_id=care.person_id)
    assert assessment is not None
    town.ids |= {"assessment_id": assessment.id}
    town.ids["message_id"] = new_id()
    _write_down_what_may_be_wrong(town, now)
    town.ids["carer_id"] = _carer(town, now)
    town.ids["part_id"] = make_easy_read(care.version, care.around, now=now).parts[0].id
    _complain(town, now)
    _settle(town, now)
    town.ids |= {"person_id": care.person_id, "plan_id": care.version.plan_id, "number": 1, "before": 1, "after": 2}
    return town


def tablet_records(town: Town, *, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """What three workers send: a visit, an activity by somebody not found able, and a visit to a stranger."""
    earlier = now.replace(microsecond=0) - timedelta(hours=2)
    town.ids["record_id"] = town.ids["week_visit_id"] = new_id()
    return {
        "care-worker": [
            visit_body(town.care, start=earlier, id=str(town.ids["record_id"])),
            visit_body(town.care, start=earlier, person=str(town.ids["stranger_id"]), plan_version=None),
        ],
        "care-worker-uncertified": [
            _activity(town, earlier),
            _unknown_medicine(town, earlier),
            visit_body(town.care, start=earlier),
        ],
    }


def find_what_came(town: Town) -> None:
    """Names what the tablets' records raised: a flag, an alert, a record that is held."""
    provider_id = town.care.around.provider.id
    town.ids["flag_id"] = visits.list_flags(provider_id=provider_id)[0].id
    town.ids["held_id"] = visits.list_held(organisation_id=provider_id)[0].id
    (incident,) = delegation_queries.list_incidents(delegation_id=town.ids["delegation_id"])
    (escalation, *_) = delegation_queries.list_escalations(delegation_id=town.ids["delegation_id"])
    town.ids |= {"incident_id": incident.id, "escalation_id": escalation.id}
    town.ids["medicine_alert_id"] = medicine_queries.list_open_alerts(organisation_id=provider_id)[0].id
    town.ids["alert_id"] = delegation_queries.list_open_alerts(organisation_id=provider_id)[0].id


def _around(care: Care, nurse: Actor, now: datetime) -> dict[str, Actor]:
    around, provider = care.around, care.around.provider
    worker, person_id = around.social_worker, care.person_id
    team = around.social_worker.team_id
    carer, therapist = make_account(Role.UNPAID_CARER, name="Ann Hall"), make_account(Role.OCCUPATIONAL_THERAPIST)
    contact_id = make_contact(person_id=person_id, actor=worker, account=carer, name="Ann Hall")
    people.add_unpaid_carer(
        person_id=person_id, contact_id=contact_id, starts_on=local_date(now) - timedelta(days=3), actor=worker,
        now=now, agreed_words="Ann may see who comes.",
    )  # fmt: skip
    for kind, actor in ((MemberKind.NURSE, nurse), (MemberKind.OCCUPATIONAL_THERAPIST, therapist)):
        people.join_partnership(person_id=person_id, kind=kind, account_id=actor.account_id, actor=worker, now=now)
    return {
        "citizen": around.citizen,
        "representative": make_representative(around),
        "unpaid-carer": carer,
        "social-worker": worker,
        "team-manager": access.open_account(
            issuer="test", subject="team-manager", name="Ruth Adeyemi", role=Role.TEAM_MANAGER, now=now,
            organisation_id=worker.organisation_id, team_id=team,
        ),
        "provider-coordinator": around.coordinator,
        "trusted-assessor": make_account(Role.TRUSTED_ASSESSOR, organisation=provider),
        "care-worker": care.joy,
        "care-worker-uncertified": care.sam,
        "nurse": nurse,
        "occupational-therapist": therapist,
    }  # fmt: skip


def _write_down_what_may_be_wrong(town: Town, now: datetime) -> None:
    """A paper that was given, and a note about others: either can be marked as entered in error."""
    worker, person_id = town.care.around.social_worker, town.person_id
    assessment = assessments.find_assessment(person_id=person_id)
    assert assessment is not None
    given = assessing.record_given(
        person_id=person_id, paper=Paper.ASSESSMENT, paper_id=assessment.id, recipient=Recipient.PERSON,
        format=Format.PAPER, given_on=local_date(now), actor=worker, now=now,
    )  # fmt: skip
    assessing.add_note(person_id=person_id, words="Her neighbour worries.", actor=worker, now=now)
    town.items["given"] = given.id
    town.items["notes"] = assessments.list_notes(person_id=person_id)[0].id


def _carer(town: Town, now: datetime) -> UUID:
    """Ann's own record: she is eligible, and her plan waits for her."""
    worker, ann = town.care.around.social_worker, town.actors["unpaid-carer"]
    contact = next(c for c in queries.list_contacts(person_id=town.person_id) if c.account_id == ann.account_id)
    carer = make_carer(person_id=town.person_id, contact_id=contact.id, actor=worker, now=now)
    make_eligible(carer, actor=worker, now=now)
    make_carer_plan(carer, actor=worker, now=now)
    return carer.id


def _strangers() -> dict[str, Actor]:
    elsewhere = make_organisation(name="Meadow Home Support")
    return {
        "other-citizen": make_account(Role.CITIZEN),
        "other-representative": make_account(Role.REPRESENTATIVE),
        "other-carer": make_account(Role.UNPAID_CARER),
        "social-worker-other-team": make_social_worker(),
        "other-provider-coordinator": make_account(Role.PROVIDER_COORDINATOR, organisation=elsewhere),
        "other-trusted-assessor": make_account(Role.TRUSTED_ASSESSOR, organisation=elsewhere),
        "other-care-worker": make_account(Role.CARE_WORKER, organisation=elsewhere),
        "other-nurse": make_nurse(),
        "other-therapist": make_account(Role.OCCUPATIONAL_THERAPIST),
        **{role.value.replace("_", "-"): make_account(role) for role in ALONE},
    }


def _give_work(town: Town, now: datetime) -> None:
    """A delegation, a visit today for both workers, contingency that waits, the next version, a suggestion."""
    care, actors = town.care, town.actors
    given = make_active(
        person_id=care.person_id, provider_id=care.around.provider.id, nurse=actors["nurse"],
        coordinator=care.around.coordinator, worker=care.joy, now=now - timedelta(days=2),
        ladder=(EscalationStep(1, "Grace Obi", "01632 960401", 60, When.ALWAYS, actors["nurse"].account_id),),
    )  # fmt: skip
    town.ids["stop_id"] = _stop_somebody(given, now)
    noon = at_local(local_date(now), time(12))
    workers = [care.joy.account_id, care.sam.account_id]
    visit = make_visit(care, start=noon, workers=workers, workers_needed=2)
    raise_alert(visit, AlertKind.NO_START, now)
    (alert,) = list_alerts(provider_id=care.around.provider.id)
    town.ids["visit_alert_id"] = alert.id
    town.ids["import_id"] = import_some(care, now=now).id
    tomorrow = local_date(now) + timedelta(days=1)
    pattern = plan(care, now=now, from_day=tomorrow, until=tomorrow).pattern
    draw = hours.draw_contingency(
        person_id=care.person_id,
        request=DrawRequest(new_id(), "chest_infection", "personal_care", "Her chest is bad again.", Minutes(90)),
        actor=care.around.coordinator, now=now,
    )  # fmt: skip
    _change_hours(town, now)
    town.ids |= {
        "delegation_id": given.id, "competence_id": given.competences[0].id, "visit_id": visit.id,
        "pattern_id": pattern.id, "worker_id": care.joy.account_id,
        "draw_id": draw.draw_id, "stranger_id": make_person(social_worker=actors["social-worker-other-team"]),
    }  # fmt: skip
    _write_next_version(town, given, now)


def _stop_somebody(given: Delegation, now: datetime) -> UUID:
    """Somebody who could do it has left, which neither side has taken up."""
    return raise_stop(given, Falling(Cause.WORKER_LEFT, now - timedelta(hours=1)), now=now)


def _change_hours(town: Town, now: datetime) -> None:
    """A change of hours that waits for the social worker, a pause to come, and time kept for a need."""
    care, worker = town.care, town.care.around.social_worker
    said = {"person_id": care.person_id, "now": now}
    later = local_date(now) + timedelta(days=20)
    outcome = care.version.content.outcomes[0].id
    wanted = Wanted(new_id(), 60, outcome, "She walks further now.", Lasting.THIS_PERIOD, "She said yes.")
    asked = hours.adjust_hours(wanted=wanted, actor=town.actors["trusted-assessor"], **said)
    pause = hours.pause_care(
        pause_id=new_id(), reason=PauseReason.AWAY, starts_on=later, ends_on=later, actor=worker, **said
    )
    kept = new_id()
    hours.earmark(earmark_id=kept, minutes=Minutes(30), need="Her eye operation", until=later, actor=worker, **said)
    disputed = _dispute(town, now)
    town.ids |= {"adjustment_id": asked.id, "pause_id": pause.id, "earmark_id": kept, "dispute_id": disputed}


def _dispute(town: Town, now: datetime) -> UUID:
    """A visit that took far more than the hours left, and the provider does not agree who pays."""
    care, visit, day = town.care, new_id(), local_date(now)
    plan_id = care.version.plan_id
    hours.draw_for_record(
        record_id=new_id(), visit_id=visit, plan_id=plan_id, person_id=care.person_id, funder=None, starts_on=day,
        countable=Minutes(30_000), actor=care.around.coordinator, now=now,
    )  # fmt: skip
    return hours.dispute_unfunded(
        dispute_id=new_id(), person_id=care.person_id, visit_id=visit, why="The lift was broken.", days=10,
        actor=care.around.coordinator, now=now,
    ).id  # fmt: skip


def _write_next_version(town: Town, given: Delegation, now: datetime) -> None:
    worker, plan_id = town.care.around.social_worker, town.care.version.plan_id
    review = make_review(plan_id=plan_id, actor=worker, now=now)
    draft = reviews.begin_next_version(plan_id=plan_id, review_id=review.id, actor=worker, now=now)
    starts_on = (local_date(now) + timedelta(days=14)).isoformat()
    plans.save_draft(plan_id=plan_id, changes={"starts_on": starts_on}, revision=draft.revision, actor=worker, now=now)
    organisations.set_signing_limit(
        council_id=worker.organisation_id, role=Role.SOCIAL_WORKER, limit=SigningLimit(weekly_minutes=Minutes(600)),
        actor=worker, now=now,
    )  # fmt: skip
    plans.propose_plan(plan_id=plan_id, actor=worker, now=now)
    asked = plans.ask_manager(plan_id=plan_id, number=2, actor=worker, now=now)
    suggestion = plans.suggest_change(
        suggestion_id=new_id(), plan_id=plan_id, number=2, item="contingency", field="minutes", value=300,
        why="She needed all of it last winter.", actor=town.care.around.coordinator, now=now,
    )  # fmt: skip
    signed = town.care.version.agreements[0]
    town.ids |= {"suggestion_id": suggestion.id, "request_id": asked.id}
    town.ids |= {"agreement_id": signed.id, "review_id": review.id}
    town.items["needs"] = town.care.version.content.needs[0].id


def _say_more(town: Town, now: datetime) -> None:
    """Sharing with the trust, and one of everything that her details hold."""
    person_id, worker = town.person_id, town.care.around.social_worker
    said = {"person_id": person_id, "actor": worker, "now": now}
    people.open_sharing(organisation_id=town.trust.id, **said)
    people.record_way_in(words="Key safe to the left of the door.", key_safe_code="4071", **said)
    town.items["adjustments"] = people.record_adjustment(words="Face her and speak slowly.", **said)
    town.items["allergies"] = people.record_allergy(
        status=AllergyStatus.PRESENT, substance="penicillin", reaction="a rash", **said
    )
    town.items["medicines"] = people.record_medicine(details=some_medicine(technique=True), **said)
    town.ids |= {"medicine_id": town.items["medicines"], "dose_id": new_id()}
    medicine_service.record_dose(
        dose_id=town.ids["dose_id"], person_id=person_id, medicine_id=town.ids["medicine_id"], effective_at=now,
        result=DoseResult.GIVEN, actor=town.actors["care-worker"], now=now,
    )  # fmt: skip
    _ask_a_therapist(town, now)
    town.items["advance-decisions"] = people.record_advance_decision(
        details=AdvanceDetails(AdvanceKind.RESPECT, "In the yellow folder", local_date(now)), **said
    )
    town.items["moving"] = people.record_moving(details=MovingDetails("Walks with her frame.", 1), **said)
    town.items["contacts"] = make_contact(person_id=person_id, actor=worker, name="Nora Bell")
    town.items["carers"] = next(c.id for c in queries.list_contacts(person_id=person_id) if c.name == "Ann Hall")
    town.items["authorities"] = queries.list_authorities(person_id=person_id)[0].id
    town.items["partnership"] = queries.list_partnership(person_id=person_id)[-1].id
    town.items["ending"] = _end_by_mistake(town, now)
    town.ids["act_id"] = _move_many(town, now)
    town.ids["outcome_id"] = town.care.outcome_id
    town.ids |= {"action_id": _community(town), "community_referral_id": _referral(town, now)}
    outcomes.say_barriers(outcome_id=town.care.outcome_id, kinds=(), words="The step is high.", **said)
    town.ids["barrier_id"] = outcome_queries.list_barriers(person_id=person_id)[0].id


def _ask_a_therapist(town: Town, now: datetime) -> None:
    """A therapist who was asked to come, and a thing that was ordered."""
    worker, therapist = town.care.around.social_worker, town.actors["occupational-therapist"]
    asked = NewReferral(therapist.account_id, "The stairs are hard.", Urgency.SOON, "Yes, she may come.")
    town.ids["referral_id"] = equipment.refer(person_id=town.person_id, said=asked, actor=worker, now=now)
    rail = NewItem(ItemKind.AID, "Stair rail", "To go up by herself.")
    town.ids["equipment_id"] = equipment.prescribe(person_id=town.person_id, said=rail, actor=therapist, now=now)


def _community(town: Town) -> UUID:
    """The action of her plan that a community organisation does."""
    return next(a.id for a in town.care.version.content.actions if a.by is DoneBy.COMMUNITY)


def _referral(town: Town, now: datetime) -> UUID:
    referral = community.refer(
        referral_id=new_id(), person_id=town.person_id, action_id=_community(town), organisation_id=None,
        organisation="Larch Hill choir", yes_words="I would love to.", made_on=local_date(now),
        actor=town.care.around.social_worker, now=now,
    )  # fmt: skip
    return referral.id


def _move_many(town: Town, now: datetime) -> UUID:
    """The team manager has made a list of everyone whose provider cannot go on; Margaret stands in it."""
    manager, provider = town.actors["team-manager"], town.care.around.provider
    visible = access_queries.select_visible(actor=manager, section=Section.TRANSFER, action=Action.WRITE, now=now)
    new = make_organisation(name="Willow Care at Home")
    changes_on = local_date(now) + timedelta(days=30)
    said = NewAct(provider.id, new.id, Reason.PROVIDER_NOTICE, changes_on)
    act = transfers.start_act(said=said, visible=visible, actor=manager, now=now)
    transfers.go_on(act_id=act.id, actor=manager, now=now)
    return act.id


def _end_by_mistake(town: Town, now: datetime) -> UUID:
    """An ending that was entered in error: everything has come back, and the ending stays to be seen."""
    ending = end_care(town.care, kind=EndingKind.CARE_HOME, ends_at=now + timedelta(days=60), now=now)
    take_back(town.care, ending, now=now)
    return ending.id


def _tell(town: Town) -> None:
    """Something that she was told and has not read; told now, for those around her are so from just before."""
    notices.tell(
        person_id=town.person_id, audience=[Audience.PERSON], words="Priya wrote about the plan.", address="/me/plan",
        actor=town.care.around.social_worker, now=utc_now(), kind=NoticeKind.COMMENT,
    )  # fmt: skip
    town.ids["notice_id"] = notice_queries.list_notices(actor=town.care.around.citizen, now=utc_now())[0].id


def _raise_a_concern(town: Town, now: datetime) -> None:
    """A worry with something to be done, somebody suspended who has no account, and its lines withheld."""
    worker = town.care.around.social_worker
    concern_id = make_concern(person_id=town.person_id, actor=worker, now=now)
    said: dict[str, Any] = {"concern_id": concern_id, "actor": worker, "now": now}
    week = local_date(now) + timedelta(days=7)
    town.ids["concern_id"] = concern_id
    town.items["actions"] = concerns.plan_action(words="Ask the bank.", who="Priya", due_on=week, **said)
    town.items["suspensions"] = concerns.suspend_contact(
        contact_id=town.items["contacts"], reason="She holds the purse.", due_on=week, **said
    )
    town.items["withholdings"] = concerns.withhold_lines(ground="It would be read over.", due_on=week, **said)


def _complain(town: Town, now: datetime) -> None:
    """Something that went wrong, as she says, and that nobody has answered."""
    complaint = complaints.complain(
        person_id=town.person_id, about=About.CARE, words="They wear their shoes on my carpet.", wanted=None, days=10,
        actor=town.care.around.citizen, now=now,
    )  # fmt: skip
    town.ids["complaint_id"] = complaint.id


def _settle(town: Town, now: datetime) -> None:
    """A block line that was paid for the last pay period, and a week for which she was charged nothing."""
    officer, span = town.actors["finance-officer"], last_pay_period(local_date(now))
    town.ids["contract_id"] = make_kept_contract(
        town.care.around.provider.id, actor=officer, model=Model.BLOCK, now=now
    )
    run_id = paying.draw_up_pay_run(span=span, actor=officer, now=now)
    paying.release_run(run_id=run_id, actor=officer, now=now)
    town.ids |= {"pay_run_id": run_id, "pay_line_id": pay_runs.list_lines(run_id=run_id)[0].id}
    town.ids["charge_run_id"] = make_sent_charge(
        town.person_id, freeze_id=pay_runs.get_run(run_id=run_id).freeze_id, actor=officer, now=now
    )


def _unknown_medicine(town: Town, at: datetime) -> dict[str, Any]:
    return {
        "id": str(new_id()), "kind": "medicine", "person": str(town.person_id), "plan_version": 1,
        "medicine": str(new_id()), "occurred_at": at.isoformat(), "result": "given",
    }  # fmt: skip


def _activity(town: Town, at: datetime) -> dict[str, Any]:
    return {
        "id": str(new_id()), "kind": "activity", "person": str(town.person_id), "visit": None, "plan_version": 1,
        "delegation": str(town.ids["delegation_id"]), "instruction_version": 1, "occurred_at": at.isoformat(),
        "result": "done", "readings": [{"name": "oxygen", "value": 88, "unit": "%"}],
    }  # fmt: skip
