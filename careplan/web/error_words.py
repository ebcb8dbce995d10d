"""What each kind of error is called, what it says and what one can do next. Plain words; no blame."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """`code` is stable, for programs; `next_steps` are sentences for people."""

    code: str
    title: str
    sentence: str
    next_steps: tuple[str, ...] = ()


GO_BACK = "Go back to the page before and try again."
RING = "If it happens again, ring us and tell us the reference at the foot of this page."

BY_STATUS = {
    400: ErrorWords(
        "bad_request", "We could not read that", "Something in what was sent could not be read.", (GO_BACK,)
    ),
    401: ErrorWords("signed_out", "Sign in first", "You are signed out.", ("Sign in, then open the page again.",)),
    403: ErrorWords(
        "forbidden",
        "You cannot do that",
        "Your account cannot do that here.",
        ("If you need it for your work, ask your manager.",),
    ),
    404: ErrorWords(
        "not_found",
        "We could not find that page",
        "There is no such page, or it is not yours to see.",
        ("Check the address, or go back to your first page and start from there.",),
    ),
    405: ErrorWords("method_not_allowed", "That cannot be done here", "This address does not take that.", (GO_BACK,)),
    409: ErrorWords(
        "conflict",
        "Something has changed",
        "This has changed since you opened it.",
        ("Go back, load the page again, and look at what is new.",),
    ),
    412: ErrorWords(
        "stale",
        "Somebody saved before you",
        "Somebody else saved while you were writing. Nothing of theirs was lost.",
        ("Go back, load the page again, and put your changes in.",),
    ),
    413: ErrorWords(
        "too_large", "That is too big", "What was sent is too big for us to take.", ("Send less at once.",)
    ),
    415: ErrorWords(
        "wrong_media_type", "We cannot read that kind of file", "That kind of content is not taken here.", ()
    ),
    422: ErrorWords("refused", "That could not be saved", "Something needs to be put right.", (GO_BACK,)),
    428: ErrorWords(
        "precondition_required",
        "Say which version you read",
        "Send If-Match with the version that you read.",
        (),
    ),
    429: ErrorWords(
        "too_many",
        "Too many tries",
        "There were too many tries in a short time.",
        ("Wait, then try again.",),
    ),
    500: ErrorWords(
        "unforeseen",
        "Sorry, something went wrong here",
        "It was our fault, not yours. What you sent was not saved.",
        ("Wait a minute, then try again.", RING),
    ),
    503: ErrorWords(
        "unavailable",
        "Sorry, we are not here for a moment",
        "Nothing is lost, but what you sent just now was not saved.",
        ("Wait a minute, then try again.", RING),
    ),
}


def words_for(status: int) -> ErrorWords:
    """The words for a status; one that has none of its own takes those of its hundred."""
    return BY_STATUS.get(status) or BY_STATUS[500 if status >= 500 else 400]
