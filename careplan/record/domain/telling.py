"""The lines of a record's timeline: one pure function for each slice, from what happened to a sentence."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Section
from careplan.assessments.domain.eligibility import KIND_WORDS
from careplan.assessments.domain.eligibility import Kind as DeterminationKind
from careplan.assessments.domain.giving import Paper, Recipient
from careplan.endings.domain.ending import SHORT, EndingKind
from careplan.hours.domain.pausing import PAUSE_WORDS, PauseReason
from careplan.kernel.clock import local_date
from careplan.kernel.words import clock_time, duration, short_day
from careplan.outcomes.domain.rating import RatingKind
from careplan.people.domain.advance_decision import AdvanceKind
from careplan.people.domain.partnership import MemberKind
from careplan.record.domain.happening import Happening
from careplan.record.domain.moment import About, BySlice, Known, Moment, Told, note
from careplan.record.domain.telling_care import BY_SLICE as OF_CARE
from careplan.visits.domain.visit import CancelledBy, Status, Visit


class Side(StrEnum):
    """Whose doing it was, to filter by."""

    PERSON = "person"
    PROVIDER = "provider"
    COUNCIL = "council"
    NHS = "nhs"


ROLES_OF: Mapping[Side, frozenset[Role]] = {
    Side.PERSON: frozenset({Role.CITIZEN, Role.REPRESENTATIVE, Role.UNPAID_CARER}),
    Side.PROVIDER: frozenset({Role.PROVIDER_COORDINATOR, Role.TRUSTED_ASSESSOR, Role.CARE_WORKER}),
    Side.COUNCIL: frozenset({Role.SOCIAL_WORKER, Role.TEAM_MANAGER}),
    Side.NHS: frozenset({Role.NURSE, Role.OCCUPATIONAL_THERAPIST}),
}


def lines(found: Iterable[Moment], known: Known) -> list[Happening]:
    """A line for each moment, in the order given."""
    return [TOLD[moment.what].words(moment, known) for moment in found]


def readable(sections: frozenset[Section], about: About | None = None) -> frozenset[str]:
    """The names of what a reader of these sections is told, of one kind or of all."""
    return frozenset(what for what, told in TOLD.items() if told.sections & sections and about in (None, told.about))


def _plan(moment: Moment, known: Known) -> Happening:
    version, facts = known.version(moment), moment.facts
    who = known.who(moment) or facts.get("who") or "The council"
    if moment.what == "version_in_force":
        return Happening(moment.at, "", f"{version[0].upper()}{version[1:]} began to count")
    said = {
        "version_sent": f"sent {version} round for everybody to agree",
        "version_withdrawn": f"took {version} back",
        "version_agreed": f"agreed {version}",
        "agreement_taken_back": f"no longer agrees to {version}",
        "version_not_agreed": f"went on with {version} without a yes from {known.them}",
        "best_interests": f"decided about {version} in {'your' if known.is_own else 'their'} best interests",
        "suggestion_made": f"suggested a change to {version}",
        "comment_made": f"wrote a comment on {version}",
    }[moment.what]
    if moment.what == "agreement_taken_back" and who == "You":
        said = f"took back your yes to {version}"
    return Happening(moment.at, who, said, note(facts.get("why") or facts.get("words")))


def _stance(moment: Moment, known: Known) -> Happening:
    did = {"accepts": "said yes to", "declines": "said no to"}[moment.facts["stance"]]
    said = f"{did} a change that was suggested to {known.version(moment)}"
    return Happening(moment.at, known.who(moment) or "Somebody", said, note(moment.facts["why"]))


def _decided(moment: Moment, known: Known) -> Happening:
    did = {"taken": "took up", "declined": "did not take up", "withdrawn": "took back"}[moment.facts["decision"]]
    said = f"{did} a change that was suggested to {known.version(moment)}"
    return Happening(moment.at, known.who(moment) or "Somebody", said, note(moment.facts["why"]))


def _assessment(moment: Moment, known: Known) -> Happening:
    who, facts = known.who(moment) or "The council", moment.facts
    if moment.what == "assessment_finished":
        return Happening(moment.at, who, "corrected the assessment" if facts["corrects"] else "finished the assessment")
    if moment.what == "determined":
        return Happening(moment.at, who, "decided about care and support", KIND_WORDS[DeterminationKind(facts["kind"])])
    if moment.what == "advocacy_found":
        if not facts["advocate"]:
            return Happening(moment.at, who, f"asked who helps {known.them} to take part")
        whose = "your" if known.is_own else "the"
        return Happening(moment.at, who, f"wrote down that {facts['advocate']} is {whose} advocate")
    paper = {
        Paper.ASSESSMENT: "the assessment",
        Paper.DETERMINATION: "the decision with its reasons",
        Paper.PLAN_VERSION: "the plan",
    }[Paper(facts["paper"])]
    to = known.them if facts["recipient"] == Recipient.PERSON.value else facts["name"]
    if moment.what == "given_in_error":
        words = f"marked as a mistake that {paper} was given to {to}"
        return Happening(moment.at, who, words, note(facts["why"]))
    return Happening(moment.at, who, f"gave {paper} to {to}")


def _rating(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    voice = facts["voice"].replace("_", " ")
    of = known.outcome(moment)
    at_a_review = " at a review" if facts["kind"] == RatingKind.REVIEW.value else ""
    who = known.who(moment) or ("Somebody" if voice == "professional" else known.person)
    as_voice = "" if who == "You" or voice == "person" else f", as {voice}"
    return Happening(moment.at, who, f"rated {of}{at_a_review}{as_voice}", note(facts["words"]))


def _delegation(moment: Moment, known: Known) -> Happening:
    activity = f"“{moment.facts['activity']}”"
    said = {
        "proposed": f"asked the provider to take on {activity}",
        "accepted": f"said that the provider takes on {activity}",
        "declined": f"said that the provider does not take on {activity}",
        "activated": f"let the care workers begin with {activity}",
        "suspended": f"stopped {activity} for now",
        "resumed": f"let {activity} go on",
        "withdrawn": f"took {activity} back",
    }[moment.facts.get("event", "proposed")]
    return Happening(moment.at, known.who(moment) or "Somebody", said)


def _contingency(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    who, time = known.who(moment) or "Somebody", duration(facts["minutes"])
    if moment.what == "contingency_asked":
        said = "drew" if facts["at_once"] and facts["decision"] == "approved" else "asked for"
        circumstance = facts["circumstance"].replace("_", " ")
        why = note(f"{circumstance[0].upper()}{circumstance[1:]}: {facts['why']}")
        return Happening(moment.at, who, f"{said} {time} of the hours kept aside", why)
    said = "said yes to" if facts["decision"] == "approved" else "said no to"
    return Happening(moment.at, who, f"{said} {time} of the hours kept aside", note(facts["why"]))


def _change(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    who, size = known.who(moment) or "Somebody", duration(abs(facts["minutes"]))
    hours = f"{size} {'more' if facts['minutes'] > 0 else 'less'} in four weeks"
    if moment.what == "change_asked":
        said = "asked for" if facts["outside"] or facts["minutes"] < 0 else "gave"
        return Happening(moment.at, who, f"{said} {hours}", note(facts["why"]))
    no = facts["standing"] in ("declined", "refused")
    return Happening(moment.at, who, f"said {'no' if no else 'yes'} to {hours}", note(facts["why"]))


def _minutes_decided(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    said = "added {} to the hours" if facts["kind"] == "top_up" else "took {} of a visit on as the provider’s own time"
    who = known.who(moment) or "Somebody"
    return Happening(moment.at, who, said.format(duration(facts["minutes"])), note(facts["why"]))


def _disputed(moment: Moment, known: Known) -> Happening:
    said = f"did not agree who pays for {duration(moment.facts['minutes'])}"
    return Happening(moment.at, known.who(moment) or "Somebody", said, note(moment.facts["why"]))


def _pause(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    last = f" to {short_day(date.fromisoformat(facts['last']))}" if facts["last"] else ""
    said = f"paused care from {short_day(date.fromisoformat(facts['first']))}{last}"
    return Happening(moment.at, known.who(moment) or "Somebody", said, PAUSE_WORDS[PauseReason(facts["reason"])])


def _member(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    organisation = known.organisations.get(UUID(facts["organisation"])) if facts["organisation"] else None
    who = facts["who"] or organisation or known.who(moment) or "Somebody"
    did = "joined as" if moment.what == "member_joined" else "left as"
    return Happening(moment.at, who, f"{did} {MemberKind(facts['kind']).words}")


def _own_words(moment: Moment, known: Known) -> Happening:
    whose = "yourself" if known.is_own and known.who(moment) == "You" else known.them
    return Happening(moment.at, known.who(moment) or "Somebody", f"wrote down what is important about {whose}")


def _health(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    thing = f"the medicine {facts['name']}" if "name" in facts else f"a paper: {AdvanceKind(facts['kind']).words}"
    said = {
        "recorded": f"corrected {thing}" if facts["corrects"] else f"wrote down {thing}",
        "checked": f"checked {thing}",
        "retracted": f"marked as a mistake {thing}",
    }[moment.what.rsplit("_", 1)[1]]
    return Happening(moment.at, known.who(moment) or "Somebody", said)


def _ending(moment: Moment, known: Known) -> Happening:
    kind = SHORT[EndingKind(moment.facts["kind"])]
    said = "wrote down that care ends" if moment.what == "ending_recorded" else "took back that care ends"
    return Happening(moment.at, known.who(moment) or "The council", f"{said}: {kind}")


def _visits(moment: Moment, known: Known) -> Happening:
    """One line for a day: how many visits, and each that did not go as planned."""
    seen = known.visits.get(local_date(moment.at), ())
    odd = [said for said in map(_exception, seen) if said is not None]
    number = "1 visit" if len(seen) == 1 else f"{len(seen)} visits"
    if not odd:
        words = f"{number}, as planned" if len(seen) == 1 else f"{number}, all as planned"
    else:
        words = f"{number}, {len(seen) - len(odd)} as planned"
    return Happening(moment.at, "", words, "; ".join(odd) or None, "not all as planned" if odd else None)


def _exception(visit: Visit) -> str | None:
    begins = visit.planned_start or visit.started_at
    at = clock_time(begins) if begins else ""
    if visit.status is Status.CANCELLED and visit.cancellation is not None:
        return f"{at} {CALLED_OFF[visit.cancellation.by]}"
    if visit.status is Status.COMPLETED:
        return None if visit.planned_start is not None else f"{at} a visit that was not planned"
    return f"{at} {WENT[visit.status]}"


CALLED_OFF = {
    CancelledBy.PERSON: "called off by the person",
    CancelledBy.PROVIDER: "called off by the provider",
    CancelledBy.COUNCIL: "called off by the council",
    CancelledBy.HOSPITAL: "called off: in hospital",
}
WENT = {
    Status.PLANNED: "nothing is recorded",
    Status.NO_REPLY: "nobody answered the door",
    Status.REFUSED: "the visit was not wanted",
    Status.IN_HOSPITAL: "in hospital",
    Status.MISSED: "missed: nobody came",
}

_BY_SLICE: tuple[BySlice, ...] = (
    (
        About.PLAN, frozenset({Section.PLAN}), _plan,
        "version_sent version_withdrawn version_in_force version_agreed agreement_taken_back version_not_agreed "
        "best_interests suggestion_made comment_made",
    ),
    (About.PLAN, frozenset({Section.PLAN}), _decided, "suggestion_decided"),
    (About.PLAN, frozenset({Section.PLAN}), _stance, "stance_given"),
    (About.PLAN, frozenset({Section.ASSESSMENT}), _assessment, "assessment_finished advocacy_found"),
    (About.PLAN, frozenset({Section.ASSESSMENT, Section.DETERMINATION}), _assessment, "determined"),
    (About.PLAN, frozenset({Section.GIVEN}), _assessment, "paper_given given_in_error"),
    (About.CARE, frozenset({Section.VISITS}), _visits, "visits"),
    (About.CARE, frozenset({Section.OUTCOMES}), _rating, "rated"),
    (About.CARE, frozenset({Section.ABOUT}), _own_words, "about_written"),
    (About.HEALTH, frozenset({Section.DELEGATION}), _delegation, "delegation_proposed delegation_moved"),
    (
        About.HEALTH, frozenset({Section.DOOR}), _health,
        "medicine_recorded medicine_checked medicine_retracted decision_recorded decision_retracted",
    ),
    (About.HOURS, frozenset({Section.CONTINGENCY}), _contingency, "contingency_asked contingency_decided"),
    (About.HOURS, frozenset({Section.HOURS}), _change, "change_asked change_answered"),
    (About.HOURS, frozenset({Section.HOURS}), _minutes_decided, "hours_decided"),
    (About.HOURS, frozenset({Section.HOURS}), _disputed, "time_disputed"),
    (About.HOURS, frozenset({Section.HOURS}), _pause, "care_paused"),
    (About.PEOPLE, frozenset({Section.PERSON}), _member, "member_joined member_left"),
    (About.PEOPLE, frozenset({Section.PERSON}), _ending, "ending_recorded ending_taken_back"),
)  # fmt: skip
TOLD: Mapping[str, Told] = {
    what: Told(about, sections, words)
    for about, sections, words, names in (*_BY_SLICE, *OF_CARE)
    for what in names.split()
}
