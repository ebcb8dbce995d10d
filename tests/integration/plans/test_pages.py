"""The pages of a plan, walked without JavaScript."""

import re
from datetime import timedelta

import pytest

from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.plans import queries, service
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import Party
from tests.factories.assessments import make_eligible
from tests.factories.organisations import make_social_worker
from tests.factories.plans import agree, find_lacking, make_agreed, make_draft, make_proposed, make_representative
from tests.factories.reviews import begin_next
from tests.pages import submit, token_on

EVERY_PAGE = (
    "", "/about", "/start", "/needs", "/outcomes", "/support", "/hours", "/hours/counting", "/contingency",
    "/delegations", "/risks", "/budget", "/capacity", "/review", "/check", "/agreements", "/suggest", "/comments",
    "/versions/1", "/versions/1..1",
)  # fmt: skip


def hidden(page_text):
    """The hidden fields of a page's last form, as it was opened."""
    form = page_text[page_text.rindex("data-unfinished") :]
    return dict(re.findall(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]*)")[^>]*value="([^"]*)"', form))


def typed(page_text, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page_text)
    return found[1] if found else None


@pytest.fixture
def draft(around, session):
    version = make_draft(around)
    session.commit()
    return version


@pytest.fixture
def proposed(around, session):
    version = make_proposed(around)
    session.commit()
    return version


def day(date):
    return {"day": date.day, "month": date.month, "year": date.year}


class TestWhoMayOpenWhat:
    @pytest.mark.parametrize("page", EVERY_PAGE)
    def test_the_social_worker_opens_every_page_of_a_draft(self, around, draft, sign_in, page):
        assert sign_in(around.social_worker).get(f"/plans/{draft.plan_id}{page}").status_code == 200

    @pytest.mark.parametrize("page", EVERY_PAGE)
    def test_another_social_worker_opens_none(self, around, draft, sign_in, session, page):
        stranger = make_social_worker()
        session.commit()

        assert sign_in(stranger).get(f"/plans/{draft.plan_id}{page}").status_code == 404

    @pytest.mark.parametrize("page", ["/start", "/needs", "/outcomes", "/budget", "/check", "/agreements/recorded"])
    def test_the_provider_and_the_person_write_in_no_draft(self, around, proposed, sign_in, page):
        for actor in (around.coordinator, around.citizen):
            assert sign_in(actor).get(f"/plans/{proposed.plan_id}{page}").status_code == 404

    @pytest.mark.parametrize("page", ["", "/versions/1", "/agreements", "/suggest"])
    def test_the_provider_reads_once_it_is_asked(self, around, proposed, sign_in, page):
        assert sign_in(around.coordinator).get(f"/plans/{proposed.plan_id}{page}").status_code == 200

    @pytest.mark.parametrize(
        "page", ["/me/plan", "/me/plan/changes", "/me/plan/agree", "/me/plan/ask", "/me/plan/talk"]
    )
    def test_the_person_and_their_representative_open_their_pages(self, around, proposed, session, sign_in, page):
        representative = make_representative(around)
        session.commit()
        for actor in (around.citizen, representative):
            assert sign_in(actor).get(page, follow_redirects=True).status_code == 200

    def test_a_social_worker_has_no_plan_of_their_own(self, around, proposed, sign_in):
        assert sign_in(around.social_worker).get("/me/plan").status_code == 404


class TestWriting:
    def test_a_plan_is_written_from_nothing_and_sent_round(self, around, session, sign_in):
        make_eligible(person_id=around.person_id, actor=around.social_worker)
        session.commit()
        browser = sign_in(around.social_worker)
        begun = submit(browser, f"/people/{around.person_id}/plans/new", {"kind": "full"})
        address = begun.location
        plan_id = address.rsplit("/", 1)[1]
        today = utc_now().date()
        start = {f"starts_on-{k}": v for k, v in day(today).items()}
        on = self.save(browser, f"{address}/start", {**start, "provider": str(around.provider.id)})
        assert on == f"{address}/needs"
        on = self.save(browser, on, {
            "new0-words": "I am unsteady.", "new0-care_act": "home_used_safely",
            "new1-words": "I forget to drink.", "new1-care_act": "nutrition",
        })  # fmt: skip
        assert on == f"{address}/outcomes"
        on = self.save(browser, on, self.outcomes(plan_id, session))
        assert on == f"{address}/support"
        on = self.save(browser, on, self.actions(plan_id, session))
        assert on == f"{address}/hours"
        weeks = {"week_1-hours": 20, "week_2-hours": 10, "week_3-hours": 20, "week_4-hours": 10}
        on = self.save(browser, on, {"new0-funder": "council", **{f"new0-{k}": v for k, v in weeks.items()}})
        assert on == f"{address}/risks"
        kept = {"minutes-hours": 4, "circumstances": "A bad day with my chest", "services": "Help at home"}
        self.save(browser, f"{address}/contingency", {**kept, "provider_limit-minutes": 60})
        on = self.save(browser, on, {
            "new0-words": "I may fall.", "new0-response": "Hold the rail.",
            "rank": "medium", "contact": "Jean", "response": "Ring", "no_reply": "0 Ring the bell\n10 min: Ring Jean",
            "triggers": "No breath", "steps": "Sit up", "call": "999", "if_carer_fails": "Harbour Care",
        })  # fmt: skip
        assert on == f"{address}/budget"
        on = self.save(browser, on, {"council": "294.00", "person": "42"})

        assert on == f"{address}/check"
        assert submit(browser, on).status_code == 303
        plan = queries.get_plan(plan_id=plan_id, at=utc_now())
        content = plan.proposed.content
        assert [n.words for n in content.needs] == ["I am unsteady.", "I forget to drink."]
        assert content.review_on == today + timedelta(weeks=7)
        assert content.hours.weeks == (1200, 600, 1200, 600)
        assert content.contingency.circumstances[0].slug == "a_bad_day_with_my_chest"
        assert [s.after_minutes for s in content.no_reply] == [0, 10]
        assert content.budget.total_weekly_pence == 33_600
        assert content.outcomes[0].levels[1] == "Two people"
        assert content.outcomes[1].levels[2] == "It happens every week."
        assert content.actions[1].words == "Make me a drink at each visit, and leave a full jug."

    def save(self, browser, address, fields):
        """Saves a page as it was opened, and answers the page that it leads on to."""
        page = browser.get(address)
        kept = {n: v for n, v in hidden(page.text).items() if n == "revision" or n.endswith("-key")}
        answer = submit(browser, address, {**kept, **fields})
        assert answer.status_code == 303, re.findall(r"nhsuk-error-message.*?</span>", answer.text, re.S)
        return answer.location

    def outcomes(self, plan_id, session):
        steady, drinking = self.content(plan_id, session).needs
        levels = {"level_m2": "Chair", "level_m1": "Two people", "level_0": "One", "level_1": "Alone", "level_2": "Out"}
        first = {
            "words": "I want to walk to the garden.", "need": str(steady.id), "aim": "improve", "importance": 9,
            "wellbeing": ["independence"], "baseline": -1, "weight": 5, **levels,
        }  # fmt: skip
        second = {
            "words": "", "example": "I want to drink enough, so that I keep well.", "pattern": "often",
            "need": str(drinking.id), "aim": "maintain", "baseline": -1, "weight": 1,
        }  # fmt: skip
        return {f"new{n}-{k}": v for n, one in enumerate((first, second)) for k, v in one.items()}

    def actions(self, plan_id, session):
        walking, drinking = self.content(plan_id, session).outcomes
        first = {"words": "Walk with me.", "outcome": str(walking.id), "by": "provider", "when": "On dry days"}
        second = {
            "example": "Make me a drink at each visit, and leave a full jug.", "outcome": str(drinking.id),
            "by": "provider",
        }  # fmt: skip
        entries = {f"new{n}-{k}": v for n, one in enumerate((first, second)) for k, v in one.items()}
        return {**entries, "how_met": "Care at home.", "prevention_advice": "A class."}

    def content(self, plan_id, session):
        session.rollback()
        return queries.get_plan(plan_id=plan_id, at=utc_now()).draft.content

    def test_an_item_is_changed_and_taken_out(self, around, draft, session, sign_in):
        browser = sign_in(around.social_worker)
        risk = draft.content.risks[0]
        address = f"/plans/{draft.plan_id}/risks/{risk.id}"
        self.save(browser, address, {"words": "I may slip.", "response": "Shoes on."})
        assert self.content(draft.plan_id, session).risks[0].words == "I may slip."

        listed = f"/plans/{draft.plan_id}/risks"
        seen = typed(browser.get(listed).text, "revision")
        submit(browser, listed, {"revision": seen}, to=f"{address}/removals")
        assert self.content(draft.plan_id, session).risks == ()

    def test_what_cannot_be_read_is_told_at_its_field_and_kept(self, around, draft, sign_in):
        browser = sign_in(around.social_worker)
        address = f"/plans/{draft.plan_id}/start"
        wrong = {"starts_on-day": 31, "starts_on-month": 2, "starts_on-year": 2026}
        answer = submit(browser, address, {"revision": draft.revision, **wrong})

        assert answer.status_code == 422
        assert "Type a real date" in answer.text
        assert 'value="31"' in answer.text

    def test_a_review_before_the_start_is_told_at_its_field(self, around, draft, sign_in):
        browser = sign_in(around.social_worker)
        fields = {"review_on-day": 1, "review_on-month": 3, "review_on-year": 2020}
        answer = submit(browser, f"/plans/{draft.plan_id}/review", {"revision": draft.revision, **fields})

        assert answer.status_code == 422
        assert "cannot come before the plan starts" in answer.text

    def test_a_review_that_nobody_set_moves_with_the_start(self, around, draft, session, sign_in):
        later = draft.content.starts_on + timedelta(days=10)
        fields = {f"starts_on-{k}": v for k, v in day(later).items()} | {"provider": str(around.provider.id)}
        self.save(sign_in(around.social_worker), f"/plans/{draft.plan_id}/start", fields)

        assert self.content(draft.plan_id, session).review_on == later + timedelta(weeks=7)

    def test_a_page_left_empty_leads_on_and_says_what_is_missing(self, around, session, sign_in):
        draft = make_draft(around, needs=[], outcomes=[], actions=[])
        session.commit()
        browser = sign_in(around.social_worker)
        address = f"/plans/{draft.plan_id}"

        assert self.save(browser, f"{address}/needs", {}) == f"{address}/outcomes"
        assert "At least one need." in browser.get(address).text

    def test_what_was_sent_twice_is_there_once(self, around, draft, session, sign_in):
        browser = sign_in(around.social_worker)
        address = f"/plans/{draft.plan_id}/risks"
        sent = {**hidden(browser.get(address).text), "new0-words": "The rug slips."}
        first, second = submit(browser, address, sent), submit(browser, address, sent)

        assert (first.status_code, second.status_code) == (303, 303)
        assert [r.words for r in self.content(draft.plan_id, session).risks].count("The rug slips.") == 1

    def test_a_plan_with_something_missing_is_not_sent_round(self, around, session, sign_in):
        draft = make_draft(around, budget=None)
        session.commit()
        browser = sign_in(around.social_worker)
        checked = browser.get(f"/plans/{draft.plan_id}/check")

        assert "Send it round" not in checked.text
        assert f"/plans/{draft.plan_id}/budget" in checked.text
        token = token_on(browser.get(f"/plans/{draft.plan_id}/needs"))
        assert browser.post(f"/plans/{draft.plan_id}/check", data={"csrf_token": token}).status_code == 422

    def test_an_interim_plan_asks_only_for_the_little_that_must_be_known(self, around, session, sign_in):
        draft = make_draft(around, kind=PlanKind.INTERIM)
        session.commit()
        browser = sign_in(around.social_worker)

        assert browser.get(f"/plans/{draft.plan_id}/interim").status_code == 200
        assert submit(browser, f"/plans/{draft.plan_id}/check").status_code == 303


class TestSigning:
    def sign(self, browser, version, address, **said):
        shown = browser.get(address)
        fields = {"id": typed(shown.text, "id"), "content_hash": typed(shown.text, "content_hash"), **said}
        return browser.post(address, data={"csrf_token": token_on(shown), **fields})

    def test_all_three_sign_on_their_own_pages(self, around, proposed, session, sign_in):
        address = f"/plans/{proposed.plan_id}/versions/1/agree"
        for actor in (around.social_worker, around.coordinator):
            assert self.sign(sign_in(actor), proposed, address).status_code == 303
        answer = self.sign(sign_in(around.citizen), proposed, "/me/plan/agree", answer="agree")

        assert (answer.status_code, answer.location) == (303, "/me/plan")
        session.rollback()
        assert queries.get_plan(plan_id=proposed.plan_id, at=utc_now()).in_force.number == 1

    def test_nothing_is_ticked_and_no_answer_is_no_agreement(self, around, proposed, sign_in):
        browser = sign_in(around.citizen)
        assert "checked" not in browser.get("/me/plan/agree").text
        answer = self.sign(browser, proposed, "/me/plan/agree")

        assert answer.status_code == 422
        assert "Choose what you want to do" in answer.text

    @pytest.mark.parametrize(("answer", "leads_to"), [("change", "/me/plan/ask"), ("talk", "/me/plan/talk")])
    def test_the_other_answers_lead_on(self, around, proposed, sign_in, answer, leads_to):
        browser = sign_in(around.citizen)

        assert self.sign(browser, proposed, "/me/plan/agree", answer=answer).location == leads_to

    def test_a_page_that_has_gone_stale_says_so(self, around, proposed, sign_in):
        answer = self.sign(sign_in(around.citizen), proposed, "/me/plan/agree", answer="agree", content_hash="0" * 64)

        assert answer.status_code == 422
        assert "Read it again" in answer.text

    def test_paper_is_recorded_with_its_witness(self, around, proposed, sign_in):
        browser = sign_in(around.social_worker)
        today = {f"agreed_on-{k}": v for k, v in day(utc_now().date()).items()}
        address = f"/plans/{proposed.plan_id}/agreements/recorded"
        answer = self.sign(browser, proposed, address, who="self", channel="paper", witness="Jo Field", **today)

        assert answer.status_code == 303
        assert "witnessed by Jo Field" in browser.get(f"/plans/{proposed.plan_id}/agreements").text

    def test_a_best_interests_decision_is_never_shown_as_agreed(self, around, proposed, session, sign_in):
        find_lacking(proposed, around)
        session.commit()
        browser = sign_in(around.social_worker)
        words = dict.fromkeys(("decision", "wishes", "consulted", "less_restrictive", "advocate"), "As written.")
        today = {f"decided_on-{k}": v for k, v in day(utc_now().date()).items()}
        answer = self.sign(browser, proposed, f"/plans/{proposed.plan_id}/best-interests", **words, **today)
        shown = browser.get(f"/plans/{proposed.plan_id}/agreements").text

        assert answer.status_code == 303
        assert "Decided in their best interests" in shown
        assert ">Agreed<" not in shown

    def test_a_finding_names_what_is_missing(self, around, proposed, sign_in):
        browser = sign_in(around.social_worker)
        today = {f"decided_on-{k}": v for k, v in day(utc_now().date()).items()}
        address = f"/plans/{proposed.plan_id}/capacity"
        answer = self.sign(browser, proposed, address, lacks_capacity="yes", **today)

        assert answer.status_code == 422
        assert "Say which ability is lost" in answer.text


class TestSuggesting:
    def test_a_suggestion_is_sent_taken_and_changes_exactly_that(self, around, proposed, session, sign_in):
        action = proposed.content.actions[0]
        coordinator, social_worker = sign_in(around.coordinator), sign_in(around.social_worker)
        address = f"/plans/{proposed.plan_id}/suggest?item={action.id}&field=when"
        sent = submit(coordinator, address, {"value": "Every day, after lunch", "why": "We are there then."})
        assert sent.status_code == 303
        page = social_worker.get(f"/plans/{proposed.plan_id}").text
        (suggestion,) = re.findall(r"/suggestions/([0-9a-f-]{36})", page)
        one = f"/plans/{proposed.plan_id}/suggestions/{suggestion}"
        assert "We are there then." in social_worker.get(one).text
        assert submit(social_worker, one, to=f"{one}/taken").status_code == 303
        shown = social_worker.get(f"/plans/{proposed.plan_id}/versions/1..2").text

        assert re.search(r"<del>.*removed: .*On dry days,.*</del>", shown)
        assert re.search(r"<ins>.*added: .*Every day,.*</ins>", shown)
        assert shown.count("Changed") == 1
        assert "taken into version 2" in coordinator.get(one).text

    def test_hours_are_suggested_as_hours_and_minutes(self, around, proposed, sign_in):
        grant = proposed.content.hours.grants[0]
        browser = sign_in(around.coordinator)
        weeks = {f"value_{k}-hours": h for k, h in enumerate((20, 10, 20, 15), 1)}
        address = f"/plans/{proposed.plan_id}/suggest?item={grant.id}&field=weeks"

        assert submit(browser, address, {**weeks, "why": "Week 4 is long."}).status_code == 303

    def test_declining_takes_a_reason(self, around, proposed, session, sign_in):
        suggestion = service.suggest_change(
            suggestion_id=new_id(), plan_id=proposed.plan_id, number=1, item="contingency", field="minutes",
            value=300, why="More", actor=around.coordinator, now=utc_now(),
        )  # fmt: skip
        session.commit()
        browser = sign_in(around.social_worker)
        one = f"/plans/{proposed.plan_id}/suggestions/{suggestion.id}"

        assert submit(browser, one, {"reason": ""}, to=f"{one}/declined").status_code == 422
        assert submit(browser, one, {"reason": "Not assessed."}, to=f"{one}/declined").status_code == 303
        assert "Not assessed." in sign_in(around.coordinator).get(one).text

    def test_the_person_asks_in_their_own_words(self, around, proposed, sign_in):
        outcome = proposed.content.outcomes[0]
        fields = {"about": str(outcome.id), "words": "I want to go in the rain too."}
        assert submit(sign_in(around.citizen), "/me/plan/ask", fields).status_code == 303

        assert "in the rain too" in sign_in(around.social_worker).get(f"/plans/{proposed.plan_id}").text


class TestMyPlan:
    def test_is_said_in_words(self, around, session, sign_in):
        make_agreed(around)
        session.commit()
        text = sign_in(around.citizen).get("/me/plan").text

        for words in ("I want to walk to the garden", "60 hours", "Harbour Care", "A bad day with my chest"):
            assert words in text

    def test_says_what_changed_in_was_and_now(self, around, session, sign_in):
        first = make_agreed(around)
        draft = begin_next(plan_id=first.plan_id, actor=around.social_worker)
        changes = {"how_met": "Care at home, and a walk every day."}
        service.edit_plan(
            plan_id=first.plan_id, changes=changes, etag=draft.etag, actor=around.social_worker, now=utc_now()
        )
        second = service.propose_plan(plan_id=first.plan_id, actor=around.social_worker, now=utc_now())
        agree(second, around, Party.COUNCIL)
        session.commit()
        browser = sign_in(around.citizen)
        text = browser.get("/me/plan/changes").text

        assert "One thing would be different" in text
        assert "Care at home, and a walk every day." in text
        assert "Care at home, and a walk to the garden on dry days." in text
        assert "Removed: <del>“to the garden on dry days.”</del>. Added: <ins>“every day.”</ins>." in text
        assert "The plan has changed. Do you agree?" in browser.get("/me/plan").text

    def test_says_so_where_there_is_none(self, around, session, sign_in):
        session.commit()

        assert "There is no plan to read yet" in sign_in(around.citizen).get("/me/plan").text
