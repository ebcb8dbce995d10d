"""Who may act for the person, and whether they may sign now."""

from dataclasses import dataclass
from datetime import datetime

from careplan.concerns import queries as concerns
from careplan.people import queries as people
from careplan.people.domain.authority import Authority, Refusal, SigningRight, may_sign_care
from careplan.plans import queries
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.service.signing import as_finding, decision_words

SUSPENDED = SigningRight(
    Refusal.SUSPENDED, "Suspended because of a concern. They can neither see the record nor sign until that is lifted."
)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody with a recorded authority, and whether they may sign the version that waits, or why not."""

    name: str
    authority: Authority
    right: SigningRight


def list_signers(*, plan: SupportPlan, now: datetime) -> list[Signer]:
    """Everyone who is recorded as acting for the person, judged by the version that waits or is being written."""
    version = plan.proposed or plan.draft or plan.latest
    finding = as_finding(version, queries.find_finding(version_id=version.id))
    suspended = concerns.list_suspended(person_id=plan.person_id)
    names = {c.id: c.name for c in people.list_contacts(person_id=plan.person_id)}
    return [
        Signer(
            names.get(a.contact_id, ""),
            a,
            SUSPENDED
            if a.contact_id in suspended
            else may_sign_care(authority=a, finding=finding, decision=decision_words(version), at=now),
        )
        for a in people.list_authorities(person_id=plan.person_id, at=now)
    ]
