"""Pages of visits: recorded, planned, watched over, and one's own."""

from careplan.visits.routes import changing, day, mine, planning, recording, rota, workers
from careplan.visits.routes.blueprint import blueprint

__all__ = ["blueprint", "changing", "day", "mine", "planning", "recording", "rota", "workers"]
