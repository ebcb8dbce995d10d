"""Delegations as frozen values."""

from careplan.delegation.queries.following import (
    find_escalation,
    find_incident,
    find_person_of_escalation,
    find_person_of_incident,
    list_delegation_reviews,
    list_escalations,
    list_incidents,
    list_open_escalations,
)
from careplan.delegation.queries.given import (
    find_delegation,
    find_delegation_of_competence,
    find_person_of_competence,
    find_person_of_delegation,
    get_delegation,
    list_competences_of,
    list_delegations,
    list_delegations_by_id,
    list_delegations_of,
)
from careplan.delegation.queries.occasions import (
    list_occasions,
    list_occasions_of_visits,
    list_open_alerts,
    list_whole_occasions,
)
from careplan.delegation.queries.stopping import (
    find_person_of_stop,
    get_stop,
    list_open_stops,
    list_preparations,
    list_stops,
)

__all__ = [
    "find_delegation",
    "find_delegation_of_competence",
    "find_escalation",
    "find_incident",
    "find_person_of_competence",
    "find_person_of_delegation",
    "find_person_of_escalation",
    "find_person_of_incident",
    "find_person_of_stop",
    "get_delegation",
    "get_stop",
    "list_competences_of",
    "list_delegation_reviews",
    "list_delegations",
    "list_delegations_by_id",
    "list_delegations_of",
    "list_escalations",
    "list_incidents",
    "list_occasions",
    "list_occasions_of_visits",
    "list_open_alerts",
    "list_open_escalations",
    "list_open_stops",
    "list_preparations",
    "list_stops",
    "list_whole_occasions",
]
