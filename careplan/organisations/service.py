"""Entering organisations, those who work for them, and the zones that they share."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor, Role
from careplan.access.queries import get_account
from careplan.db import db
from careplan.kernel.errors import Conflict, Problem
from careplan.kernel.ids import new_id
from careplan.kernel.phone import checked_phone
from careplan.organisations import queries
from careplan.organisations.domain.limit import SigningLimit, check_limit
from careplan.organisations.domain.organisation import OrganisationKind, check_place, checked_ods_code
from careplan.organisations.domain.worker import Regulator, checked_registration
from careplan.organisations.domain.zone import Scheme, Share, check_shares
from careplan.organisations.models import OrganisationRow, SigningLimitRow, WorkerRow, ZoneRow, ZoneShareRow


class OdsCodeTaken(Conflict):
    """Another organisation has this ODS code."""

    code = "ods_code_taken"


def register_organisation(
    *,
    kind: OrganisationKind,
    name: str,
    actor: Actor,
    now: datetime,
    ods_code: str | None = None,
    part_of_id: UUID | None = None,
    phone: str | None = None,
    organisation_id: UUID | None = None,
) -> UUID:
    """Enters a council, provider, trust, practice, community organisation, or a team with what it is part of.

    Raises NotAnOdsCode, OdsCodeTaken, TeamWithoutWhole, WrongPhone, NotFound.
    """
    code = checked_ods_code(ods_code)
    whole = queries.get_organisation(organisation_id=part_of_id) if part_of_id else None
    check_place(kind=kind, part_of=whole)
    if code and (taken := queries.find_by_ods_code(ods_code=code)):
        raise OdsCodeTaken(
            f"{taken.name} has this ODS code.", problems=(Problem("ods_code", f"{taken.name} has this ODS code."),)
        )
    row = OrganisationRow(
        id=organisation_id or new_id(),
        ods_code=code,
        kind=kind.value,
        name=" ".join(name.split()),
        part_of_id=part_of_id,
        phone=checked_phone(phone),
        active=True,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def set_signing_limit(*, council_id: UUID, role: Role, limit: SigningLimit, actor: Actor, now: datetime) -> None:
    """Says up to which plan a role signs for a council from now on.  Raises NotALimit, NotFound."""
    check_limit(role=role, limit=limit)
    queries.get_organisation(organisation_id=council_id)
    db.session.add(
        SigningLimitRow(
            id=new_id(),
            council_id=council_id,
            role=role.value,
            weekly_pence=limit.weekly_pence,
            weekly_minutes=limit.weekly_minutes,
            double_handed=limit.double_handed,
            since=now,
            set_by=actor.account_id,
        )
    )
    db.session.flush()


def register_zone(
    *,
    council_id: UUID,
    name: str,
    scheme: Scheme,
    shares: Sequence[Share],
    actor: Actor,
    now: datetime,
    postcodes: Sequence[str] = (),
) -> UUID:
    """Enters a zone with its providers and the beginnings of the postcodes in it.

    Raises SharesTooLarge, NotFound (an organisation that does not exist).
    """
    check_shares(shares)
    for organisation_id in (council_id, *(s.organisation_id for s in shares)):
        queries.get_organisation(organisation_id=organisation_id)
    area = list(postcodes)
    zone = ZoneRow(id=new_id(), council_id=council_id, name=name.strip(), scheme=scheme.value, postcodes=area)
    db.session.add(zone)
    db.session.flush()
    db.session.add_all(
        ZoneShareRow(zone_id=zone.id, organisation_id=s.organisation_id, percent=s.percent, hourly_pence=s.hourly)
        for s in shares
    )
    db.session.flush()
    return zone.id


def register_worker(
    *,
    account_id: UUID,
    given_name: str,
    family_name: str,
    job_title: str,
    actor: Actor,
    now: datetime,
    regulator: Regulator | None = None,
    registration_number: str | None = None,
    phone: str | None = None,
    out_of_hours_phone: str | None = None,
    can_commit: bool = False,
) -> UUID:
    """Says who the holder of an account is as a worker; saying it again replaces it.

    Raises NotFound (no such account), NotARegistration, WrongPhone.
    """
    get_account(account_id=account_id)
    row = db.session.get(WorkerRow, account_id) or WorkerRow(account_id=account_id)
    row.given_name, row.family_name, row.job_title = given_name.strip(), family_name.strip(), job_title.strip()
    row.regulator = regulator.value if regulator else None
    row.registration_number = checked_registration(regulator=regulator, number=registration_number)
    row.phone = checked_phone(phone)
    row.out_of_hours_phone = checked_phone(out_of_hours_phone, field="out_of_hours_phone")
    row.can_commit = can_commit
    db.session.add(row)
    db.session.flush()
    return account_id
