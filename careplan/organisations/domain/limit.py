"""Up to which plan somebody signs for a council: weekly cost, weekly time, and care by two workers at once."""

from dataclasses import dataclass
from enum import StrEnum

from careplan.access.domain.actor import Role
from careplan.kernel.errors import Invalid, Problem
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.kernel.words import duration, money

SIGNERS = (Role.SOCIAL_WORKER, Role.TEAM_MANAGER)


class Measure(StrEnum):
    """What a council limits."""

    WEEKLY_PENCE = "weekly_pence"
    WEEKLY_MINUTES = "weekly_minutes"
    DOUBLE_HANDED = "double_handed"


@dataclass(frozen=True, slots=True)
class SigningLimit:
    """What a role signs for the council by itself, the limit itself included; None: as much as there is."""

    weekly_pence: Pence | None = None
    weekly_minutes: Minutes | None = None
    double_handed: bool = True


# A council that has said nothing lets its social workers sign every plan.
NO_LIMIT = SigningLimit()


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a plan binds the council to: the budget and the heaviest week; no budget yet: None."""

    weekly_pence: Pence | None
    weekly_minutes: Minutes
    double_handed: bool


@dataclass(frozen=True, slots=True)
class Excess:
    """One measure in which a plan goes beyond a limit; for care by two workers both numbers are how many come."""

    measure: Measure
    asked: int
    limit: int

    @property
    def words(self) -> str:
        if self.measure is Measure.WEEKLY_PENCE:
            return f"It costs {money(self.asked)} a week. The limit is {money(self.limit)}."
        if self.measure is Measure.WEEKLY_MINUTES:
            return f"Its heaviest week has {duration(self.asked)}. The limit is {duration(self.limit)}."
        return "Two care workers come at once. The limit is one."


class NotALimit(Invalid):
    """This role signs nothing for a council, or the limit is below nought."""

    code = "not_a_limit"


def excesses(*, commitment: Commitment, limit: SigningLimit) -> tuple[Excess, ...]:
    """Everything in which a commitment goes beyond a limit; at the limit it does not."""
    found = []
    pence, minutes = commitment.weekly_pence, commitment.weekly_minutes
    if pence is not None and limit.weekly_pence is not None and pence > limit.weekly_pence:
        found.append(Excess(Measure.WEEKLY_PENCE, pence, limit.weekly_pence))
    if limit.weekly_minutes is not None and minutes > limit.weekly_minutes:
        found.append(Excess(Measure.WEEKLY_MINUTES, minutes, limit.weekly_minutes))
    if commitment.double_handed and not limit.double_handed:
        found.append(Excess(Measure.DOUBLE_HANDED, 2, 1))
    return tuple(found)


def check_limit(*, role: Role, limit: SigningLimit) -> None:
    """Raises NotALimit."""
    if role not in SIGNERS:
        raise _refused("role", "Only a social worker or a team manager signs plans for a council.")
    for name, value in (("weekly_pence", limit.weekly_pence), ("weekly_minutes", limit.weekly_minutes)):
        if value is not None and value < 0:
            raise _refused(name, "A limit is nought or more.")


def _refused(field: str, message: str) -> NotALimit:
    return NotALimit(message, problems=(Problem(field, message),))
