"""Drafts are written by several, and nothing that anybody typed is lost."""

from datetime import timedelta

import pytest

from careplan.kernel.clock import local_date, utc_now
from careplan.kernel.errors import Invalid, Stale
from careplan.kernel.ids import new_id
from careplan.plans import queries, service
from careplan.plans.domain.content import PlanKind, as_json
from careplan.plans.domain.gates import NotReady
from careplan.plans.domain.resting import RevisionNeedsReview
from careplan.plans.domain.state import Party, VersionState
from tests.factories.plans import agree, make_agreed, make_draft, make_proposed
from tests.factories.reviews import begin_next, make_review


def save(plan_id, around, revision, **changes):
    return service.save_draft(
        plan_id=plan_id, changes=changes, revision=revision, actor=around.social_worker, now=utc_now()
    )


def begin(around, kind=PlanKind.FULL):
    return service.create_plan(person_id=around.person_id, kind=kind, actor=around.social_worker, now=utc_now())


class TestSaveDraft:
    def test_keeps_what_is_written_and_counts_the_save(self, around):
        draft = begin(around)
        saved = save(draft.plan_id, around, 1, how_met="With care.")

        assert (saved.content.how_met, saved.revision, saved.state) == ("With care.", 2, VersionState.DRAFT)

    def test_refuses_a_save_over_a_later_one_with_both_texts(self, around):
        draft = begin(around)
        save(draft.plan_id, around, 1, how_met="First")
        with pytest.raises(Stale) as refused:
            save(draft.plan_id, around, 1, how_met="Second")

        assert refused.value.facts["current"] == {"how_met": "First"}
        assert refused.value.facts["yours"] == {"how_met": "Second"}
        assert refused.value.facts["etag"] == "1-2"
        assert refused.value.facts["saved_by"] == around.social_worker.name

    @pytest.mark.parametrize(
        "changes",
        [
            {"outcomes": [{"id": "x", "levels": {"7": "Flies"}}], "how_met": "Kept?"},
            {"starts_on": "2026-12-01", "review_on": "2026-11-01", "how_met": "Kept?"},
            {"version": 9, "how_met": "Kept?"},
        ],
    )
    def test_stores_nothing_of_a_save_that_cannot_be_read(self, around, changes):
        draft = begin(around)
        with pytest.raises(Invalid):
            save(draft.plan_id, around, 1, **changes)

        kept = queries.get_version(plan_id=draft.plan_id, number=1, at=utc_now())
        assert (kept.content.how_met, kept.revision) == ("", 1)

    def test_has_nothing_to_save_into_once_the_version_is_proposed(self, around):
        proposed = make_proposed(around)
        with pytest.raises(service.NoDraft):
            save(proposed.plan_id, around, proposed.revision, how_met="Late")


class TestCreatePlan:
    def test_refuses_a_second_plan(self, around):
        begin(around)
        with pytest.raises(service.PlanExists):
            begin(around)


class TestProposePlan:
    def test_names_every_missing_piece(self, around):
        draft = begin(around)
        with pytest.raises(NotReady) as refused:
            service.propose_plan(plan_id=draft.plan_id, actor=around.social_worker, now=utc_now())

        pages = {p.field for p in refused.value.problems}
        assert pages >= {"start", "needs", "support", "hours", "risks", "budget"}
        assert queries.get_plan(plan_id=draft.plan_id, at=utc_now()).proposed is None

    def test_fixes_the_content_and_opens_the_plan_to_the_provider(self, around, sign_in, session):
        proposed = make_proposed(around)
        session.commit()

        assert proposed.state is VersionState.PROPOSED
        assert sign_in(around.coordinator).get(f"/api/v1/plans/{proposed.plan_id}").status_code == 200

    def test_refuses_a_provider_that_is_none(self, around):
        council = {"organisation": str(around.social_worker.organisation_id), "name": "The council"}
        draft = make_draft(around, provider=council)
        with pytest.raises(Invalid):
            service.propose_plan(plan_id=draft.plan_id, actor=around.social_worker, now=utc_now())


class TestStartDraft:
    def test_begins_from_what_is_in_force_and_leaves_it_in_force(self, around):
        agreed = make_agreed(around)
        begin_next(plan_id=agreed.plan_id, actor=around.social_worker)
        plan = queries.get_plan(plan_id=agreed.plan_id, at=utc_now())

        assert (plan.in_force.number, plan.draft.number, plan.draft.based_on) == (1, 2, 1)
        assert plan.draft.content.outcomes == agreed.content.outcomes

    def test_refuses_a_second_draft(self, around):
        draft = begin(around)
        with pytest.raises(service.DraftExists):
            service.start_draft(plan_id=draft.plan_id, actor=around.social_worker, now=utc_now())

    def test_voids_the_signatures_on_what_it_changes(self, around):
        first = make_agreed(around)
        second = begin_next(plan_id=first.plan_id, actor=around.social_worker)
        save(first.plan_id, around, second.revision, how_met="Otherwise.")
        proposed = service.propose_plan(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())
        agree(proposed, around, Party.COUNCIL)
        agree(proposed, around, Party.PROVIDER)

        service.start_draft(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())
        plan = queries.get_plan(plan_id=first.plan_id, at=utc_now())

        assert [v.state.value for v in plan.versions] == ["in_force", "withdrawn", "draft"]
        assert plan.draft.settled == {}
        assert plan.in_force.content == first.content

    def test_follows_an_interim_plan_with_a_full_one(self, around):
        interim = make_agreed(around, kind=PlanKind.INTERIM)
        draft = service.start_draft(
            plan_id=interim.plan_id, kind=PlanKind.FULL, actor=around.social_worker, now=utc_now()
        )

        assert (draft.kind, draft.content.interim) == (PlanKind.FULL, None)
        assert draft.content.hours == interim.content.hours


class TestEditPlan:
    def test_begins_the_next_version_from_the_one_that_was_read(self, around):
        first = make_proposed(around)
        changed = service.edit_plan(
            plan_id=first.plan_id,
            changes={"how_met": "Otherwise."},
            etag=first.etag,
            actor=around.social_worker,
            now=utc_now(),
        )

        assert (changed.number, changed.content.how_met) == (2, "Otherwise.")

    def test_edits_a_draft_that_is_there_after_the_plan_has_begun(self, around):
        draft = begin_next(plan_id=make_agreed(around).plan_id, actor=around.social_worker)
        changed = self.edit(draft, around)

        assert (changed.number, changed.content.how_met) == (2, "Otherwise.")

    def test_begins_nothing_from_a_plan_that_has_begun_without_a_review(self, around):
        with pytest.raises(RevisionNeedsReview):
            self.edit(make_agreed(around), around)

    def edit(self, version, around):
        return service.edit_plan(
            plan_id=version.plan_id, changes={"how_met": "Otherwise."}, etag=version.etag, actor=around.social_worker,
            now=utc_now(),
        )  # fmt: skip


class TestAfterThePlanHasBegun:
    """The next version rests on a review; what has not counted yet needs none, nor does an emergency."""

    def start(self, version, around, **said):
        return service.start_draft(plan_id=version.plan_id, actor=around.social_worker, now=utc_now(), **said)

    def test_a_revision_without_a_review_is_refused_with_where_to_write_one(self, around):
        agreed = make_agreed(around)
        with pytest.raises(RevisionNeedsReview) as refused:
            self.start(agreed, around)

        assert refused.value.facts["review_at"] == f"/plans/{agreed.plan_id}/reviews/new"
        assert queries.get_plan(plan_id=agreed.plan_id, at=utc_now()).draft is None

    def test_it_rests_on_the_review_that_it_is_handed(self, around):
        review = make_review(plan_id=make_agreed(around).plan_id, actor=around.social_worker)

        assert self.start(review, around, rests_on=review.id).rests_on == review.id

    def test_what_goes_on_from_a_version_that_waits_rests_on_the_same(self, around):
        draft = begin_next(plan_id=make_agreed(around).plan_id, actor=around.social_worker)
        proposed = service.propose_plan(plan_id=draft.plan_id, actor=around.social_worker, now=utc_now())
        third = self.start(proposed, around)

        assert (third.number, third.rests_on) == (3, draft.rests_on)

    @pytest.mark.parametrize("days", [0, 9])
    def test_none_is_needed_before_the_first_has_counted(self, around, days):
        starts_on = local_date(utc_now()) + timedelta(days=days)
        version = make_agreed(around, starts_on=starts_on) if days else make_proposed(around)

        assert self.start(version, around).rests_on is None

    def test_a_full_plan_follows_an_interim_one_without(self, around):
        interim = make_agreed(around, kind=PlanKind.INTERIM)

        assert self.start(interim, around, kind=PlanKind.FULL).rests_on is None

    def test_an_emergency_waits_for_none(self, around):
        assert self.start(make_agreed(around), around, kind=PlanKind.INTERIM).kind is PlanKind.INTERIM

    def test_a_suggestion_is_taken_once_there_is_a_draft_to_put_it_in(self, around):
        agreed = make_agreed(around)
        suggestion = service.suggest_change(
            suggestion_id=new_id(), plan_id=agreed.plan_id, number=1, item="contingency", field="minutes", value=300,
            why="She needed all of it last winter.", actor=around.coordinator, now=utc_now(),
        )  # fmt: skip
        take = {"plan_id": agreed.plan_id, "suggestion_id": suggestion.id, "reason": "", "actor": around.social_worker}
        with pytest.raises(RevisionNeedsReview):
            service.take_suggestion(**take, now=utc_now())
        begin_next(plan_id=agreed.plan_id, actor=around.social_worker)

        assert service.take_suggestion(**take, now=utc_now()).content.contingency.minutes == 300


def test_items_keep_their_ids_from_version_to_version(around):
    draft = make_draft(around)
    read = as_json(draft.content)

    assert as_json(save(draft.plan_id, around, draft.revision, outcomes=read["outcomes"]).content) == read
