"""Who may draw contingency, for what, and what is answered to whoever may not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.hours.domain.terms import Assessed, ContingencyTerms
from careplan.kernel.errors import DomainError, Problem
from careplan.kernel.minutes import Minutes
from careplan.kernel.words import duration, listed


class ContingencyRefused(DomainError):
    """A draw that the plan does not cover; `facts` say what would be accepted."""

    code = "contingency_refused"


class NotAssessed(ContingencyRefused):
    """The circumstance is not one that the plan assessed."""

    code = "not_assessed"


class ServiceNotAssessed(ContingencyRefused):
    """The service is not one that the plan assessed for contingency."""

    code = "service_not_assessed"


class NotExceptional(ContingencyRefused):
    """Nothing says what was exceptional this time."""

    code = "not_exceptional"


class ContingencyExceeded(ContingencyRefused):
    """Asked for more contingency than the agreed plan still holds."""

    code = "exceeds_contingency"


class Authority(StrEnum):
    """On whose behalf someone asks: it decides how much they may approve themselves."""

    COUNCIL = "council"
    PROVIDER = "provider"
    NONE = "none"


class Verdict(StrEnum):
    """What a draw that the plan covers comes to at once."""

    APPROVED = "approved"
    WAITING = "waiting"


class Decision(StrEnum):
    """What somebody decided about a draw that waited."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """What is asked for. `visit_id` is the visit whose minutes it pays for, if it is for one."""

    id: UUID
    circumstance: str
    service: str
    exceptional: str
    minutes: Minutes
    visit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ContingencyDraw:
    """A draw as it stands: waiting while `decision` is None."""

    id: UUID
    person_id: UUID
    plan_id: UUID
    period_number: int
    circumstance: Assessed
    service: Assessed
    exceptional: str
    minutes: Minutes
    visit_id: UUID | None
    requested_by: UUID
    requested_at: datetime
    decision: Decision | None
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None

    @property
    def state(self) -> str:
        """`waiting`, `approved` or `refused`."""
        return self.decision.value if self.decision else "waiting"


def judge_draw(request: DrawRequest, *, terms: ContingencyTerms | None, left: Minutes, authority: Authority) -> Verdict:
    """Whether the plan covers a draw, and whether the one who asks may approve it.

    Raises, in this order, NotAssessed, ServiceNotAssessed, NotExceptional, ContingencyExceeded.
    """
    circumstances = terms.circumstances if terms else ()
    services = terms.services if terms else ()
    if not _names(circumstances, request.circumstance):
        raise NotAssessed(
            f"This plan's contingency is for {_either(circumstances)}.",
            problems=(Problem("circumstance", f"Choose {_either(circumstances)}."),),
            accepted=_facts(circumstances),
        )
    if not _names(services, request.service):
        raise ServiceNotAssessed(
            f"This plan's contingency pays for {_either(services)}.",
            problems=(Problem("service", f"Choose {_either(services)}."),),
            accepted=_facts(services),
        )
    if not request.exceptional.strip():
        raise NotExceptional(
            "Contingency is for what is exceptional. Say what was different this time.",
            problems=(Problem("exceptional", "Say what was different this time."),),
            accepted="A sentence that says what was exceptional this time.",
        )
    _refuse_more_than(left, request.minutes)
    return Verdict.APPROVED if _may_approve(request.minutes, terms, authority) else Verdict.WAITING


def judge_approval(*, minutes: Minutes, terms: ContingencyTerms | None, left: Minutes, authority: Authority) -> None:
    """Whether a waiting draw may be approved now by the one who would.  Raises AboveLimit, ContingencyExceeded."""
    if not _may_approve(minutes, terms, authority):
        limit = terms.provider_limit if terms else 0
        raise AboveLimit(
            f"The plan lets the provider approve up to {duration(limit)}. The social worker decides about more.",
            provider_limit=limit,
        )
    _refuse_more_than(left, minutes)


class AboveLimit(DomainError):
    """The plan does not let this party approve so much."""

    code = "above_limit"
    status = 403


def named(items: tuple[Assessed, ...], slug: str) -> Assessed:
    """The assessed item of this short name; its own name stands for its words where a later version dropped it."""
    return next((i for i in items if i.slug == slug), Assessed(slug, slug.replace("_", " ").replace("-", " ")))


def _refuse_more_than(left: Minutes, minutes: Minutes) -> None:
    if minutes > left:
        most = f"Up to {duration(left)} would be accepted." if left else "Nothing is left in this period."
        raise ContingencyExceeded(
            f"That is more contingency than this period still holds. {most}",
            problems=(Problem("minutes", most),),
            accepted=int(left),
        )


def _may_approve(minutes: Minutes, terms: ContingencyTerms | None, authority: Authority) -> bool:
    match authority:
        case Authority.COUNCIL:
            return True
        case Authority.PROVIDER:
            return terms is not None and minutes <= terms.provider_limit
        case Authority.NONE:
            return False


def _names(items: tuple[Assessed, ...], slug: str) -> bool:
    return any(i.slug == slug for i in items)


def _either(items: tuple[Assessed, ...]) -> str:
    return listed([f"“{i.words}”" for i in items], "or") if items else "nothing: none has been assessed"


def _facts(items: tuple[Assessed, ...]) -> list[dict[str, str]]:
    return [{"slug": i.slug, "words": i.words} for i in items]
