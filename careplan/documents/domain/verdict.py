"""What a code that somebody typed says about the paper it stands on, and nothing else."""

from enum import StrEnum

from careplan.plans.domain.state import VersionState


class Verdict(StrEnum):
    """Whether a paper is the plan that counts."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    FORMER = "former"
    UNKNOWN = "unknown"


OF_STATE = {
    VersionState.DRAFT: Verdict.UNKNOWN,
    VersionState.PROPOSED: Verdict.NOT_YET,
    VersionState.AGREED: Verdict.NOT_YET,
    VersionState.IN_FORCE: Verdict.IN_FORCE,
    VersionState.SUPERSEDED: Verdict.FORMER,
    VersionState.ENDED: Verdict.FORMER,
    VersionState.WITHDRAWN: Verdict.FORMER,
    VersionState.NEVER_BEGAN: Verdict.FORMER,
}


def verdict_on(states: tuple[VersionState, ...]) -> Verdict:
    """The verdict on the versions that a code fits; a short code that fits more than one proves nothing."""
    return OF_STATE[states[0]] if len(states) == 1 else Verdict.UNKNOWN
