"""Organisations, workers and zones as frozen values."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor, Role
from careplan.access.queries import list_accounts, list_accounts_by_id
from careplan.db import db
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.organisations.domain.limit import NO_LIMIT, SigningLimit
from careplan.organisations.domain.organisation import Organisation, OrganisationKind
from careplan.organisations.domain.worker import Regulator, Worker
from careplan.organisations.domain.zone import Scheme, Share, Zone
from careplan.organisations.models import OrganisationRow, SigningLimitRow, WorkerRow, ZoneRow, ZoneShareRow


def get_organisation(*, organisation_id: UUID) -> Organisation:
    """Raises NotFound."""
    found = find_organisation(organisation_id=organisation_id)
    if found is None:
        raise NotFound("There is no such organisation.")
    return found


def find_organisation(*, organisation_id: UUID) -> Organisation | None:
    """An organisation or team by its id."""
    row = db.session.get(OrganisationRow, organisation_id)
    return _organisation(row) if row else None


def find_by_ods_code(*, ods_code: str) -> Organisation | None:
    """An organisation by its ODS code, in capitals."""
    row = db.session.scalar(select(OrganisationRow).where(OrganisationRow.ods_code == ods_code))
    return _organisation(row) if row else None


def list_organisations(*, kind: OrganisationKind | None = None) -> list[Organisation]:
    """Those still active, of one kind or of all, by name."""
    query = select(OrganisationRow).where(OrganisationRow.active).order_by(OrganisationRow.name, OrganisationRow.id)
    if kind is not None:
        query = query.where(OrganisationRow.kind == kind.value)
    return [_organisation(r) for r in db.session.scalars(query)]


def list_organisations_by_id(*, organisation_ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """Organisations by id; an unknown id is left out."""
    rows = db.session.scalars(select(OrganisationRow).where(OrganisationRow.id.in_(list(organisation_ids))))
    return {r.id: _organisation(r) for r in rows}


def list_zones() -> list[Zone]:
    """Every zone by name, with its providers by share."""
    shares: dict[UUID, list[Share]] = defaultdict(list)
    for row in db.session.scalars(select(ZoneShareRow).order_by(ZoneShareRow.percent.desc())):
        shares[row.zone_id].append(Share(row.organisation_id, row.percent, Pence(row.hourly_pence)))
    rows = db.session.scalars(select(ZoneRow).order_by(ZoneRow.name))
    return [Zone(r.id, r.council_id, r.name, Scheme(r.scheme), tuple(shares[r.id]), tuple(r.postcodes)) for r in rows]


def get_worker(*, account_id: UUID) -> Worker:
    """Raises NotFound."""
    found = find_worker(account_id=account_id)
    if found is None:
        raise NotFound("There is no such worker.")
    return found


def find_worker(*, account_id: UUID) -> Worker | None:
    """What is known of an account's holder as a worker."""
    return list_workers_by_id(account_ids=[account_id]).get(account_id)


def list_workers_by_id(*, account_ids: Iterable[UUID]) -> dict[UUID, Worker]:
    """Workers by their account's id; an account that is no worker's is left out."""
    return _workers_of(list_accounts_by_id(account_ids=account_ids))


def list_workers(*, organisation_id: UUID) -> list[Worker]:
    """Those whose accounts belong to an organisation, by family name."""
    accounts = {a.account_id: a for a in list_accounts(organisation_id=organisation_id)}
    workers = _workers_of(accounts).values()
    return sorted(workers, key=lambda w: (w.family_name, w.given_name, w.account_id))


def may_commit(*, account_id: UUID, organisation_id: UUID) -> bool:
    """Whether this account's holder may sign for this organisation."""
    worker = find_worker(account_id=account_id)
    return worker is not None and worker.can_commit and worker.organisation_id == organisation_id


def find_signing_limit(*, council_id: UUID, role: Role, at: datetime) -> SigningLimit:
    """Up to which plan a role signs for a council at an instant; where the council has said nothing, every plan."""
    row = db.session.scalar(
        select(SigningLimitRow)
        .where(
            SigningLimitRow.council_id == council_id, SigningLimitRow.role == role.value, SigningLimitRow.since <= at
        )
        .order_by(SigningLimitRow.since.desc())
        .limit(1)
    )
    if row is None:
        return NO_LIMIT
    return SigningLimit(
        weekly_pence=Pence(row.weekly_pence) if row.weekly_pence is not None else None,
        weekly_minutes=Minutes(row.weekly_minutes) if row.weekly_minutes is not None else None,
        double_handed=row.double_handed,
    )


def _workers_of(accounts: dict[UUID, Actor]) -> dict[UUID, Worker]:
    rows = db.session.scalars(select(WorkerRow).where(WorkerRow.account_id.in_(list(accounts))))
    return {row.account_id: _worker(row, accounts[row.account_id]) for row in rows}


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        id=row.id,
        kind=OrganisationKind(row.kind),
        name=row.name,
        ods_code=row.ods_code,
        part_of_id=row.part_of_id,
        phone=row.phone,
        active=row.active,
    )


def _worker(row: WorkerRow, account: Actor) -> Worker:
    return Worker(
        account_id=row.account_id,
        given_name=row.given_name,
        family_name=row.family_name,
        job_title=row.job_title,
        organisation_id=account.organisation_id,
        team_id=account.team_id,
        regulator=Regulator(row.regulator) if row.regulator else None,
        registration_number=row.registration_number,
        phone=row.phone,
        out_of_hours_phone=row.out_of_hours_phone,
        can_commit=row.can_commit,
    )
