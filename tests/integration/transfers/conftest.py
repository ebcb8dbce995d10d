"""Margaret with Harbour Care, and Meadow Home Support to which her care goes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest

from careplan.access.domain.actor import Actor, Role
from careplan.delegation.domain.delegation import Delegation
from careplan.kernel.clock import at_local, local_date
from careplan.organisations import service as organisations
from careplan.organisations.domain.organisation import Organisation
from careplan.plans.domain.agreement import Capacity
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.state import Party
from careplan.plans.service import agree_plan
from careplan.transfers import service
from careplan.transfers.domain.transfer import Reason, Transfer
from careplan.transfers.service.asking import Said
from careplan.transfers.service.beginning import NewTransfer
from careplan.visits.domain.visit import Visit
from tests.factories.delegation import make_active, make_nurse
from tests.factories.organisations import make_account, make_organisation
from tests.factories.plans import Around, agree, make_agreed, make_around, signature
from tests.factories.visits import Care, make_visit
from tests.integration.visits.conftest import commit, earlier, now, send

__all__ = ["commit", "earlier", "now", "send"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Move:
    """Who is moved, by whom and to whom, and what was handed over to whom before."""

    care: Care
    new: Organisation
    new_coordinator: Actor
    nurse: Actor
    given: Delegation
    now: datetime

    @property
    def person_id(self):
        return self.care.person_id

    @property
    def around(self) -> Around:
        return self.care.around

    @property
    def today(self) -> date:
        return local_date(self.now)

    def begin(self, *, days: int = 10, **said) -> Transfer:
        """The social worker begins it; the change is in ten days, or in as many as the test says."""
        usual = {"to_provider_id": self.new.id, "reason": Reason.ZONE_START, "changes_on": self.today + days * DAY}
        new = NewTransfer(**{**usual, **said})
        return service.begin_transfer(person_id=self.person_id, said=new, actor=self.around.social_worker, now=self.now)

    def consult(self, transfer: Transfer, **said):
        """The person was asked at home."""
        usual = {"asked_on": self.today, "how": "At home, with Jean.", "words": "If Joy can come.", "objects": False}
        return service.record_consultation(
            person_id=self.person_id, transfer_id=transfer.id, said=Said(**{**usual, **said}),
            actor=self.around.social_worker, now=self.now,
        )  # fmt: skip

    def ask(self, transfer: Transfer) -> PlanVersion:
        return service.ask_provider(
            person_id=self.person_id, transfer_id=transfer.id, actor=self.around.social_worker, now=self.now
        )

    def send(self, transfer: Transfer) -> PlanVersion:
        return service.send_round(
            person_id=self.person_id, transfer_id=transfer.id, actor=self.around.social_worker, now=self.now
        )

    def sign(self, version: PlanVersion, *, now: datetime | None = None) -> PlanVersion:
        """Everybody who is still to sign signs."""
        for party in version.outstanding:
            if party is Party.PROVIDER:
                version = agree_plan(
                    plan_id=version.plan_id, number=version.number, actor=self.new_coordinator, now=now or self.now,
                    signature=signature(version, party, Capacity.PROVIDER),
                )  # fmt: skip
            else:
                version = agree(version, self.around, party, now=now or self.now)
        return version


@pytest.fixture
def move(session, now, commit) -> Move:
    """A plan in force for a week, with one activity handed over to Harbour Care's workers."""
    before = now - 7 * DAY
    around = make_around(now=before)
    joy = make_account(Role.CARE_WORKER, organisation=around.provider, name="Joy Mensah")
    nurse = make_nurse()
    given = make_active(
        person_id=around.person_id, provider_id=around.provider.id, nurse=nurse, coordinator=around.coordinator,
        worker=joy, now=before,
    )  # fmt: skip
    planned = {
        "delegation": str(given.id), "activity": given.activity, "instruction_version": 1,
        "until_competent": "The community nurses",
    }  # fmt: skip
    version = make_agreed(around, now=before, starts_on=local_date(before), delegations=[planned])
    new = make_organisation(name="Meadow Home Support")
    coordinator = make_account(Role.PROVIDER_COORDINATOR, organisation=new, name="Linda Marsh")
    organisations.register_worker(
        account_id=coordinator.account_id, given_name="Linda", family_name="Marsh", job_title="Coordinator",
        can_commit=True, actor=around.social_worker, now=now,
    )  # fmt: skip
    made = Move(Care(around, version, joy, joy), new, coordinator, nurse, given, now)
    commit()
    return made


@pytest.fixture
def planned(move, commit) -> dict[int, Visit]:
    """What Harbour Care has planned: in two, nine, ten and twelve days."""
    made = {
        days: make_visit(move.care, start=at_local(move.today + days * DAY, time(9)), now=move.now - DAY)
        for days in (2, 9, 10, 12)
    }
    commit()
    return made
