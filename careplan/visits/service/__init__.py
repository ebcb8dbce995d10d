"""Planning visits, and taking what workers recorded of them."""

from careplan.visits.service.calling_off import PlannedAgain, call_off_from, plan_again
from careplan.visits.service.devices import revoke_device, see_device
from careplan.visits.service.disputing import answer_dispute, dispute_visit
from careplan.visits.service.locking import lock_person
from careplan.visits.service.planning import cancel_visit, plan_visit
from careplan.visits.service.receiving import receive, receive_one
from careplan.visits.service.settling import settle_flags, take_held

__all__ = [
    "PlannedAgain",
    "answer_dispute",
    "call_off_from",
    "cancel_visit",
    "dispute_visit",
    "lock_person",
    "plan_again",
    "plan_visit",
    "receive",
    "receive_one",
    "revoke_device",
    "see_device",
    "settle_flags",
    "take_held",
]
