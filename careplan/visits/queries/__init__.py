"""Visits, records, flags and rounds as frozen values."""

from careplan.visits.queries.flags import Held, find_flag_provider, find_receipt, list_flags, list_held
from careplan.visits.queries.in_full import VisitInFull, get_in_full
from careplan.visits.queries.reading import (
    Place,
    find_last_note,
    find_person_of_attendance,
    find_person_of_visit,
    find_record,
    find_visit,
    get_attendance,
    get_visit,
    list_next_visits,
    list_past_visits,
    list_round,
    list_visits,
    list_visits_between,
    list_visits_of_provider,
    list_whole_visits,
    place_of,
    select_days,
)
from careplan.visits.queries.round import AtTheDoor, Due, Round, get_at_the_door, get_round, list_due
from careplan.visits.queries.settling import list_visits_as_of

__all__ = [
    "AtTheDoor",
    "Due",
    "Held",
    "Place",
    "Round",
    "VisitInFull",
    "find_flag_provider",
    "find_last_note",
    "find_person_of_attendance",
    "find_person_of_visit",
    "find_receipt",
    "find_record",
    "find_visit",
    "get_at_the_door",
    "get_attendance",
    "get_in_full",
    "get_round",
    "get_visit",
    "list_due",
    "list_flags",
    "list_held",
    "list_next_visits",
    "list_past_visits",
    "list_round",
    "list_visits",
    "list_visits_as_of",
    "list_visits_between",
    "list_visits_of_provider",
    "list_whole_visits",
    "place_of",
    "select_days",
]
