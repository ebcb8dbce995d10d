"""What an assessment found, as needs of a plan."""

from collections.abc import Iterable

from careplan.assessments.domain.content import OutcomeFound
from careplan.kernel.ids import new_id
from careplan.plans.domain.content import Need


def needs_found(found: Iterable[OutcomeFound], *, held: Iterable[Need]) -> tuple[Need, ...]:
    """A need for each outcome that is not achievable and about which the plan says nothing yet."""
    spoken_of = {need.care_act for need in held}
    return tuple(Need(new_id(), o.outcome, o.words) for o in found if o.outcome not in spoken_of)
