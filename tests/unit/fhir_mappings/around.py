"""A made-up person with those around her."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from careplan.organisations.domain.organisation import Organisation, OrganisationKind
from careplan.organisations.domain.worker import Regulator, Worker
from careplan.people.domain.allergy import Allergy, AllergyStatus
from careplan.people.domain.authority import Authority, AuthorityKind
from careplan.people.domain.contact import CarerSpell, Contact, Relation
from careplan.people.domain.nhs_number import NhsNumberStatus
from careplan.people.domain.person import Gender, Person
from careplan.people.domain.retraction import Retraction

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
START = date(2026, 11, 2)


def made(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(UUID(int=7), name)


COUNCIL = Organisation(made("council"), OrganisationKind.COUNCIL, "Northbridge Council", "E09099")
TEAM = Organisation(made("team"), OrganisationKind.TEAM, "East team", None, COUNCIL.id)
PROVIDER = Organisation(made("provider"), OrganisationKind.PROVIDER, "Harbour Care", "AH901", None, "+441632960100")
TRUST = Organisation(made("trust"), OrganisationKind.NHS_TRUST, "Northbridge Community Healthcare NHS Trust", "RNB")
PRACTICE = Organisation(made("practice"), OrganisationKind.GP_PRACTICE, "Larch Street Surgery", "Y99901")
SOCIAL_WORKER = Worker(
    made("sw"), "Priya", "Nair", "Social worker", COUNCIL.id, TEAM.id, Regulator.SWE, "SW12345", "+441632960001"
)
NURSE = Worker(made("nurse"), "Grace", "Oduya", "Community nurse", TRUST.id, None, Regulator.NMC, "18A1234E")
COORDINATOR = Worker(made("coordinator"), "Tom", "Hale", "Care coordinator", PROVIDER.id, can_commit=True)
CARE_WORKER = Worker(made("cw"), "Ania", "Kowal", "Care worker", PROVIDER.id)

PERSON = Person(
    id=made("margaret"),
    given_name="Margaret",
    family_name="Ellis",
    recorded_at=NOW,
    recorded_by=SOCIAL_WORKER.account_id,
    preferred_name="Peggy",
    nhs_number="9990000018",
    nhs_number_status=NhsNumberStatus.VERIFIED,
    birth_date=date(1942, 3, 9),
    gender=Gender.FEMALE,
    phone="+441632960010",
    email="peggy@example.org",
    language="en",
    interpreter_needed=False,
    gp_organisation_id=PRACTICE.id,
)
DAUGHTER = Contact(
    made("daughter"),
    PERSON.id,
    "Helen Ellis",
    Relation.DAUGHTER,
    "+441632960011",
    made("helen"),
    is_next_of_kin=True,
    is_emergency=True,
    carer=CarerSpell(date(2026, 1, 1)),
)
NEIGHBOUR = Contact(made("neighbour"), PERSON.id, "Joan Platt", Relation.NEIGHBOUR, ends_on=date(2026, 5, 1))
AUTHORITY = Authority(
    made("authority"),
    PERSON.id,
    DAUGHTER.id,
    AuthorityKind.HEALTH_WELFARE_ATTORNEY,
    date(2025, 5, 1),
    made("helen"),
    registration_seen_on=date(2026, 10, 1),
    registration_seen_by=SOCIAL_WORKER.account_id,
)
PENICILLIN = Allergy(
    made("penicillin"),
    PERSON.id,
    AllergyStatus.PRESENT,
    NOW,
    SOCIAL_WORKER.account_id,
    "Penicillin",
    "764146007",
    "Rash",
)
MISTAKEN = replace(
    PENICILLIN,
    id=made("mistaken"),
    substance="Nuts",
    code=None,
    reaction=None,
    retraction=Retraction(NOW, SOCIAL_WORKER.account_id, "Another person's"),
)
