"""What documents ask of the plans below them."""

from datetime import datetime

from careplan.documents.domain.verdict import Verdict, verdict_on
from careplan.plans import queries as plans


def get_verdict(*, digits: str, at: datetime) -> Verdict:
    """Whether the version whose hash begins with these digits counts at an instant."""
    found = plans.list_versions_by_hash(digits=digits)
    states = (plans.get_version(plan_id=plan_id, number=number, at=at).state for plan_id, number in found)
    return verdict_on(tuple(states))
