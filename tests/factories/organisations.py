"""Organisations, accounts and workers for tests; all invented. Their caller's session must see everything."""

from itertools import count

from careplan.access import service as access_service
from careplan.access.domain.actor import SYSTEM, Actor, Role
from careplan.kernel.clock import utc_now
from careplan.organisations import queries, service
from careplan.organisations.domain.organisation import Organisation, OrganisationKind

_number = count(1)


def make_organisation(*, kind: OrganisationKind = OrganisationKind.PROVIDER, name: str | None = None) -> Organisation:
    """An organisation of a kind, with an ODS code of its own."""
    number = next(_number)
    organisation_id = service.register_organisation(
        kind=kind,
        name=name or f"{kind.value.replace('_', ' ').capitalize()} {number}",
        ods_code=f"T{number:04d}",
        actor=SYSTEM,
        now=utc_now(),
    )
    return queries.get_organisation(organisation_id=organisation_id)


def make_team(*, council: Organisation | None = None, name: str | None = None) -> Organisation:
    """A team of a council."""
    whole = council or make_organisation(kind=OrganisationKind.COUNCIL)
    organisation_id = service.register_organisation(
        kind=OrganisationKind.TEAM,
        name=name or f"Team {next(_number)}",
        part_of_id=whole.id,
        actor=SYSTEM,
        now=utc_now(),
    )
    return queries.get_organisation(organisation_id=organisation_id)


def make_account(
    role: Role, *, organisation: Organisation | None = None, team: Organisation | None = None, name: str | None = None
) -> Actor:
    """Somebody who can sign in."""
    number = next(_number)
    return access_service.open_account(
        issuer="test",
        subject=f"{role.value}-{number}",
        name=name or f"{role.value.replace('_', ' ').capitalize()} {number}",
        role=role,
        now=utc_now(),
        organisation_id=organisation.id if organisation else team.part_of_id if team else None,
        team_id=team.id if team else None,
    )


def make_social_worker(*, team: Organisation | None = None) -> Actor:
    """A social worker in a team of a council."""
    return make_account(Role.SOCIAL_WORKER, team=team or make_team())


def make_worker(role: Role = Role.CARE_WORKER, *, organisation: Organisation, can_commit: bool = False) -> Actor:
    """Somebody who works for an organisation, with an account."""
    actor = make_account(role, organisation=organisation)
    service.register_worker(
        account_id=actor.account_id,
        given_name="Joy",
        family_name="Mensah",
        job_title="Care worker",
        can_commit=can_commit,
        actor=SYSTEM,
        now=utc_now(),
    )
    return actor
