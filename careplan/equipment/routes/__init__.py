"""Pages of referrals and equipment."""

from careplan.equipment.routes import items, referrals
from careplan.equipment.routes.blueprint import blueprint

__all__ = ["blueprint", "items", "referrals"]
