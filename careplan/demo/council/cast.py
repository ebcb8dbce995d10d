"""The organisations of the demo council and everyone who works for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.access import service as access_service
from careplan.access.domain.actor import SYSTEM, Actor, Role
from careplan.demo.personas import ISSUER, PERSONAS, Persona
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.organisations import service as organisations
from careplan.organisations.domain.limit import SigningLimit
from careplan.organisations.domain.organisation import OrganisationKind
from careplan.organisations.domain.worker import Regulator
from careplan.organisations.domain.zone import Scheme, Share


@dataclass(frozen=True, slots=True)
class House:
    """An organisation of the demo: its key here, its kind, code and name, and what it is part of."""

    key: str
    kind: OrganisationKind
    ods_code: str | None
    name: str
    part_of: str | None = None
    phone: str | None = None


TRUST = "Northbridge Community Healthcare NHS Trust"
HOUSES = (
    House("council", OrganisationKind.COUNCIL, "E09099", "Northbridge Council", phone="01632 960100"),
    House("team_east", OrganisationKind.TEAM, None, "East team", "council", "01632 960110"),
    House("team_west", OrganisationKind.TEAM, None, "West team", "council", "01632 960120"),
    House("harbour_care", OrganisationKind.PROVIDER, "AH901", "Harbour Care", phone="01632 960200"),
    House("meadow_support", OrganisationKind.PROVIDER, "AH902", "Meadow Home Support", phone="01632 960300"),
    House("willow_home", OrganisationKind.PROVIDER, "AH903", "Willow Home Help", phone="01632 960350"),
    House(
        "trust", OrganisationKind.NHS_TRUST, "RNB", "Northbridge Community Healthcare NHS Trust", phone="01632 960400"
    ),
    House("circle", OrganisationKind.COMMUNITY, None, "St Anne’s visiting circle", phone="01632 960610"),
    House("choir", OrganisationKind.COMMUNITY, None, "Larch Hill Community Choir", phone="01632 960620"),
    House("practice", OrganisationKind.GP_PRACTICE, "Y99901", "Larch Street Surgery", phone="01632 960500"),
)
# Who may sign for their organisation: a provider's coordinator, and nobody else in the demo.
COMMITTING = (Role.PROVIDER_COORDINATOR,)
REGISTERED = {
    "nurse": (Regulator.NMC, "18I2345E"),
    "occupational-therapist": (Regulator.HCPC, "OT123456"),
    "social-worker": (Regulator.SWE, "SW123456"),
    "social-worker-other-team": (Regulator.SWE, "SW123457"),
    "team-manager": (Regulator.SWE, "SW123458"),
}
# Colleagues who are not among the personas: a second worker for each provider, and who plans for the one that gives up.
COLLEAGUES = (
    Persona("ade", "Ade Balogun", Role.CARE_WORKER, "Care worker", "harbour_care", "Harbour Care", ""),
    Persona(
        "willow-coordinator", "Moira Kent", Role.PROVIDER_COORDINATOR, "Care coordinator", "willow_home",
        "Willow Home Help", "",
    ),
    Persona("lena", "Lena Hart", Role.CARE_WORKER, "Care worker", "meadow_support", "Meadow Home Support", ""),
)
NOT_WORKERS = (Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there: organisations by key and actors by slug."""

    houses: dict[str, UUID]
    actors: dict[str, Actor]

    def __getitem__(self, slug: str) -> Actor:
        return self.actors[slug]


def assemble_cast(*, since: datetime) -> Cast:
    """Registers the organisations, opens the accounts and says who works where, all as of `since`."""
    houses: dict[str, UUID] = {}
    for house in HOUSES:
        houses[house.key] = organisations.register_organisation(
            kind=house.kind,
            name=house.name,
            ods_code=house.ods_code,
            part_of_id=houses[house.part_of] if house.part_of else None,
            phone=house.phone,
            actor=SYSTEM,
            now=since,
        )
    divide_town(houses, since=since)
    limit_signing(houses, since=since)
    actors = {p.slug: _open(p, houses, since) for p in (*PERSONAS, *COLLEAGUES)}
    return Cast(houses, actors)


def _open(persona: Persona, houses: dict[str, UUID], since: datetime) -> Actor:
    in_team = persona.organisation in ("team_east", "team_west")
    house = "council" if in_team else persona.organisation
    actor = access_service.open_account(
        issuer=ISSUER,
        subject=persona.slug,
        name=persona.name,
        role=persona.role,
        organisation_id=houses[house] if house else None,
        team_id=houses[persona.organisation] if in_team and persona.organisation else None,
        now=since,
    )
    if persona.role not in NOT_WORKERS:
        _say_who(persona, actor, since)
    return actor


def _say_who(persona: Persona, actor: Actor, since: datetime) -> None:
    given, _, family = persona.name.partition(" ")
    regulator, number = REGISTERED.get(persona.slug, (None, None))
    organisations.register_worker(
        account_id=actor.account_id,
        given_name=given,
        family_name=family,
        job_title=persona.title,
        regulator=regulator,
        registration_number=number,
        phone="01632 960401" if persona.role is Role.NURSE else None,
        out_of_hours_phone="01632 960499" if persona.role is Role.NURSE else None,
        can_commit=persona.role in COMMITTING,
        actor=SYSTEM,
        now=since,
    )


def divide_town(houses: dict[str, UUID], *, since: datetime) -> None:
    """Two zones: Larch Hill as in Bury, Meadow Bank as in Worcestershire with a place unfilled; rates as in Leeds."""
    harbour, meadow = houses["harbour_care"], houses["meadow_support"]
    for name, area, scheme, shares in (
        ("Larch Hill", "NB4", Scheme.SWAPPING_80_20, (Share(harbour, 80, Pence(2450)), Share(meadow, 20, Pence(2450)))),
        ("Meadow Bank", "NB7", Scheme.LEAD_60, (Share(meadow, 60, Pence(2235)), Share(harbour, 20, Pence(2235)))),
    ):
        organisations.register_zone(
            council_id=houses["council"], name=name, scheme=scheme, shares=shares, postcodes=(area,), actor=SYSTEM,
            now=since,
        )  # fmt: skip


def limit_signing(houses: dict[str, UUID], *, since: datetime) -> None:
    """A social worker signs up to £600 and 24 hours a week, one care worker at a time; a manager signs the rest."""
    organisations.set_signing_limit(
        council_id=houses["council"],
        role=Role.SOCIAL_WORKER,
        limit=SigningLimit(weekly_pence=Pence(60_000), weekly_minutes=Minutes(24 * 60), double_handed=False),
        actor=SYSTEM,
        now=since,
    )
