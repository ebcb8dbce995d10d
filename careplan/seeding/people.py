"""The rows of a council's organisations, workers, people and plans, ready for COPY."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from careplan.access.domain.actor import Role
from careplan.hours.domain.ledger import Account
from careplan.hours.domain.storing import terms_as_json
from careplan.hours.domain.terms import Funder, Terms
from careplan.kernel.canonical import canonical_bytes
from careplan.kernel.canonical import content_hash as hash_of
from careplan.kernel.clock import start_of_day
from careplan.kernel.ids import new_id
from careplan.kernel.period import DAYS_IN_PERIOD, period_number, period_of
from careplan.people.domain.name import folded_name
from careplan.plans.domain.content import as_json
from careplan.seeding import agreed, invented
from careplan.seeding.invented import Invented
from careplan.seeding.size import DAYS_PLANNED_AHEAD, PEOPLE_OF_A_SOCIAL_WORKER, SOCIAL_WORKERS_OF_A_TEAM, Size

Row = dict[str, Any]
ISSUER = "seed"
WORDS_SHOWN = "I have read this plan and I agree to it."
AGREED_BEFORE = timedelta(days=5)


@dataclass(slots=True)
class Rows:
    """Rows by table, in the order in which the tables can be filled."""

    of: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **row: Any) -> None:
        self.of[table].append(row)


@dataclass(slots=True)
class Provider:
    """A provider, who coordinates it, and the workers that its calls need so that nobody is in two places."""

    id: UUID
    name: str
    coordinator: UUID
    workers: list[UUID] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class Council:
    """The council's parts, by which people are shared out."""

    social_workers: Sequence[UUID]
    teams: Sequence[UUID]
    providers: Sequence[Provider]


def make_council(rows: Rows, size: Size, *, since: datetime) -> Council:
    """The organisations, and those who work at desks."""
    council = new_id()
    rows.add("organisation", id=council, ods_code="E09999", kind="council", name="Tidewater Council", part_of_id=None)
    teams = [new_id() for _ in range(size.teams)]
    for n, team in enumerate(teams, 1):
        rows.add("organisation", id=team, ods_code=None, kind="team", name=f"Team {n}", part_of_id=council)
    workers = [
        _account(rows, f"social-worker-{n}", Role.SOCIAL_WORKER, since, council, teams[n // SOCIAL_WORKERS_OF_A_TEAM])
        for n in range(size.social_workers)
    ]
    _account(rows, "commissioner", Role.COMMISSIONER, since, council, None)
    _account(rows, "finance-officer", Role.FINANCE_OFFICER, since, council, None)
    providers = []
    for n in range(size.providers):
        provider, name = new_id(), f"Provider {n + 1} Care"
        rows.add("organisation", id=provider, ods_code=f"ZZ{n:04d}", kind="provider", name=name, part_of_id=None)
        coordinator = _account(rows, f"coordinator-{n}", Role.PROVIDER_COORDINATOR, since, provider, None)
        providers.append(Provider(provider, name, coordinator))
    return Council(workers, teams, providers)


def make_people(rows: Rows, council: Council, size: Size, *, today: date, since: datetime) -> None:
    """Everyone with a plan in force, its banks, and who comes to each call."""
    for n, person in enumerate(invented.people(size.people, seed=size.seed, today=today)):
        one = _Making(rows, council, n, person, since)
        one.enter()
        # Periods end on every day of the four weeks, as they do where people come one by one.
        starts_on = today - timedelta(weeks=size.weeks) + timedelta(days=n % min(DAYS_IN_PERIOD, size.weeks * 7))
        one.agree(starts_on)
        one.open_banks(last=today + timedelta(days=DAYS_PLANNED_AHEAD))
        one.call(starts_on)


class _Making:
    """One person on their way into the rows."""

    def __init__(self, rows: Rows, council: Council, n: int, invented_: Invented, since: datetime) -> None:
        self.rows, self.n, self.said, self.since = rows, n, invented_, since
        self.provider = council.providers[n % len(council.providers)]
        worker = n // PEOPLE_OF_A_SOCIAL_WORKER
        self.social_worker = council.social_workers[worker]
        self.team = council.teams[worker // SOCIAL_WORKERS_OF_A_TEAM]
        self.person, self.plan, self.version = new_id(), new_id(), new_id()
        self.name = f"{invented_.given_name} {invented_.family_name}"
        self.citizen = _account(rows, f"citizen-{n}", Role.CITIZEN, since, None, None, name=self.name)

    def enter(self) -> None:
        said, by = self.said, {"recorded_at": self.since, "recorded_by": self.social_worker}
        self.rows.add(
            "person", id=self.person, nhs_number=said.nhs_number, nhs_number_status="verified",
            given_name=said.given_name, family_name=said.family_name, gender=said.gender, birth_date=said.birth_date,
            name_folded=folded_name(family=said.family_name, given=said.given_name, preferred=None), **by,
        )  # fmt: skip
        self.rows.add(
            "person_address", id=new_id(), person_id=self.person, line1=said.line1, town=said.town,
            postcode=said.postcode, starts_on=said.birth_date, **by,
        )  # fmt: skip
        self._join("social_worker", "caseload", account=self.social_worker, source="partnership_member")
        self._join("provider", "package", organisation=self.provider.id, source="partnership_member")
        self._relate("self", account=self.citizen, source="person", source_id=self.person)
        self._relate("team", organisation=self.team, source="person", source_id=self.person)

    def agree(self, starts_on: date) -> None:
        ids = agreed.Ids(self.plan, self.version, self.person, self.provider.id)
        content = agreed.content_of(
            ids, provider_name=self.provider.name, starts_on=starts_on, daily=self.said.daily_minutes, turn=self.n
        )
        said = as_json(content)
        at = start_of_day(starts_on) - AGREED_BEFORE
        digest = hash_of(said)
        self.rows.add(
            "support_plan", id=self.plan, person_id=self.person, created_at=at, created_by=self.social_worker,
            service_starts_on=starts_on,
        )  # fmt: skip
        self.rows.add(
            "plan_version", id=self.version, plan_id=self.plan, person_id=self.person, number=1, kind="full",
            content=Jsonb(said), revision=1, created_at=at, created_by=self.social_worker, saved_at=at,
            saved_by=self.social_worker, proposed_at=at, proposed_by=self.social_worker,
            canonical=canonical_bytes(said), content_hash=digest,
        )  # fmt: skip
        for party, capacity, signer, name in (
            ("council", "social_worker", self.social_worker, "Social worker"),
            ("provider", "provider", self.provider.coordinator, "Coordinator"),
            ("person", "self", self.citizen, self.name),
        ):
            self.rows.add(
                "plan_agreement", id=new_id(), plan_id=self.plan, person_id=self.person, version_id=self.version,
                content_hash=digest, party=party, capacity=capacity, signer_id=signer, signer_name=name,
                statement=WORDS_SHOWN, channel="online", recorded_by=signer, agreed_on=starts_on - AGREED_BEFORE, at=at,
            )  # fmt: skip
        self.terms = agreed.terms_of(ids, content)
        self.rows.add(
            "hour_terms", plan_version_id=self.version, plan_id=self.plan, person_id=self.person, version_number=1,
            service_starts_on=starts_on, takes_effect_on=starts_on, terms=Jsonb(terms_as_json(self.terms)),
            opened_at=at, opened_by=self.social_worker,
        )  # fmt: skip

    def open_banks(self, *, last: date) -> None:
        start = self.terms.service_starts_on
        for number in range(period_of(start, last).number + 1):
            period = period_number(start, number)
            bank = new_id()
            self.rows.add(
                "hour_bank", id=bank, plan_id=self.plan, person_id=self.person, funder=Funder.COUNCIL.value,
                period_number=number, starts_on=period.starts_on, ends_on=period.ends_on,
                opened_at=start_of_day(period.starts_on),
            )  # fmt: skip
            self.rows.add("hour_balance", bank_id=bank, person_id=self.person, **{a.value: 0 for a in Account})
            for entry in _granted(self.terms, bank, start_of_day(period.starts_on), self.social_worker):
                self.rows.add("hour_entry", **entry)

    def call(self, starts_on: date) -> None:
        provider = self.provider
        for call in self.said.calls:
            turn = provider.taken[call.hour]
            provider.taken[call.hour] += 1
            if turn == len(provider.workers):
                subject = f"care-worker-{provider.name}-{turn}"
                provider.workers.append(_account(self.rows, subject, Role.CARE_WORKER, self.since, provider.id, None))
            self.rows.add(
                "seed_call", person_id=self.person, plan_id=self.plan, provider_id=provider.id,
                coordinator_id=provider.coordinator, worker_id=provider.workers[turn], service_starts_on=starts_on,
                hour=call.hour, minutes=call.minutes,
            )  # fmt: skip

    def _join(self, kind: str, opens: str, *, source: str, **holder: UUID) -> None:
        member = new_id()
        self.rows.add(
            "partnership_member", id=member, person_id=self.person, kind=kind, account_id=holder.get("account"),
            organisation_id=holder.get("organisation"), since=self.since, recorded_at=self.since,
            recorded_by=self.social_worker,
        )  # fmt: skip
        self._relate(opens, source=source, source_id=member, **holder)

    def _relate(self, kind: str, *, source: str, source_id: UUID, **holder: UUID) -> None:
        self.rows.add(
            "relationship", id=new_id(), person_id=self.person, kind=kind, account_id=holder.get("account"),
            organisation_id=holder.get("organisation"), since=self.since, source_type=source, source_id=source_id,
        )  # fmt: skip


def _granted(terms: Terms, bank: UUID, at: datetime, by: UUID) -> Iterator[Row]:
    assert terms.contingency is not None  # noqa: S101  every plan made here keeps some aside
    weeks = [(week, "bank", terms.minutes_of(funder=Funder.COUNCIL, week=week)) for week in range(1, 5)]
    for week, target, minutes in [*weeks, (None, "contingency", terms.contingency.minutes)]:
        yield {
            "id": new_id(), "bank_id": bank, "person_id": terms.person_id, "kind": "allocate", "from_account": "source",
            "to_account": target, "minutes": minutes, "cause": "terms", "cause_id": terms.plan_version_id,
            "part": week or 0, "week": week, "posted_at": at, "posted_by": by,
        }  # fmt: skip


def _account(
    rows: Rows, subject: str, role: Role, since: datetime, organisation: UUID | None, team: UUID | None, name: str = ""
) -> UUID:
    account = new_id()
    rows.add(
        "account", id=account, issuer=ISSUER, subject=subject, name=name or subject.replace("-", " ").capitalize(),
        role=role.value, organisation_id=organisation, team_id=team, active_from=since,
    )  # fmt: skip
    if organisation is not None:
        rows.add(
            "worker", account_id=account, given_name=subject, family_name="", job_title=role.value.replace("_", " "),
            can_commit=role is Role.PROVIDER_COORDINATOR,
        )  # fmt: skip
    return account

