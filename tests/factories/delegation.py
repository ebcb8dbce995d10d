"""A delegated activity for tests: checking oxygen, from the proposal to a worker who may do it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.delegation import service
from careplan.delegation.domain.delegation import Delegation, NormalRange
from careplan.kernel.clock import local_date, utc_now
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.organisations.domain.worker import Regulator
from careplan.organisations.service import register_worker
from tests.factories.organisations import make_account, make_organisation

OXYGEN = NormalRange("oxygen", "%", Decimal(92), Decimal(100))


def make_nurse() -> Actor:
    """A nurse of an NHS trust."""
    trust = make_organisation(kind=OrganisationKind.NHS_TRUST, name="Northbridge Community Healthcare NHS Trust")
    nurse = make_account(Role.NURSE, organisation=trust, name="Grace Obi")
    register_worker(
        account_id=nurse.account_id, given_name="Grace", family_name="Obi", job_title="Community nurse",
        regulator=Regulator.NMC, registration_number="18A1234E", actor=nurse, now=utc_now(),
    )  # fmt: skip
    return nurse


def some_proposal(provider_id: UUID, **said: Any) -> service.Proposal:
    """A whole proposal, with what the test says otherwise."""
    usual = service.Proposal(
        activity_code="oxygen-check",
        activity="Checking oxygen",
        provider_id=provider_id,
        why_suitable="Her readings have been steady for three months.",
        consent="Margaret said yes on her own.",
        escalation="Ring the community nurses on 01632 960 300 at once.",
        stop_criteria="Blue lips.",
        instruction=service.NewInstruction(
            steps=("Warm her hand.", "Put the meter on her finger."), ranges=(OXYGEN,), record_what="The reading."
        ),
    )
    return replace(usual, **said)


def make_active(
    *, person_id: UUID, provider_id: UUID, nurse: Actor, coordinator: Actor, worker: Actor, now: datetime, **said: Any
) -> Delegation:
    """A delegation that the provider and a worker accepted; the worker may do it for a year from the day given."""
    found = service.propose_delegation(
        person_id=person_id, proposal=some_proposal(provider_id, **said), actor=nurse, now=now
    )
    service.accept_delegation(delegation_id=found.id, actor=coordinator, now=now)
    return make_competent(found.id, nurse=nurse, worker=worker, now=now)


def make_competent(
    delegation_id: UUID, *, nurse: Actor, worker: Actor, now: datetime, version: int = 1, ends_on: date | None = None
) -> Delegation:
    """A worker assessed on the day, who accepts."""
    day = local_date(now)
    competence_id = service.assess_competence(
        delegation_id=delegation_id,
        worker_id=worker.account_id,
        instruction_version=version,
        trained_on=day,
        observed_on=day,
        starts_on=day,
        ends_on=ends_on or day + timedelta(days=365),
        actor=nurse,
        now=now,
    )
    return service.accept_competence(competence_id=competence_id, actor=worker, now=now)
