"""Who is told of which move in the writing of a plan, in which words, and where each acts on it."""

from datetime import datetime
from uuid import UUID

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.kernel.words import clipped, short_day
from careplan.notices import service as notices
from careplan.notices.domain.notice import HAVE_OWN_PAGES, Audience, NoticeKind
from careplan.organisations import queries as organisations
from careplan.plans.domain.agreement import Agreement
from careplan.plans.domain.authority import Authorisation
from careplan.plans.domain.items import title_of
from careplan.plans.domain.plan import PlanVersion, Suggestion
from careplan.plans.domain.stance import Stance
from careplan.plans.domain.state import Party

STAFF = frozenset({Audience.COUNCIL, Audience.PROVIDER})
LONGEST_QUOTE = 400  # of what somebody wrote; the page behind the notice holds it whole
LONGEST_TITLE = 80


def tell_suggested(*, version: PlanVersion, suggestion: Suggestion, actor: Actor, now: datetime) -> None:
    """The other parties hear that an exact value is suggested, and why."""
    about = _about(version, suggestion.item)
    what = "something else for" if suggestion.answers_to else "a change to"
    _tell(
        version,
        words=f"{_who(actor)} suggests {what} {about}: {clipped(suggestion.why, LONGEST_QUOTE)}",
        kind=NoticeKind.SUGGESTION,
        page=f"/suggestions/{suggestion.id}",
        own_page=f"/changes/{suggestion.id}",
        actor=actor,
        now=now,
    )


def tell_answered(
    *,
    version: PlanVersion,
    suggestion: Suggestion,
    stance: Stance,
    reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """The author and the other parties hear a party's yes or no, and why."""
    says = "says yes to" if stance is Stance.ACCEPTS else "says no to"
    because = f": {clipped(reason, LONGEST_QUOTE)}" if reason else "."
    _tell(
        version,
        words=f"{_who(actor)} {says} the suggestion about {_about(version, suggestion.item)}{because}",
        kind=NoticeKind.ANSWER,
        page=f"/suggestions/{suggestion.id}",
        own_page=f"/changes/{suggestion.id}",
        actor=actor,
        now=now,
        author=suggestion.by,
    )


def tell_suggestion_withdrawn(*, version: PlanVersion, suggestion: Suggestion, actor: Actor, now: datetime) -> None:
    """Nobody need answer any more."""
    _tell(
        version,
        words=f"{_who(actor)} has taken the suggestion about {_about(version, suggestion.item)} back.",
        kind=NoticeKind.ANSWER,
        page=f"/suggestions/{suggestion.id}",
        own_page=f"/changes/{suggestion.id}",
        actor=actor,
        now=now,
    )


def tell_taken(*, version: PlanVersion, suggestion: Suggestion, actor: Actor, now: datetime) -> None:
    """The author and the other parties hear that it stands in the draft."""
    about = _about(version, suggestion.item)
    _tell(
        version,
        words=f"{_who(actor)} has taken the suggestion about {about}. It stands in version {version.number}.",
        kind=NoticeKind.ANSWER,
        page=f"/suggestions/{suggestion.id}",
        own_page=f"/changes/{suggestion.id}",
        actor=actor,
        now=now,
        author=suggestion.by,
    )


def tell_declined(*, version: PlanVersion, suggestion: Suggestion, actor: Actor, now: datetime) -> None:
    """The author and the other parties hear why not."""
    reason = clipped(suggestion.decided_reason or "", LONGEST_QUOTE)
    _tell(
        version,
        words=f"{_who(actor)} has said no to the suggestion about {_about(version, suggestion.item)}: {reason}",
        kind=NoticeKind.ANSWER,
        page=f"/suggestions/{suggestion.id}",
        own_page=f"/changes/{suggestion.id}",
        actor=actor,
        now=now,
        author=suggestion.by,
    )


def tell_commented(
    *, version: PlanVersion, item: str, words: str, suggestion: Suggestion | None, actor: Actor, now: datetime
) -> None:
    """The other parties hear what was said, and so does the author of the suggestion that it is about."""
    _tell(
        version,
        words=f"{_who(actor)} wrote about {_about(version, item)}: {clipped(words, LONGEST_QUOTE)}",
        kind=NoticeKind.COMMENT,
        page=f"/suggestions/{suggestion.id}" if suggestion else "#comments",
        own_page=f"/changes/{suggestion.id}" if suggestion else "/ask",
        actor=actor,
        now=now,
        author=suggestion.by if suggestion else None,
    )


def tell_sent_round(*, version: PlanVersion, actor: Actor, now: datetime) -> None:
    """Everyone who must agree is asked to read."""
    _tell(
        version,
        words=f"{_who(actor)} has sent version {version.number} of the plan round. Read it and say if you agree.",
        kind=NoticeKind.SENT_ROUND,
        page="/agreements",
        own_page="/changes",
        actor=actor,
        now=now,
    )


def tell_withdrawn(*, version: PlanVersion, reason: str, actor: Actor, now: datetime) -> None:
    """Nobody need read or sign it any more."""
    _tell(
        version,
        words=f"{_who(actor)} has taken version {version.number} of the plan back: {clipped(reason, LONGEST_QUOTE)}",
        kind=NoticeKind.WITHDRAWAL,
        page="",
        own_page="",
        actor=actor,
        now=now,
    )


def tell_asked_manager(*, version: PlanVersion, asked: Authorisation, actor: Actor, now: datetime) -> None:
    """The team manager hears that a version above the social worker's limit waits for them."""
    notices.tell(
        person_id=version.person_id,
        audience={Audience.TEAM_MANAGER},
        words=f"{_who(actor)} asks you to sign version {version.number} of the plan. It is above their limit.",
        address=f"/authorise/{asked.id}",
        actor=actor,
        now=now,
        kind=NoticeKind.AGREEMENT,
    )


def tell_sent_back(*, version: PlanVersion, answered: Authorisation, actor: Actor, now: datetime) -> None:
    """The social worker hears why the manager does not sign."""
    reason = clipped(answered.reason or "", LONGEST_QUOTE)
    notices.tell(
        person_id=version.person_id,
        audience={Audience.COUNCIL},
        words=f"{_who(actor)} has sent version {version.number} of the plan back: {reason}",
        address=f"/plans/{version.plan_id}/versions/{version.number}/agree",
        actor=actor,
        now=now,
        kind=NoticeKind.WITHDRAWAL,
    )


def tell_taken_back(*, version: PlanVersion, agreement: Agreement, actor: Actor, now: datetime) -> None:
    """The others hear that a party has said no after all, and why."""
    reason = clipped(agreement.taken_back.reason if agreement.taken_back else "", LONGEST_QUOTE)
    _tell(
        version,
        words=f"{agreement.signer_name} no longer agrees to version {version.number} of the plan: {reason}",
        kind=NoticeKind.WITHDRAWAL,
        page="/agreements",
        own_page="",
        actor=actor,
        now=now,
    )


def tell_signed(*, version: PlanVersion, party: Party, actor: Actor, now: datetime) -> None:
    """The others hear who agreed, was decided for or gone without; with the last one, from when it counts."""
    signed, decided, without = version.agreement_of(party), version.best_interests, version.not_agreed
    said = f"version {version.number} of the plan"
    if signed is not None:
        words = f"{signed.signer_name} has agreed to {said}."
    elif decided is not None:
        words = f"A decision about {said} was made in the person’s best interests, by {decided.decision_maker_name}."
    elif without is not None:
        review = short_day(without.said.review_by)
        words = f"The council goes on with {said} without the person’s agreement. It is reviewed by {review}."
    else:
        return
    since = version.in_force_from
    if since is not None:
        words += f" Everyone has answered: it counts from {short_day(since)}."
    _tell(
        version,
        words=words,
        kind=NoticeKind.AGREEMENT if since is None else NoticeKind.IN_FORCE,
        page="/agreements",
        own_page="",
        actor=actor,
        now=now,
    )


def _tell(
    version: PlanVersion,
    *,
    words: str,
    kind: NoticeKind,
    page: str,
    own_page: str,
    actor: Actor,
    now: datetime,
    author: UUID | None = None,
) -> None:
    """Each party but the actor is led to the page of theirs that shows it: staff to the plan's, others to their own.

    Whoever else may suggest, such as a therapist or a carer, is told as the author of what is answered.
    """
    at_home = author is not None and access.get_account(account_id=author).role in HAVE_OWN_PAGES
    for audience, address, reads_here in (
        (STAFF, f"/plans/{version.plan_id}{page}", not at_home),
        ({Audience.PERSON}, f"/me/plan{own_page}", at_home),
    ):
        notices.tell(
            person_id=version.person_id,
            audience=audience,
            words=words,
            address=address,
            actor=actor,
            now=now,
            kind=kind,
            accounts=[author] if author is not None and reads_here else [],
        )


def _who(actor: Actor) -> str:
    """Their name, with the organisation for which they act."""
    if actor.organisation_id is None:
        return actor.name
    organisation = organisations.find_organisation(organisation_id=actor.organisation_id)
    return f"{actor.name} ({organisation.name})" if organisation else actor.name


def _about(version: PlanVersion, item: str) -> str:
    title = title_of(version.content, item)
    return f"“{clipped(title, LONGEST_TITLE)}”" if title else "the plan"
