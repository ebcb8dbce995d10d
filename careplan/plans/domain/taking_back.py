"""Taking a yes back: until the version counts it can be, with a reason; after that one asks for a change."""

from careplan.kernel.errors import Conflict, invalid
from careplan.plans.domain.agreement import Agreement
from careplan.plans.domain.state import VersionState

STILL_OPEN = frozenset({VersionState.PROPOSED, VersionState.AGREED})


class CountsAlready(Conflict):
    """The version is or was in force: what comes now is a request for a change."""

    code = "counts_already"


class TakenBackAlready(Conflict):
    """This yes was taken back before."""

    code = "taken_back_already"


def check_can_be_taken_back(*, agreement: Agreement, state: VersionState) -> None:
    """Raises TakenBackAlready, CountsAlready."""
    if agreement.taken_back is not None:
        raise TakenBackAlready(f"{agreement.taken_back.by_name} wrote down already that this was taken back.")
    if state not in STILL_OPEN:
        raise CountsAlready("This version counts already. Ask for a change instead.", state=state.value)


def checked_reason(reason: str) -> str:
    """The reason without spaces around it.  Raises Invalid."""
    if not reason.strip():
        raise invalid("reason", "Say why you take it back. The others will read it.")
    return reason.strip()
