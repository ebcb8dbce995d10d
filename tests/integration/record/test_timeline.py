"""The timeline of a record: what it tells to whom, its filters, its pages, and what a page costs."""

import re
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from sqlalchemy import event

from careplan.access.domain.actor import Role
from careplan.assessments import service as assessments
from careplan.concerns.domain.concern import ConcernCategory
from careplan.db.scope import see_everything
from careplan.delegation import service as delegation
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.delegation.domain.occasion import Measured, OccasionResult
from careplan.equipment import service as equipment
from careplan.equipment.domain.item import ItemKind, NewItem
from careplan.hours import service as hours
from careplan.hours.domain.contingency import DrawRequest
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.medicines import service as medicines
from careplan.medicines.domain.dose import DoseResult
from careplan.outcomes import service as outcomes
from careplan.outcomes.domain.barrier import BarrierKind
from careplan.outcomes.domain.result import Result
from careplan.people import queries as people_read
from careplan.people import service as people
from careplan.people.domain.partnership import MemberKind
from careplan.plans import service as plans
from careplan.record import timeline
from careplan.record.domain.moment import About
from careplan.record.domain.telling import Side
from tests.factories.concerns import an_organisation, make_concern
from tests.factories.delegation import make_active, make_nurse
from tests.factories.organisations import make_account, make_social_worker
from tests.factories.outcomes import make_rating
from tests.factories.people import make_contact, some_medicine
from tests.factories.plans import make_representative
from tests.factories.visits import make_care, make_visit

DAY = timedelta(days=1)
SECRET, DANGER = "corncrakecanary", "quetzalcanary"


@pytest.fixture
def care(session):
    """Margaret with a plan in force for a week, one visit, a comment, a medicine, an assessment, a nurse."""
    found, now = make_care(), utc_now()
    worker, person_id = found.around.social_worker, found.person_id
    make_visit(found, start=now - 3 * DAY)
    by = {"person_id": person_id, "actor": worker, "now": now - DAY}
    people.record_medicine(details=some_medicine(), **by)
    assessments.add_note(words=f"{SECRET} next door", **by)
    say(found, "The garden gate sticks.", by=found.around.coordinator, now=now - 2 * DAY)
    people.join_partnership(kind=MemberKind.NURSE, account_id=make_nurse().account_id, **by)
    session.commit()
    return found


def say(care, words, *, by, now):
    plans.add_comment(plan_id=care.version.plan_id, number=1, item="", words=words, actor=by, now=now)


def page_of(care, actor, **asked):
    return timeline.get_timeline(person_id=care.person_id, actor=actor, now=asked.pop("now", utc_now()), **asked)


def told(found):
    return [f"{line.who} {line.words}".strip() for day in found.days for line in day.lines]


class TestTheRecord:
    def test_tells_the_latest_first_and_a_day_at_a_time(self, care, sign_in):
        shown = sign_in(care.around.social_worker).get(f"/people/{care.person_id}/record").text

        order = [shown.index(words) for words in ("wrote down the medicine", "The garden gate sticks.", "1 visit")]
        assert order == sorted(order)
        for words in ("agreed version 1 of the plan", "Version 1 of the plan began to count", "joined as nurse"):
            assert words in shown

    def test_is_led_to_from_the_one_look(self, care, sign_in):
        shown = sign_in(care.around.social_worker).get(f"/people/{care.person_id}").text

        assert f'href="/people/{care.person_id}/record"' in shown
        assert 'href="/me/record"' in sign_in(care.around.citizen).get("/me").text

    def test_speaks_to_the_person_in_plain_words(self, care, sign_in):
        shown = sign_in(care.around.citizen).get("/me/record").text

        assert "<h1>What has happened</h1>" in shown
        assert "<strong>You</strong> agreed version 1 of your plan" in shown

    @pytest.mark.parametrize("role", [Role.CARE_WORKER, Role.SAFEGUARDING_LEAD, Role.COMMISSIONER])
    def test_is_not_there_for_roles_that_may_not_read_it(self, care, session, sign_in, role):
        stranger = make_account(role)
        session.commit()

        assert sign_in(stranger).get(f"/people/{care.person_id}/record").status_code in (403, 404)
        assert sign_in(care.joy).get(f"/people/{care.person_id}/record").status_code == 404

    def test_of_somebody_elses_person_is_as_if_absent(self, care, session, sign_in):
        stranger = make_social_worker()
        session.commit()

        assert sign_in(stranger).get(f"/people/{care.person_id}/record").status_code == 404

    def test_shows_a_reader_only_what_the_policy_opens_to_them(self, care, session, sign_in):
        carer = make_account(Role.UNPAID_CARER, name="Ann Hall")
        contact_id = make_contact(
            person_id=care.person_id, actor=care.around.social_worker, account=carer, name="Ann Hall"
        )
        people.add_unpaid_carer(
            person_id=care.person_id, contact_id=contact_id, starts_on=local_date(utc_now()), agreed_words="Yes",
            actor=care.around.social_worker, now=utc_now(),
        )  # fmt: skip
        draw(care, utc_now() - DAY)
        session.commit()

        theirs = sign_in(carer).get("/me/record").text
        ours = sign_in(care.around.social_worker).get(f"/people/{care.person_id}/record").text

        assert "the hours kept aside" in ours
        assert "finished the assessment" in ours
        assert "the hours kept aside" not in theirs
        assert "finished the assessment" not in theirs
        assert "agreed version 1 of the plan" in theirs


def draw(care, now):
    hours.draw_contingency(
        person_id=care.person_id,
        request=DrawRequest(new_id(), "chest_infection", "personal_care", "Her chest is bad again.", Minutes(90)),
        actor=care.around.coordinator,
        now=now,
    )


class TestTheFilters:
    @pytest.mark.parametrize(
        ("asked", "has", "has_not"),
        [
            ("about=plan", "wrote a comment", "1 visit"),
            ("about=care", "1 visit", "wrote a comment"),
            ("about=health", "wrote down the medicine", "1 visit"),
            ("about=people", "joined as nurse", "wrote down the medicine"),
            ("party=provider", "The garden gate sticks.", "wrote down the medicine"),
            ("party=council", "wrote down the medicine", "The garden gate sticks."),
            ("party=nhs", "joined as nurse", "wrote a comment"),
            ("party=person", "agreed version 1", "The garden gate sticks."),
            ("about=plan&party=person", "agreed version 1", "1 visit"),
            ("about=hours&party=nhs", "Nothing of this kind has happened.", "1 visit"),
            ("about=nonsense&party=", "1 visit", "Nothing of this kind"),
        ],
    )
    def test_narrow_what_is_shown(self, care, sign_in, asked, has, has_not):
        shown = sign_in(care.around.social_worker).get(f"/people/{care.person_id}/record?{asked}").text

        assert has in shown
        assert has_not not in shown

    def test_keep_their_state_in_the_address_and_in_the_form(self, care, session, sign_in):
        for n in range(timeline.PAGE + 1):
            say(care, f"Remark {n}.", by=care.around.coordinator, now=utc_now() - n * timedelta(minutes=1))
        session.commit()

        shown = (
            sign_in(care.around.social_worker).get(f"/people/{care.person_id}/record?about=plan&party=provider").text
        )

        assert '<option value="plan" selected>' in shown
        assert '<option value="provider" selected>' in shown
        further = re.search(r'href="(/people/[^"]+after=[^"]+)"', shown).group(1)
        assert "about=plan" in further
        assert "party=provider" in further


class TestItsPages:
    def test_double_and_skip_nothing_while_others_write(self, care, session):
        now, worker, writer = utc_now(), care.around.social_worker, care.around.coordinator
        wanted = [f"{writer.name} wrote a comment on version 1 of the plan"] * 130
        for n in range(130):
            # Ten at one instant, so that an instant alone tells no place.
            say(care, f"Remark {n}.", by=writer, now=now - (n // 10 + 1) * timedelta(minutes=7))
        session.commit()
        whole = [line for line in notes(care, worker, now)]

        after, seen = None, []
        for turn in range(20):
            found = page_of(care, worker, now=now + timedelta(minutes=turn), after=after)
            seen += [(line.at, line.words, line.note) for day in found.days for line in day.lines]
            say(care, f"Later {turn}.", by=writer, now=now + timedelta(minutes=turn))
            session.commit()
            after = found.after
            if after is None:
                break

        assert seen == whole
        assert len({note for _, _, note in seen if note and note.startswith("Remark")}) == len(wanted)
        assert all(a >= b for (a, *_), (b, *_) in pairwise(seen))

    def test_hold_a_whole_day_of_visits_each(self, care, session):
        begun = at_local(local_date(utc_now()) - DAY, utc_now().time().replace(hour=8, minute=0))
        for n in range(4):
            make_visit(care, start=begun + n * timedelta(hours=2), minutes=30)
        session.commit()

        (line,) = [x for d in page_of(care, care.around.social_worker, about=About.CARE).days for x in d.lines][:1]

        assert line.words == "4 visits, 0 as planned"
        assert line.note.count("nothing is recorded") == 4

    def test_cost_the_same_number_of_statements_however_long_the_history_is(self, care, session, sign_in):
        browser, address = sign_in(care.around.social_worker), f"/people/{care.person_id}/record"
        make_rating(person_id=care.person_id, outcome_id=care.outcome_id, actor=care.around.citizen, now=utc_now())
        session.commit()
        short = statements(session, browser, address)
        for n in range(60):
            say(care, f"Remark {n}.", by=care.around.coordinator, now=utc_now() - timedelta(minutes=n))
        for n in range(4, 30):
            make_visit(care, start=utc_now() - timedelta(hours=n), minutes=20, now=utc_now() - 2 * DAY)
        session.commit()

        assert statements(session, browser, address) <= short <= 40

    def test_a_place_that_we_did_not_give_is_refused(self, care, sign_in):
        browser = sign_in(care.around.social_worker)

        assert browser.get(f"/people/{care.person_id}/record?after=made-up").status_code == 400


def notes(care, actor, now):
    """Everything there is, page by page while nobody writes."""
    after = None
    while True:
        found = page_of(care, actor, now=now, after=after)
        yield from ((line.at, line.words, line.note) for day in found.days for line in day.lines)
        if (after := found.after) is None:
            return


def statements(session, browser, address):
    seen = []
    count = lambda _c, _k, statement, *_: seen.append(statement)  # noqa: E731
    event.listen(session.get_bind(), "before_cursor_execute", count)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", count)
    return len(seen)


class TestWhatIsDoneDayByDay:
    def test_is_told_to_those_who_may_see_each_part(self, care, session):
        around, now = care.around, utc_now() - timedelta(hours=1)
        by = {"person_id": care.person_id, "now": now}
        see_everything(session, as_="test")
        day_by_day(care, by)
        carer = make_account(Role.UNPAID_CARER, name="Ann Hall")
        contact_id = make_contact(person_id=care.person_id, actor=around.social_worker, account=carer, name="Ann Hall")
        people.add_unpaid_carer(
            contact_id=contact_id, starts_on=local_date(now), agreed_words="Yes", actor=around.social_worker, **by
        )
        session.commit()
        see_everything(session, as_="test")

        ours = told(page_of(care, around.social_worker))
        theirs = told(page_of(care, carer))

        for words in (
            "Medicines: 1 given",
            "A reading of “Checking oxygen” was not as it should be",
            "“Checking oxygen” was done without authority",
            f"{around.coordinator.name} ordered “Stand aid”",
            "You said what gets in the way of",
        ):
            assert any(line.startswith(words) for line in ours), (words, ours)
        agreed = [line for line in ours if line.endswith("This is agreed")]
        assert agreed == [line for line in ours if line.startswith(f"{around.citizen.name} said that")]
        assert any(line.startswith("Medicines: 1 given") for line in theirs)
        assert not any("oxygen" in line or "Stand aid" in line for line in theirs)


def day_by_day(care, by):
    """A dose that was first recorded wrongly, readings of two workers, an aid, a barrier, two verdicts."""
    around, worker = care.around, {**by, "actor": care.joy}
    (medicine,) = people_read.list_medicines(person_id=care.person_id)
    first = new_id()
    for dose_id, result, corrects in ((first, "declined", None), (new_id(), "given", first)):
        medicines.record_dose(
            dose_id=dose_id, medicine_id=medicine.id, effective_at=by["now"], result=DoseResult(result),
            corrects=corrects, **worker,
        )  # fmt: skip
    given = make_active(
        person_id=care.person_id, provider_id=around.provider.id, nurse=make_nurse(), coordinator=around.coordinator,
        worker=care.joy, now=by["now"] - DAY,
        ladder=(EscalationStep(1, "Grace Obi", "01632 960 401", 30, When.ALWAYS),),
    )  # fmt: skip
    for actor in (care.joy, care.sam):
        delegation.record_occasion(
            occasion_id=new_id(), delegation_id=given.id, instruction_version=1, effective_at=by["now"],
            result=OccasionResult.DONE, readings=[Measured("oxygen", Decimal(80), "%")], actor=actor, **by,
        )  # fmt: skip
    equipment.prescribe(said=NewItem(ItemKind.AID, "Stand aid", "To stand."), actor=around.coordinator, **by)
    of = {"outcome_id": care.outcome_id, **by}
    outcomes.say_barriers(kinds=[BarrierKind.PAIN], words="", actor=around.social_worker, **of)
    outcomes.give_verdict(result=Result.ACHIEVED, words="", actor=around.social_worker, **of)
    outcomes.give_verdict(result=Result.ACHIEVED, words="", actor=around.citizen, **{**of, "now": utc_now()})


class TestWhatIsNeverTold:
    def test_neither_concerns_nor_notes_about_others_stand_in_anybodys_timeline(self, care, session, sign_in):
        worker = care.around.social_worker
        make_concern(
            person_id=care.person_id, actor=worker, category=ConcernCategory.NEGLECT, words=f"{DANGER} seen",
            alleged=an_organisation(care.around.provider.id),
        )  # fmt: skip
        representative = make_representative(care.around)
        session.commit()

        read = [
            sign_in(actor).get(address)
            for actor, address in (
                (care.around.citizen, "/me/record"),
                (representative, "/me/record"),
                (care.around.coordinator, f"/people/{care.person_id}/record"),
                (worker, f"/people/{care.person_id}/record"),
            )
        ]

        assert [answer.status_code for answer in read] == [200] * 4
        for answer in read:
            assert SECRET not in answer.text
            assert DANGER not in answer.text
            assert "concern" not in answer.text.split("<main")[1].lower()

    def test_parties_are_told_apart(self, care):
        theirs = told(page_of(care, care.around.social_worker, side=Side.PROVIDER))

        assert f"{care.around.coordinator.name} agreed version 1 of the plan" in theirs
        assert not any(care.around.social_worker.name in line for line in theirs)
