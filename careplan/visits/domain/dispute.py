"""What the person says of a visit against what was recorded. What was recorded stays; the visit shows both."""

from enum import StrEnum


class DisputeKind(StrEnum):
    """What was wrong with a visit, as the person says."""

    DID_NOT_HAPPEN = "did_not_happen"
    SHORT = "short"

    @property
    def words(self) -> str:
        return WORDS[self]


class DisputeState(StrEnum):
    """How a dispute stands; a visit that nobody disputes has none."""

    DISPUTED = "disputed"
    ANSWERED = "answered"

    @property
    def words(self) -> str:
        return STATE_WORDS[self]


WORDS = {DisputeKind.DID_NOT_HAPPEN: "This did not happen", DisputeKind.SHORT: "This was short"}
STATE_WORDS = {DisputeState.DISPUTED: "disputed", DisputeState.ANSWERED: "dispute answered"}
