"""The demo council: what an empty demo is filled with, and the ids by which scripts find its people and plans."""

from datetime import datetime, timedelta

from careplan.access import queries, service
from careplan.demo.personas import ISSUER, PERSONAS


def is_built(*, now: datetime) -> bool:
    """Whether the database holds the council already."""
    return queries.find_account_by_subject(issuer=ISSUER, subject=PERSONAS[0].slug, now=now) is not None


def build(*, now: datetime) -> None:
    """Fills an empty database, in the caller's transaction, as the owner of the tables."""
    for persona in PERSONAS:
        service.open_account(
            issuer=ISSUER, subject=persona.slug, name=persona.name, role=persona.role, now=now - timedelta(days=400)
        )


def ids() -> dict[str, dict[str, str]]:
    """What scripts ask for: people, plans, visits and groups by id, organisations by ODS code."""
    return {"people": {}, "plans": {}, "visits": {}, "groups": {}, "organisations": {}}
