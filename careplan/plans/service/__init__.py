"""What can be done with plans; nothing here commits."""

from careplan.plans.service.agreeing import IdUsed, agree_plan
from careplan.plans.service.authorising import ask_manager, send_back
from careplan.plans.service.deciding import (
    Decision,
    Finding,
    FindingIncomplete,
    RepresentativeDecides,
    record_best_interests,
    record_finding,
)
from careplan.plans.service.drafting import (
    BothChanged,
    Choices,
    DraftExists,
    NoDraft,
    PlanExists,
    Saved,
    create_plan,
    discard_draft,
    edit_plan,
    name_of,
    save_draft,
    save_page,
    start_draft,
    take_needs,
)
from careplan.plans.service.ending import PlanEnd, end_plan, take_back_end
from careplan.plans.service.locking import PlanEnded
from careplan.plans.service.measuring import rated_in
from careplan.plans.service.moving import (
    NothingToMove,
    VersionInTheWay,
    write_for_provider,
    write_interim_for_provider,
)
from careplan.plans.service.proposing import propose_plan, surroundings_of, withdraw_proposal
from careplan.plans.service.representing import Signer, list_signers
from careplan.plans.service.signing import NoRightToSign, Signature
from careplan.plans.service.suggesting import (
    add_comment,
    answer_suggestion,
    decline_suggestion,
    suggest_change,
    take_suggestion,
    withdraw_suggestion,
)
from careplan.plans.service.taking_back import may_take_back, take_back_agreement
from careplan.plans.service.unfinished import delete_expired, drop_unfinished, keep_unfinished
from careplan.plans.service.without_yes import YesNotNeeded, go_without_yes

__all__ = [
    "BothChanged",
    "Choices",
    "Decision",
    "DraftExists",
    "Finding",
    "FindingIncomplete",
    "IdUsed",
    "NoDraft",
    "NoRightToSign",
    "NothingToMove",
    "PlanEnd",
    "PlanEnded",
    "PlanExists",
    "RepresentativeDecides",
    "Saved",
    "Signature",
    "Signer",
    "VersionInTheWay",
    "YesNotNeeded",
    "add_comment",
    "agree_plan",
    "answer_suggestion",
    "ask_manager",
    "create_plan",
    "decline_suggestion",
    "delete_expired",
    "discard_draft",
    "drop_unfinished",
    "edit_plan",
    "end_plan",
    "go_without_yes",
    "keep_unfinished",
    "list_signers",
    "may_take_back",
    "name_of",
    "propose_plan",
    "rated_in",
    "record_best_interests",
    "record_finding",
    "save_draft",
    "save_page",
    "send_back",
    "start_draft",
    "suggest_change",
    "surroundings_of",
    "take_back_agreement",
    "take_back_end",
    "take_needs",
    "take_suggestion",
    "withdraw_proposal",
    "withdraw_suggestion",
    "write_for_provider",
    "write_interim_for_provider",
]
