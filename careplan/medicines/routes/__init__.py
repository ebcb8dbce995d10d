"""Pages of medicines: the chart of four weeks, the link with a delegation, and answering alerts, correcting a dose."""

from careplan.medicines.routes import charting, correcting
from careplan.medicines.routes.blueprint import blueprint

__all__ = ["blueprint", "charting", "correcting"]
