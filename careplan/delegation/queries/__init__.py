"""Delegations as frozen values."""

from careplan.delegation.queries.given import (
    find_delegation,
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

__all__ = [
    "find_delegation",
    "find_person_of_competence",
    "find_person_of_delegation",
    "get_delegation",
    "list_competences_of",
    "list_delegations",
    "list_delegations_by_id",
    "list_delegations_of",
    "list_occasions",
    "list_occasions_of_visits",
    "list_open_alerts",
    "list_whole_occasions",
]
