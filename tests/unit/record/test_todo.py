"""What is to do today is said to whoever does it, the most pressing first."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from careplan.access.domain.actor import Role
from careplan.complaints.domain.complaint import About, Complaint
from careplan.plans.domain.calling import Calling, Due
from careplan.plans.domain.state import Party
from careplan.record.domain.todo import Asked, Press, Unfinished, todos

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
ANN, BOB, PLAN = UUID(int=1), UUID(int=2), UUID(int=3)


def found(role=Role.SOCIAL_WORKER, calling=(), due=(), asked=(), unfinished=(), complaints=()):
    return todos(
        role=role, calling=calling, due=due, asked=asked, unfinished=unfinished, complaints=complaints, today=TODAY
    )  # fmt: skip


def test_puts_what_is_overdue_first_and_what_waited_longest_before_the_rest():
    said = found(
        calling=[
            Calling(ANN, PLAN, suggestions=2, suggested_at=AT),
            Calling(BOB, PLAN, 1, AT, (Party.COUNCIL,)),
            Calling(BOB, PLAN, 2, AT, (Party.PERSON,)),
        ],
        due=[
            Due(ANN, PLAN, False, TODAY + timedelta(days=3)),
            Due(ANN, PLAN, True, TODAY - timedelta(days=1)),
            Due(BOB, PLAN, False, TODAY - timedelta(days=9)),
        ],
        asked=[Asked(ANN, 90, AT), Asked(BOB, 30, AT - timedelta(hours=1))],
        unfinished=[Unfinished(ANN, AT)],
    )

    assert [t.words for t in said] == [
        "A review was due by 12 November 2026",
        "A full plan was due by 20 November 2026",
        "30 minutes of contingency asked for",
        "1 hour 30 minutes of contingency asked for",
        "Version 1 waits for you to agree, since 19 November 2026",
        "2 changes are suggested",
        "Assessment begun on 19 November 2026, not finished",
        "Version 2 waits for the person to agree, since 19 November 2026",
        "A review is due by 24 November 2026",
    ]
    assert [t.press for t in said] == sorted(t.press for t in said)


@pytest.mark.parametrize(
    ("role", "with_manager", "press", "address"),
    [
        (Role.SOCIAL_WORKER, False, Press.YOURS, f"/plans/{PLAN}/agreements"),
        (Role.SOCIAL_WORKER, True, Press.OTHERS, f"/plans/{PLAN}/agreements"),
        (Role.TEAM_MANAGER, True, Press.YOURS, "/authorise"),
        (Role.TEAM_MANAGER, False, Press.OTHERS, f"/plans/{PLAN}/agreements"),
    ],
)
def test_asks_whoever_signs_for_the_council(role, with_manager, press, address):
    (only,) = found(role, calling=[Calling(ANN, PLAN, 1, AT, (Party.COUNCIL,), with_manager=with_manager)])

    assert (only.press, only.address) == (press, address)


def test_leaves_suggestions_to_the_social_worker():
    calling = [Calling(ANN, PLAN, suggestions=1, suggested_at=AT)]

    assert [t.words for t in found(calling=calling)] == ["A change is suggested"]
    assert found(Role.TEAM_MANAGER, calling=calling) == []


@pytest.mark.parametrize(
    ("days", "press", "words"),
    [
        (0, Press.YOURS, "A complaint is to be answered by 21 November 2026"),
        (-1, Press.OVERDUE, "A complaint was to be answered by 20 November 2026"),
    ],
)
def test_names_the_day_by_which_a_complaint_is_answered(days, press, words):
    by = TODAY + timedelta(days=days)
    (only,) = found(complaints=[Complaint(PLAN, ANN, "C-1", About.OTHER, None, None, by, AT, BOB)])

    assert (only.press, only.words, only.address) == (press, words, f"/complaints/{PLAN}")


@pytest.mark.parametrize(("days", "words"), [(0, "is due"), (-1, "was due")])
def test_a_day_is_late_when_it_is_over(days, words):
    (only,) = found(due=[Due(ANN, PLAN, True, TODAY + timedelta(days=days))])

    assert words in only.words
