"""The people whom one can be in the demo. Slugs are a promise to scripts, and the subjects of the accounts."""

from dataclasses import dataclass

from careplan.access.domain.actor import Role

ISSUER = "demo"


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as: whom they work for, and what is worth looking at first as them."""

    slug: str
    name: str
    role: Role
    title: str
    organisation: str | None
    place: str
    look_at: str


PERSONAS: tuple[Persona, ...] = (
    Persona(
        "citizen", "Margaret Ellis", Role.CITIZEN, "The person whose plan it is", None, "14 Larch Close",
        "A new version of your plan waits for your agreement; see how many hours are left first.",
    ),
    Persona(
        "representative", "Helen Ellis-Ward", Role.REPRESENTATIVE, "Attorney for health and welfare", None,
        "Margaret’s daughter",
        "Read the plan as someone who may decide for another, and see who has looked at the record.",
    ),
    Persona(
        "unpaid-carer", "Jean Hall", Role.UNPAID_CARER, "Family carer", None, "Margaret’s sister",
        "Read your own record as a carer: what you are due, your plan, and who may see it.",
    ),
    Persona(
        "social-worker", "Priya Nair", Role.SOCIAL_WORKER, "Social worker", "team_east",
        "East team, Northbridge Council",
        "Open Margaret Ellis: her plan, her hours and what waits for somebody.",
    ),
    Persona(
        "social-worker-other-team", "Tom Beckett", Role.SOCIAL_WORKER, "Social worker", "team_west",
        "West team, Northbridge Council",
        "Look for Margaret Ellis: for a team that does not know her, she is not there.",
    ),
    Persona(
        "team-manager", "Ruth Adeyemi", Role.TEAM_MANAGER, "Team manager", "team_east",
        "East team, Northbridge Council",
        "See everyone whom the team looks after, and which requests wait for a decision.",
    ),
    Persona(
        "provider-coordinator", "Sam Okafor", Role.PROVIDER_COORDINATOR, "Care coordinator", "harbour_care",
        "Harbour Care",
        "Today’s visits: what is late, what is flagged, and a plan to answer.",
    ),
    Persona(
        "other-provider-coordinator", "Linda Marsh", Role.PROVIDER_COORDINATOR, "Care coordinator", "meadow_support",
        "Meadow Home Support",
        "Another provider’s day: none of Harbour Care’s people can be found from here.",
    ),
    Persona(
        "trusted-assessor", "Daniel Frost", Role.TRUSTED_ASSESSOR, "Trusted assessor", "harbour_care", "Harbour Care",
        "Adjust hours inside the limits that the plan allows.",
    ),
    Persona(
        "care-worker", "Joy Mensah", Role.CARE_WORKER, "Care worker", "harbour_care", "Harbour Care",
        "Today’s round: record a visit, an outcome and a delegated activity.",
    ),
    Persona(
        "care-worker-uncertified", "Callum Reid", Role.CARE_WORKER, "Care worker, new in post", "harbour_care",
        "Harbour Care",
        "Record a delegated activity without being signed off for it, and see what happens.",
    ),
    Persona(
        "nurse", "Grace Thornton", Role.NURSE, "Community nurse", "trust",
        "Northbridge Community Healthcare NHS Trust",
        "The two activities that you delegated: readings, instructions, and who may do them.",
    ),
    Persona(
        "occupational-therapist", "Owen Pryce", Role.OCCUPATIONAL_THERAPIST, "Occupational therapist", "trust",
        "Northbridge Community Healthcare NHS Trust",
        "See the goals of a person who was referred to you, and rate one.",
    ),
    Persona(
        "commissioner", "Amara Lewis", Role.COMMISSIONER, "Commissioner", "council", "Northbridge Council",
        "See which organisations take part. People’s records are not open to you.",
    ),
    Persona(
        "broker", "Kate Holloway", Role.BROKER, "Broker", "council", "Northbridge Council",
        "See which providers there are. People’s records are not open to you.",
    ),
    Persona(
        "finance-officer", "Martin Shaw", Role.FINANCE_OFFICER, "Finance officer", "council", "Northbridge Council",
        "See which organisations take part. People’s records are not open to you.",
    ),
    Persona(
        "safeguarding-lead", "Yasmin Carter", Role.SAFEGUARDING_LEAD, "Safeguarding lead", "council",
        "Northbridge Council",
        "See every concern that is open, the most pressing first, and take one up.",
    ),
    Persona(
        "auditor", "Peter Lund", Role.AUDITOR, "Auditor", "council", "Northbridge Council",
        "You audit the trail of who looked at what, never the records themselves.",
    ),
    Persona(
        "privacy-officer", "Farah Aziz", Role.PRIVACY_OFFICER, "Privacy officer", "council", "Northbridge Council",
        "You answer for who may see what, without reading the records.",
    ),
    Persona(
        "admin", "Chris Dale", Role.ADMIN, "Administrator", "council", "Northbridge Council",
        "Accounts, organisations and the systems that may fetch records.",
    ),
)  # fmt: skip

BY_SLUG: dict[str, Persona] = {p.slug: p for p in PERSONAS}
