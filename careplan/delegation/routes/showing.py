"""One delegation on a page, with everything that can be done with it."""

from typing import Any
from uuid import UUID

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.delegation import queries
from careplan.delegation.domain.changes import said
from careplan.delegation.domain.delegation import state_at
from careplan.delegation.domain.ladder import is_in_hours
from careplan.delegation.domain.stopping import contact_at
from careplan.delegation.domain.workers import is_uncovered, standings_of
from careplan.delegation.routes.parts import TAGS, alerts_of, plots_of, said_of
from careplan.kernel.clock import utc_now
from careplan.kernel.holidays import bank_holidays
from careplan.organisations import queries as organisations
from careplan.people import queries as people
from careplan.web import page

# Others come to a delegation from the person's page.
HAVE_A_LIST = frozenset({Role.NURSE, Role.PROVIDER_COORDINATOR, Role.CARE_WORKER})
SEE_WHY = frozenset({Role.NURSE, Role.PROVIDER_COORDINATOR, Role.SOCIAL_WORKER, Role.TEAM_MANAGER})


def delegation_page(delegation_id: UUID, *, refused: str | None = None, typed: dict[str, str] | None = None) -> str:
    """The page of one delegation. `refused` is why an act was not possible; `typed` what was typed for it."""
    actor, now = guard.actor(), utc_now()
    found = queries.get_delegation(delegation_id=delegation_id)
    occasions = queries.list_occasions(delegation_id=delegation_id)
    preparations = queries.list_preparations(delegation_id=delegation_id)
    stops = queries.list_stops(delegation_id=delegation_id)
    accounts = {
        found.delegator_id, *(s.by for s in found.steps), *(o.worker_id for o in occasions),
        *(i for c in found.competences for i in (c.worker_id, c.assessed_by)),
        *(i for p in preparations for i in (p.worker_id, p.recorded_by)),
        *(k.by for s in stops for k in s.known),
    }  # fmt: skip
    names = access.list_account_names(account_ids=accounts)
    holidays = bank_holidays()
    shown: dict[str, Any] = {
        "delegation": found,
        "instruction": found.instruction_at(now),
        "range_words": said,
        "occasions": occasions,
        "plots": plots_of(found.instruction_at(now), occasions),
        "escalations": queries.list_escalations(delegation_id=delegation_id),
        "incidents": queries.list_incidents(delegation_id=delegation_id),
        "reviews": queries.list_delegation_reviews(delegation_id=delegation_id),
        "preparations": preparations,
        "standings": standings_of(found, now),
        "uncovered": is_uncovered(found, now),
        "stops": stops,
        "stop_words": said_of(stops, names),
        "person": people.get_person(person_id=found.person_id),
        "state": state_at(found, now),
        "has_a_list": actor.role in HAVE_A_LIST,
        "tags": TAGS,
        "names": names,
        "provider": organisations.get_organisation(organisation_id=found.provider_id),
        "organisation": organisations.get_organisation(organisation_id=found.organisation_id),
        "in_hours": is_in_hours(now, holidays=holidays),
        "contact": contact_at(found, now, holidays=holidays),
        "alerts": [a for a in alerts_of(actor) if a.delegation_id == delegation_id],
        "is_delegator": actor.account_id == found.delegator_id,
        "is_team": actor.role is Role.NURSE and actor.organisation_id == found.organisation_id,
        "is_provider": actor.organisation_id == found.provider_id and actor.role is Role.PROVIDER_COORDINATOR,
        # Why somebody was stopped is between them, their office and those who answer for the care.
        "sees_why": actor.role in SEE_WHY,
        "refused": refused,
        "typed": typed or {},
    }
    return page("delegation/one.html", **shown)
