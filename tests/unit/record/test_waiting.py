"""What waits is said to whoever can act on it, and to nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest

from careplan.access.domain.actor import Role
from careplan.plans.domain.agreement import Agreement, Capacity, Channel
from careplan.plans.domain.content import Interim, InterimReason, PlanContent, PlanKind
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.state import Party, VersionState
from careplan.record.domain.waiting import Around, AskedDraw, waiting_for
from careplan.reviews.domain.due import Dates, due

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PROPOSED = datetime(2026, 11, 19, 11, 0, tzinfo=UTC)
PERSON, PLAN = uuid4(), uuid4()
AROUND = Around("Margaret", PERSON, "Harbour Care")


def a_version(number=1, state=VersionState.PROPOSED, signed=(), at=PROPOSED, **content):
    parties = {
        Party.COUNCIL: Capacity.SOCIAL_WORKER,
        Party.PROVIDER: Capacity.PROVIDER,
        Party.PERSON: Capacity.SELF,
    }
    version_id = uuid4()
    agreements = tuple(
        Agreement(
            id=uuid4(), version_id=version_id, content_hash="", party=p, capacity=parties[p], signer_id=uuid4(),
            signer_name="", statement="", channel=Channel.ONLINE, recorded_by=uuid4(), agreed_on=at.date(),
            at=at,
        )
        for p in signed
    )  # fmt: skip
    text = replace(PlanContent(plan=PLAN, version=number), **content)
    return PlanVersion(
        id=version_id, plan_id=PLAN, person_id=PERSON, number=number, kind=text.kind, content=text, revision=1,
        based_on=None, created_at=PROPOSED, saved_at=PROPOSED, saved_by=uuid4(), state=state, proposed_at=PROPOSED,
        proposed_by=uuid4(), agreements=agreements,
    )  # fmt: skip


def an_interim(started, reason=InterimReason.HOSPITAL_DISCHARGE, **content):
    """In force with the council and the provider, from its first day."""
    return a_version(
        state=VersionState.IN_FORCE, kind=PlanKind.INTERIM, signed=(Party.COUNCIL, Party.PROVIDER), starts_on=started,
        at=datetime.combine(started, time(16), UTC), interim=Interim(reason), **content,
    )  # fmt: skip


def a_plan(*versions):
    return SupportPlan(PLAN, PERSON, PROPOSED, None, None, None, versions)


def due_of(plan):
    """The day that the plan itself sets: no review has been held yet."""
    version = plan.in_force if plan else None
    return due(Dates(version.id, version.content.review_on), []) if version else None


def words(role, plan, draws=(), unfunded=0, around=AROUND):
    found = waiting_for(
        role=role, plan=plan, suggestions=[], draws=draws, unfunded=unfunded, around=around,
        review=due_of(plan), now=NOW
    )  # fmt: skip
    return [item.words for item in found]


class TestWaitingFor:
    @pytest.mark.parametrize(
        ("role", "said"),
        [
            (Role.CITIZEN, ["Version 1 waits for you to agree, since 19 November 2026"]),
            (Role.REPRESENTATIVE, ["Version 1 waits for you to agree, since 19 November 2026"]),
            (Role.PROVIDER_COORDINATOR, ["Version 1 waits for Margaret to agree, since 19 November 2026"]),
            (Role.SOCIAL_WORKER, ["Version 1 waits for Margaret to agree, since 19 November 2026"]),
            (Role.UNPAID_CARER, []),
            (Role.NURSE, []),
        ],
    )
    def test_names_the_missing_signature_to_each_reader(self, role, said):
        assert words(role, a_plan(a_version(signed=(Party.COUNCIL, Party.PROVIDER)))) == said

    @pytest.mark.parametrize(
        ("signs", "social_worker", "manager"),
        [
            (Role.SOCIAL_WORKER, "for you to agree", "for the council to agree"),
            (Role.TEAM_MANAGER, "for the team manager to agree", "for you to agree"),
        ],
    )
    def test_asks_whoever_signs_for_the_council_and_nobody_else_of_it(self, signs, social_worker, manager):
        plan, around = a_plan(a_version(signed=(Party.PROVIDER, Party.PERSON))), replace(AROUND, council_signs=signs)

        assert words(Role.SOCIAL_WORKER, plan, around=around)[0].startswith(f"Version 1 waits {social_worker}")
        assert words(Role.TEAM_MANAGER, plan, around=around)[0].startswith(f"Version 1 waits {manager}")

    def test_names_all_who_have_not_agreed(self):
        said = words(Role.SOCIAL_WORKER, a_plan(a_version(signed=(Party.COUNCIL,))))

        assert said == ["Version 1 waits for Harbour Care and Margaret to agree, since 19 November 2026"]

    @pytest.mark.parametrize(
        ("due", "said"),
        [
            (date(2026, 12, 4), ["A review is due by 4 December 2026"]),
            (date(2026, 11, 20), ["A review was due by 20 November 2026"]),
            (date(2026, 12, 13), []),
        ],
    )
    def test_shows_a_review_from_three_weeks_before(self, due, said):
        assert words(Role.SOCIAL_WORKER, a_plan(a_version(state=VersionState.IN_FORCE, review_on=due))) == said

    @pytest.mark.parametrize(
        ("started", "said"),
        [(date(2026, 11, 19), "is due by 17 December 2026"), (date(2026, 10, 19), "was due by 16 November 2026")],
    )
    def test_asks_for_a_full_plan_28_days_after_an_interim_one(self, started, said):
        plan = a_plan(an_interim(started))

        assert words(Role.SOCIAL_WORKER, plan) == [f"A full plan {said}: this one is interim"]

    def test_asks_for_a_full_plan_in_place_of_one_carried_over_at_its_review(self):
        plan = a_plan(
            an_interim(date(2026, 9, 1), reason=InterimReason.CARRIED_OVER, review_on=date(2026, 12, 1)),
        )

        assert words(Role.SOCIAL_WORKER, plan) == ["A full plan is due by 1 December 2026: this one is interim"]

    def test_asks_the_council_about_contingency(self):
        plan = a_plan(a_version(state=VersionState.IN_FORCE))
        draws = [AskedDraw(120, "chest infection", "Sam Okafor")]

        assert words(Role.SOCIAL_WORKER, plan, draws) == [
            "2 hours of contingency asked for by Sam Okafor: chest infection"
        ]
        assert words(Role.PROVIDER_COORDINATOR, plan, draws) == []

    def test_tells_of_care_without_hours(self):
        plan = a_plan(a_version(state=VersionState.IN_FORCE))

        assert words(Role.PROVIDER_COORDINATOR, plan, unfunded=45) == [
            "45 minutes of care came with no hours left to pay for it"
        ]
        assert words(Role.CITIZEN, plan, unfunded=45) == []

    def test_asks_the_social_worker_for_a_plan_where_there_is_none(self):
        assert words(Role.SOCIAL_WORKER, None) == ["Margaret has no plan yet"]
        assert words(Role.NURSE, None) == []
