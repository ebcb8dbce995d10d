"""Planning visits, and taking what workers recorded of them."""

from careplan.visits.service.answering import Answer, answer_alert
from careplan.visits.service.calling_off import PlannedAgain, call_off_from, plan_again
from careplan.visits.service.confirming import confirm_exception, confirm_unchanged, plan_shift
from careplan.visits.service.devices import revoke_device, see_device
from careplan.visits.service.disputing import answer_dispute, dispute_visit
from careplan.visits.service.handing_round import HandedRound, hand_round
from careplan.visits.service.importing import File, Importer, import_visits, try_import
from careplan.visits.service.locking import lock_person
from careplan.visits.service.outcomes import miss_visit
from careplan.visits.service.planning import cancel_visit, plan_visit
from careplan.visits.service.receiving import receive, receive_one
from careplan.visits.service.recurring import Planned, check_short, plan_further, plan_pattern, stop_pattern
from careplan.visits.service.replanning import replan_visit
from careplan.visits.service.ruling import set_rules
from careplan.visits.service.settling import settle_flags, take_held
from careplan.visits.service.watching import watch
from careplan.visits.service.wishing import record_traits, record_wishes

__all__ = [
    "Answer",
    "File",
    "HandedRound",
    "Importer",
    "Planned",
    "PlannedAgain",
    "answer_alert",
    "answer_dispute",
    "call_off_from",
    "cancel_visit",
    "check_short",
    "confirm_exception",
    "confirm_unchanged",
    "dispute_visit",
    "hand_round",
    "import_visits",
    "lock_person",
    "miss_visit",
    "plan_again",
    "plan_further",
    "plan_pattern",
    "plan_shift",
    "plan_visit",
    "receive",
    "receive_one",
    "record_traits",
    "record_wishes",
    "replan_visit",
    "revoke_device",
    "see_device",
    "set_rules",
    "settle_flags",
    "stop_pattern",
    "take_held",
    "try_import",
    "watch",
]
