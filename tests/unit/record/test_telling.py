"""What happened, said in one line each; who is told of what."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from careplan.access.domain.policy import RULES, Action, Section
from careplan.kernel.ids import new_id
from careplan.record.domain.moment import About, Known, Moment
from careplan.record.domain.telling import ROLES_OF, TOLD, lines, readable
from careplan.visits.domain.visit import Cancellation, CancelledBy, Clocked, Result, Visit, VisitRecord

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, tzinfo=UTC)
OKAFOR = "Sam Okafor"
SAM, MARGARET, HARBOUR, OUTCOME = uuid4(), uuid4(), uuid4(), uuid4()
NAMES = {SAM: OKAFOR, MARGARET: "Margaret Ellis"}


def known(reader=SAM, **said):
    return Known(
        reader_id=reader, is_own=reader == MARGARET, person="Margaret", names=NAMES,
        organisations={HARBOUR: "Harbour Care"}, outcomes={OUTCOME: "I walk to the garden."}, **said,
    )  # fmt: skip


def said(what, facts, by=SAM, reader=uuid4()):  # noqa: B008  one stranger for all
    (line,) = lines([Moment(what, AT, "k", by, facts)], known(reader))
    return f"{line.who} {line.words}".strip(), line.note


@pytest.mark.parametrize(
    ("what", "facts", "words", "note"),
    [
        (
            "version_sent",
            {"number": 2, "kind": "full"},
            f"{OKAFOR} sent version 2 of the plan round for everybody to agree",
            None,
        ),
        (
            "version_withdrawn",
            {"number": 2, "why": "A mistake."},
            f"{OKAFOR} took version 2 of the plan back",
            "A mistake.",
        ),
        ("version_in_force", {"number": 2}, "Version 2 of the plan began to count", None),
        ("version_agreed", {"number": 2, "who": "Sam Okafor"}, f"{OKAFOR} agreed version 2 of the plan", None),
        (
            "agreement_taken_back",
            {"number": 2, "who": "", "why": "No."},
            f"{OKAFOR} no longer agrees to version 2 of the plan",
            "No.",
        ),
        (
            "version_not_agreed",
            {"number": 2},
            f"{OKAFOR} went on with version 2 of the plan without a yes from Margaret",
            None,
        ),
        (
            "best_interests",
            {"number": 2},
            f"{OKAFOR} decided about version 2 of the plan in their best interests",
            None,
        ),
        (
            "suggestion_made",
            {"number": 1, "why": "Later."},
            f"{OKAFOR} suggested a change to version 1 of the plan",
            "Later.",
        ),
        (
            "stance_given",
            {"number": 2, "stance": "accepts", "why": None},
            f"{OKAFOR} said yes to a change that was suggested to version 2 of the plan",
            None,
        ),
        (
            "stance_given",
            {"number": 2, "stance": "declines", "why": "Too soon."},
            f"{OKAFOR} said no to a change that was suggested to version 2 of the plan",
            "Too soon.",
        ),
        ("advocacy_found", {"advocate": ""}, f"{OKAFOR} asked who helps Margaret to take part", None),
        (
            "advocacy_found",
            {"advocate": "Dilys Price"},
            f"{OKAFOR} wrote down that Dilys Price is the advocate",
            None,
        ),
        (
            "given_in_error",
            {"paper": "plan_version", "recipient": "family", "name": "Jean Hall", "why": "It was Helen."},
            f"{OKAFOR} marked as a mistake that the plan was given to Jean Hall",
            "It was Helen.",
        ),
        (
            "suggestion_decided",
            {"number": 1, "decision": "declined", "why": "Too soon."},
            f"{OKAFOR} did not take up a change that was suggested to version 1 of the plan",
            "Too soon.",
        ),
        (
            "suggestion_decided",
            {"number": 1, "decision": "withdrawn", "why": None},
            f"{OKAFOR} took back a change that was suggested to version 1 of the plan",
            None,
        ),
        (
            "comment_made",
            {"number": 1, "words": "Good."},
            f"{OKAFOR} wrote a comment on version 1 of the plan",
            "Good.",
        ),
        ("assessment_finished", {"corrects": False}, f"{OKAFOR} finished the assessment", None),
        (
            "determined",
            {"kind": "eligible"},
            f"{OKAFOR} decided about care and support",
            "Eligible for care and support",
        ),
        (
            "paper_given",
            {"paper": "plan_version", "recipient": "person", "name": ""},
            f"{OKAFOR} gave the plan to Margaret",
            None,
        ),
        (
            "paper_given",
            {"paper": "assessment", "recipient": "family", "name": "Helen"},
            f"{OKAFOR} gave the assessment to Helen",
            None,
        ),
        (
            "rated",
            {"outcome": str(OUTCOME), "voice": "professional", "kind": "review", "words": None},
            f"{OKAFOR} rated “I walk to the garden.” at a review, as professional",
            None,
        ),
        (
            "rated",
            {"outcome": str(uuid4()), "voice": "person", "kind": "note", "words": "Slow."},
            f"{OKAFOR} rated an outcome",
            "Slow.",
        ),
        ("delegation_proposed", {"activity": "Peak flow"}, f"{OKAFOR} asked the provider to take on “Peak flow”", None),
        (
            "delegation_moved",
            {"activity": "Peak flow", "event": "suspended"},
            f"{OKAFOR} stopped “Peak flow” for now",
            None,
        ),
        (
            "contingency_asked",
            {
                "minutes": 90, "decision": None, "at_once": False, "circumstance": "chest_infection",
                "why": "Up three nights.",
            },
            f"{OKAFOR} asked for 1 hour 30 minutes of the hours kept aside",
            "Chest infection: Up three nights.",
        ),
        (
            "contingency_asked",
            {"minutes": 60, "decision": "approved", "at_once": True, "circumstance": "fall", "why": "On the step."},
            f"{OKAFOR} drew 1 hour of the hours kept aside",
            "Fall: On the step.",
        ),
        (
            "contingency_decided",
            {"minutes": 60, "decision": "refused", "why": "Not needed."},
            f"{OKAFOR} said no to 1 hour of the hours kept aside",
            "Not needed.",
        ),
        (
            "change_asked",
            {"minutes": 60, "why": "She walks further.", "standing": "in_force", "outside": None},
            f"{OKAFOR} gave 1 hour more in four weeks",
            "She walks further.",
        ),
        (
            "change_asked",
            {"minutes": -60, "why": "She washes alone.", "standing": "in_force", "outside": None},
            f"{OKAFOR} asked for 1 hour less in four weeks",
            "She washes alone.",
        ),
        (
            "change_answered",
            {"minutes": 240, "why": "After the review.", "standing": "refused", "outside": "too_much"},
            f"{OKAFOR} said no to 4 hours more in four weeks",
            "After the review.",
        ),
        (
            "hours_decided",
            {"kind": "absorb", "minutes": 20, "why": "We came late."},
            f"{OKAFOR} took 20 minutes of a visit on as the provider’s own time",
            "We came late.",
        ),
        (
            "time_disputed",
            {"minutes": 50, "why": "The lift was broken."},
            f"{OKAFOR} did not agree who pays for 50 minutes",
            "The lift was broken.",
        ),
        (
            "care_paused",
            {"reason": "hospital", "first": "2026-11-23", "last": "2026-11-25"},
            f"{OKAFOR} paused care from 23 November 2026 to 25 November 2026",
            "In hospital",
        ),
        (
            "member_joined",
            {"kind": "provider", "who": None, "organisation": str(HARBOUR)},
            "Harbour Care joined as provider",
            None,
        ),
        (
            "member_left",
            {"kind": "social_worker", "who": None, "organisation": None},
            f"{OKAFOR} left as social worker",
            None,
        ),
        ("about_written", {}, f"{OKAFOR} wrote down what is important about Margaret", None),
        (
            "medicine_recorded",
            {"name": "Furosemide", "corrects": True},
            f"{OKAFOR} corrected the medicine Furosemide",
            None,
        ),
        (
            "medicine_checked",
            {"name": "Furosemide", "corrects": False},
            f"{OKAFOR} checked the medicine Furosemide",
            None,
        ),
        (
            "medicine_retracted",
            {"name": "Furosemide", "corrects": False},
            f"{OKAFOR} marked as a mistake the medicine Furosemide",
            None,
        ),
        (
            "decision_recorded",
            {"kind": "dnacpr", "corrects": False},
            f"{OKAFOR} wrote down a paper: DNACPR form",
            None,
        ),
        (
            "decision_retracted",
            {"kind": "dnacpr", "corrects": False},
            f"{OKAFOR} marked as a mistake a paper: DNACPR form",
            None,
        ),
        ("ending_recorded", {"kind": "care_home"}, f"{OKAFOR} wrote down that care ends: care home", None),
        ("ending_taken_back", {"kind": "died"}, f"{OKAFOR} took back that care ends: died", None),
    ],
)
def test_says_what_happened(what, facts, words, note):
    assert said(what, facts) == (words, note)


def test_says_you_to_whoever_did_it_and_to_the_person():
    assert said("version_agreed", {"number": 1, "who": "M. Ellis"}, by=MARGARET, reader=MARGARET) == (
        "You agreed version 1 of your plan", None,
    )  # fmt: skip
    assert (
        said("version_agreed", {"number": 1, "who": "Sam"}, reader=MARGARET)[0]
        == f"{OKAFOR} agreed version 1 of your plan"
    )
    assert said("agreement_taken_back", {"number": 1, "who": "", "why": "x"}, by=MARGARET, reader=MARGARET)[0] == (
        "You took back your yes to version 1 of your plan"
    )
    assert (
        said("about_written", {}, by=MARGARET, reader=MARGARET)[0] == "You wrote down what is important about yourself"
    )


def test_keeps_the_order_in_which_they_were_found():
    found = [
        Moment("comment_made", AT - timedelta(days=n), str(n), SAM, {"number": 1, "words": str(n)}) for n in range(3)
    ]

    assert [line.note for line in lines(found, known())] == ["0", "1", "2"]


def a_visit(hour, result=Result.COMPLETED, cancelled=None, planned=True):
    start = MIDNIGHT + timedelta(hours=hour)
    end, visit_id, worker = start + timedelta(hours=1), new_id(), new_id()
    record = VisitRecord(
        id=new_id(), visit_id=visit_id, person_id=MARGARET, plan_id=None, plan_version=1, worker_id=worker,
        provider_id=None, device_id=None, started_at=start, ended_at=end, result=result, note="Never shown here",
        present=(), clocked=Clocked(end, end, timedelta(0)), corrects=None,
    ) if result else None  # fmt: skip
    return Visit(
        id=visit_id, person_id=MARGARET, plan_id=None, provider_id=None, funder=None,
        planned_start=start if planned else None, planned_end=end if planned else None, workers_needed=1,
        time_critical=False, records=(record,) if record else (),
        cancellation=Cancellation(start, cancelled, "Away", timedelta(0)) if cancelled else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("visits", "words", "note"),
    [
        ([a_visit(8)], "1 visit, as planned", None),
        ([a_visit(h) for h in (8, 12, 16, 20)], "4 visits, all as planned", None),
        ([a_visit(8), a_visit(12, Result.NO_REPLY)], "2 visits, 1 as planned", "12:00 nobody answered the door"),
        (
            [a_visit(8, None), a_visit(12, None, CancelledBy.PERSON), a_visit(16, planned=False)],
            "3 visits, 0 as planned",
            "08:00 nothing is recorded; 12:00 called off by the person; 16:00 a visit that was not planned",
        ),
    ],
)
def test_makes_one_line_of_a_day_and_spells_out_what_did_not_go_as_planned(visits, words, note):
    (line,) = lines([Moment("visits", MIDNIGHT, "2026-11-21")], known(visits={date(2026, 11, 21): visits}))

    assert (line.words, line.note, line.tag) == (words, note, "not all as planned" if note else None)
    assert "Never shown" not in str(line)


def test_tells_a_reader_what_their_sections_open_and_no_more():
    assert readable(frozenset()) == frozenset()
    assert readable(frozenset({Section.CONCERN, Section.THIRD_PARTY})) == frozenset()
    assert readable(frozenset({Section.DETERMINATION})) == {"determined"}
    assert readable(frozenset({Section.PLAN, Section.VISITS}), About.CARE) == {"visits"}
    assert readable(frozenset(Section)) == frozenset(TOLD)


def test_every_party_is_somebody_who_reads_records():
    readers = {r.role for r in RULES if (r.section, r.action) == (Section.PERSON, Action.READ)}

    assert all(roles <= readers for roles in ROLES_OF.values())
