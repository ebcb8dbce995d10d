"""Lines of a timeline about what is done day by day: medicines, readings, equipment, help from others, outcomes."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careplan.access.domain.policy import Section
from careplan.community.domain.referral import Event
from careplan.delegation.domain.incident import IncidentEvent
from careplan.delegation.domain.review import Decision
from careplan.equipment.domain.item import ItemEvent
from careplan.equipment.domain.referral import ReferralEvent
from careplan.kernel.words import clock_time, short_day
from careplan.medicines.domain.dose import DoseResult
from careplan.outcomes.domain.barrier import BarrierKind
from careplan.outcomes.domain.rating import Voice
from careplan.outcomes.domain.result import Result
from careplan.record.domain.happening import Happening
from careplan.record.domain.moment import About, BySlice, Known, Moment, note


def _doses(moment: Moment, known: Known) -> Happening:
    """One line for a day: how many of each result, and each medicine that was not taken."""
    doses = moment.facts["doses"]
    number = Counter(DoseResult(d["result"]) for d in doses)
    counts = ", ".join(f"{number[r]} {r.words}" for r in DoseResult if number[r])
    odd = [_dose(d, known) for d in doses if not DoseResult(d["result"]).counts]
    return Happening(moment.at, "", f"Medicines: {counts}", "; ".join(odd) or None, "not all taken" if odd else None)


def _dose(dose: dict[str, str], known: Known) -> str:
    name = known.medicines.get(UUID(dose["medicine"]), "a medicine that is not on the record")
    why = f": {dose['reason']}" if dose["reason"] else ""
    return f"{clock_time(datetime.fromisoformat(dose['at']))} {name}, {DoseResult(dose['result']).words}{why}"


def _medicine_alert(moment: Moment, known: Known) -> Happening:
    words = note(moment.facts["words"])
    if moment.what == "medicine_alert":
        return Happening(moment.at, "", "The care provider was told of a medicine", words)
    return Happening(moment.at, known.who(moment) or "Somebody", "said what was done about a medicine", words)


def _review(moment: Moment, known: Known) -> Happening:
    facts = moment.facts
    found = {
        Decision.CONTINUE: "it goes on as it is",
        Decision.CHANGE: "it goes on, and how it is done is to change",
        Decision.STOP: "it stops",
    }[Decision(facts["decision"])]
    said = f"looked at “{facts['activity']}” again: {found}"
    return Happening(moment.at, known.who(moment) or "Somebody", said, note(facts["why"]))


def _reading(moment: Moment, known: Known) -> Happening:
    activity, words = moment.facts["activity"], note(moment.facts["words"])
    if moment.what == "reading_escalated":
        return Happening(moment.at, "", f"A reading of “{activity}” was not as it should be", words)
    said = f"said what was done about a reading of “{activity}”"
    return Happening(moment.at, known.who(moment) or "Somebody", said, words)


def _incident(moment: Moment, known: Known) -> Happening:
    named = moment.facts["activity"]
    activity = f"“{named}”" if named else "a health activity"
    if moment.what == "incident_raised":
        return Happening(moment.at, "", f"{activity[0].upper()}{activity[1:]} was done without authority")
    said = {
        IncidentEvent.PROVIDER_CLOSES: "closed the matter for the provider",
        IncidentEvent.DELEGATOR_CLOSES: "closed the matter for whoever handed the activity over",
        IncidentEvent.REOPEN: "opened the matter again",
    }[IncidentEvent(moment.facts["event"])]
    words = f"{said}: {activity} was done without authority"
    return Happening(moment.at, known.who(moment) or "Somebody", words)


def _therapist(moment: Moment, known: Known) -> Happening:
    facts, who = moment.facts, known.who(moment) or "Somebody"
    if moment.what == "therapist_asked":
        return Happening(moment.at, who, f"asked an occupational therapist to help {known.them}", note(facts["why"]))
    said = {
        ReferralEvent.ACCEPT: f"agreed to help {known.them} as occupational therapist",
        ReferralEvent.DECLINE: f"did not agree to help {known.them} as occupational therapist",
        ReferralEvent.PLAN_VISIT: "planned to come as occupational therapist",
        ReferralEvent.RECOMMEND: "said as occupational therapist what would help",
        ReferralEvent.CLOSE: "finished as occupational therapist",
    }[ReferralEvent(facts["event"])]
    on = f" on {short_day(date.fromisoformat(facts['visit_on']))}" if facts["visit_on"] else ""
    return Happening(moment.at, who, f"{said}{on}", note(facts["why"]))


def _equipment(moment: Moment, known: Known) -> Happening:
    facts, who, thing = moment.facts, known.who(moment) or "Somebody", f"“{moment.facts['name']}”"
    if moment.what == "equipment_ordered":
        return Happening(moment.at, who, f"ordered {thing}", note(facts["why"]))
    went = {
        ItemEvent.DELIVER: "was delivered",
        ItemEvent.CANCEL: "is not coming: the order was cancelled",
        ItemEvent.USE: "is in use",
        ItemEvent.LEAVE: "is not used",
        ItemEvent.RETURN: "was collected",
    }[ItemEvent(facts["event"])]
    on = short_day(date.fromisoformat(facts["on"]))
    return Happening(moment.at, who, f"wrote down for {on} that {thing} {went}", note(facts["why"]))


def _community(moment: Moment, known: Known) -> Happening:
    facts, who, asked = moment.facts, known.who(moment) or "Somebody", moment.facts["asked"]
    if moment.what == "community_asked":
        return Happening(moment.at, who, f"asked {asked} to help", note(facts["why"]))
    wants = "you do not want it any more" if known.is_own else f"{known.person} does not want it any more"
    went = {
        Event.ACCEPTED: f"{asked} said yes",
        Event.WAITING: f"{asked} put {known.them} on a waiting list",
        Event.DECLINED: f"{asked} said no",
        Event.STARTED: f"help from {asked} started",
        Event.ATTENDED: f"{known.them} went to {asked}",
        Event.ENDED: f"help from {asked} ended",
        Event.WITHDRAWN: f"{wants}: help from {asked}",
    }[Event(facts["event"])]
    on = short_day(date.fromisoformat(facts["on"]))
    return Happening(moment.at, who, f"wrote down for {on} that {went}", note(facts["why"]))


def _barrier(moment: Moment, known: Known) -> Happening:
    facts, of = moment.facts, known.outcome(moment)
    said = f"said what gets in the way of {of}"
    if moment.what == "barrier_gone":
        said = f"said that something no longer gets in the way of {of}"
    kind = BarrierKind(facts["kind"]).words if facts["kind"] else ""
    told = ": ".join(part for part in (kind, facts["words"]) if part)
    return Happening(moment.at, known.who(moment) or "Somebody", said, note(told))


def _verdict(moment: Moment, known: Known) -> Happening:
    facts, who = moment.facts, known.who(moment) or "Somebody"
    held = {
        Result.ACHIEVED: "is reached",
        Result.MAINTAINED: "is kept up",
        Result.NOT_YET: "is not reached yet",
    }[Result(facts["result"])]
    agreed = ". This is agreed" if facts["agreed"] else ""
    words = f"{_said(facts, known)} that {known.outcome(moment)} {held}{agreed}"
    return Happening(moment.at, who, words, note(facts["words"]))


def _said(facts: Mapping[str, Any], known: Known) -> str:
    """Staff write down what the person said; whoever stands for the person says so in their place."""
    if facts["written_down"]:
        return f"wrote down that {known.them} said"
    return f"said for {known.them}" if facts["voice"] == Voice.REPRESENTATIVE.value else "said"


BY_SLICE: tuple[BySlice, ...] = (
    (About.HEALTH, frozenset({Section.DOOR}), _doses, "doses"),
    (About.HEALTH, frozenset({Section.DOOR}), _medicine_alert, "medicine_alert medicine_alert_answered"),
    (About.HEALTH, frozenset({Section.DELEGATION}), _review, "delegation_reviewed"),
    (About.HEALTH, frozenset({Section.DELEGATION}), _reading, "reading_escalated reading_answered"),
    (About.HEALTH, frozenset({Section.DELEGATION}), _incident, "incident_raised incident_moved"),
    (About.HEALTH, frozenset({Section.EQUIPMENT}), _therapist, "therapist_asked therapist_moved"),
    (About.HEALTH, frozenset({Section.EQUIPMENT}), _equipment, "equipment_ordered equipment_moved"),
    (About.PEOPLE, frozenset({Section.COMMUNITY}), _community, "community_asked community_moved"),
    (About.CARE, frozenset({Section.OUTCOMES}), _barrier, "barrier_said barrier_gone"),
    (About.CARE, frozenset({Section.OUTCOMES}), _verdict, "verdict_given"),
)
