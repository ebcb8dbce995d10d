"""What one can do with referrals and equipment."""

from careplan.equipment.service.prescribing import move_item_on, prescribe
from careplan.equipment.service.referring import move_referral_on, refer

__all__ = ["move_item_on", "move_referral_on", "prescribe", "refer"]
