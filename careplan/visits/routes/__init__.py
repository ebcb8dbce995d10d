"""Pages of visits: recorded, planned, watched over, and one's own."""

from careplan.visits.routes import (
    adherence,
    changing,
    day,
    importing,
    mine,
    outcomes,
    planning,
    recording,
    rota,
    touched,
    week,
    workers,
)
from careplan.visits.routes.blueprint import blueprint

__all__ = [
    "adherence",
    "blueprint",
    "changing",
    "day",
    "importing",
    "mine",
    "outcomes",
    "planning",
    "recording",
    "rota",
    "touched",
    "week",
    "workers",
]
