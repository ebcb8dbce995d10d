"""Each voice where it is at home, none in another's place; two taps; slips; what is in the way; what is agreed."""

import re
from datetime import timedelta

import pytest

from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.notices import queries as notices
from careplan.outcomes import queries as outcomes
from careplan.outcomes.domain.level import Level
from careplan.outcomes.domain.rating import RatingKind, Voice, standing
from careplan.outcomes.domain.result import agreed_on
from careplan.progress import queries, service
from careplan.reviews.domain.review import Reason
from tests.factories.reviews import make_review, unplanned
from tests.pages import submit

OWN_PAGES = ("person", "representative", "unpaid_carer")


def said(care, session):
    session.rollback()
    return [
        (r.voice.value, int(r.level), r.kind.value) for r in standing(outcomes.list_ratings(person_id=care.person_id))
    ]


@pytest.mark.parametrize("voice", ["person", "representative", "unpaid_carer", "worker", "professional"])
def test_everyone_speaks_as_themselves_and_is_shown_so(care, voices, session, sign_in, voice):
    browser = sign_in(voices[voice])
    mine = f"/me/progress/{care.outcome_id}"
    address = mine if voice in OWN_PAGES else f"/people/{care.person_id}/outcomes/{care.outcome_id}"

    answer = submit(browser, address, {"id": str(new_id()), "level": "1", "whose": "mine"})

    assert answer.status_code == 303
    assert said(care, session) == [(voice, 1, "note")]
    shown = sign_in(voices["professional"]).get(f"/people/{care.person_id}/outcomes").text
    words = {"person": "Margaret says", "worker": "The team says", "professional": "The team says"}
    assert f"{words.get(voice, 'The family says')}: better than we hoped." in shown
    assert shown.count("says: better than we hoped") == 1


def test_a_tap_saves_the_same_tap_again_changes_nothing_and_another_corrects(care, session, sign_in):
    browser, address, first = sign_in(care.around.citizen), f"/me/progress/{care.outcome_id}", str(new_id())
    page = browser.get(address).text
    assert [re.sub(r"<[^>]+>.*", "", b) for b in re.findall(r'name="level" value="-?\d">([^\n]*)</button>', page)] == [
        "I go on my own and stay out.", "I go on my own with a stick.", "I go with one person near me.",
        "I go with two people.", "I stay in my chair.",
    ]  # fmt: skip

    for level in ("-1", "-1"):
        assert submit(browser, address, {"id": first, "level": level}).status_code == 303
    assert said(care, session) == [("person", -1, "note")]
    assert "You said this on" in browser.get(address).text

    assert submit(browser, address, {"id": str(new_id()), "level": "0"}).status_code == 303
    assert said(care, session) == [("person", 0, "note")]
    assert len(outcomes.list_ratings(person_id=care.person_id)) == 2

    # Taken back, what was said before stands again; nothing is lost.
    assert submit(browser, address, {}, to=f"{address}/taken-back").status_code == 303
    assert said(care, session) == [("person", -1, "note")]
    assert len(outcomes.list_ratings(person_id=care.person_id)) == 2


def test_what_cannot_be_read_is_told_and_what_is_not_theirs_is_not_there(care, session, sign_in):
    browser, address = sign_in(care.around.citizen), f"/me/progress/{care.outcome_id}"
    for wrong in ("3", "", "a", "--1", "²"):
        answer = submit(browser, address, {"id": str(new_id()), "level": wrong})
        assert (answer.status_code, "Choose a level" in answer.text) == (422, True), wrong
    assert browser.get(f"/me/progress/{new_id()}").status_code == 404
    assert said(care, session) == []


def test_counts_for_a_review_while_one_is_due_or_was_just_held(care, voices, session):
    def say(actor, now, **more):
        return service.say(
            rating_id=new_id(), person_id=care.person_id, outcome_id=care.outcome_id, level=Level.MORE, actor=actor,
            now=now, **{"words": "", **more},
        ).kind  # fmt: skip

    now = utc_now()
    assert say(voices["person"], now) is RatingKind.NOTE
    make_review(plan_id=care.version.plan_id, actor=care.around.social_worker, now=now)
    assert say(voices["person"], now + timedelta(days=1)) is RatingKind.REVIEW
    assert say(voices["worker"], now + timedelta(days=1)) is RatingKind.NOTE
    assert say(voices["professional"], now + timedelta(days=20)) is RatingKind.NOTE
    # The plan's own review comes within three weeks.
    later = now + timedelta(days=7 * 7 - 7 - 20)
    assert say(voices["representative"], later) is RatingKind.REVIEW


def test_staff_write_down_the_persons_word_in_the_persons_words(care, voices, session, sign_in):
    browser, address = sign_in(voices["professional"]), f"/people/{care.person_id}/outcomes/{care.outcome_id}"
    told = {"id": str(new_id()), "level": "-1", "whose": "theirs"}
    refused = submit(browser, address, {**told, "words": ""})
    assert (refused.status_code, "Write how the person said it." in refused.text) == (422, True)
    assert 'value="-1" checked' in refused.text

    submit(browser, address, {**told, "words": "My hip is bad again."})
    submit(browser, address, {"id": str(new_id()), "level": "0", "whose": "mine"})

    assert said(care, session) == [("person", -1, "note"), ("professional", 0, "note")]
    assert "Margaret Ellis, as" in sign_in(care.around.citizen).get("/me/progress").text
    # A care worker does not: what they send is theirs, whatever the form says.
    submit(sign_in(voices["worker"]), address, {**told, "id": str(new_id()), "words": "She said so."})
    assert said(care, session)[2:] == []


def test_what_gets_in_the_way_is_chosen_or_written_and_goes_again(care, session, sign_in, voices):
    browser, address = sign_in(care.around.citizen), f"/me/progress/{care.outcome_id}"
    empty = submit(browser, address, {}, to=f"{address}/barriers")
    assert (empty.status_code, "Choose what gets in the way, or write it." in empty.text) == (422, True)

    typed = {"kinds": ["pain", "equipment"], "words": "The bench is always wet."}
    for _ in range(2):
        assert submit(browser, address, typed, to=f"{address}/barriers").status_code == 303
    shown = sign_in(voices["professional"]).get(f"/people/{care.person_id}/outcomes").text
    assert [shown.count(w) for w in ("The bench is always wet.", ">Pain<")] == [1, 1]

    session.rollback()
    barrier = next(b for b in outcomes.list_barriers(person_id=care.person_id) if b.words)
    assert submit(browser, address, {}, to=f"{address}/barriers/{barrier.id}/gone").status_code == 303
    assert "The bench is always wet." not in browser.get(address).text


def test_it_is_reached_when_both_say_so_and_never_by_ratings(care, voices, session, sign_in):
    citizen, worker = sign_in(care.around.citizen), sign_in(voices["professional"])
    mine, theirs = f"/me/progress/{care.outcome_id}", f"/people/{care.person_id}/outcomes/{care.outcome_id}"
    for browser, address in ((citizen, mine), (worker, theirs)):
        submit(browser, address, {"id": str(new_id()), "level": "2", "whose": "mine"})

    def agreed():
        session.rollback()
        found = agreed_on(outcomes.list_verdicts(person_id=care.person_id), outcome_id=care.outcome_id)
        return found.result.value if found else None

    assert agreed() is None
    # To be kept is not what this outcome is for.
    reached = {"reached-result": "achieved", "reached-whose": "mine", "reached-words": "She walks alone."}
    assert (
        submit(worker, theirs, {**reached, "reached-result": "maintained"}, to=f"{theirs}/verdicts").status_code == 422
    )
    assert submit(worker, theirs, reached, to=f"{theirs}/verdicts").status_code == 303
    assert agreed() is None
    news = [n.address for n in notices.list_notices(actor=care.around.citizen, now=utc_now(), limit=20)]
    assert mine in news

    assert "What do you think?" in citizen.get(mine).text
    submit(citizen, mine, {"result": "achieved"}, to=f"{mine}/verdicts")
    assert agreed() == "achieved"
    assert "Agreed together on" in worker.get(f"/people/{care.person_id}/outcomes").text

    submit(sign_in(voices["worker"]), theirs, reached, to=f"{theirs}/verdicts")
    assert len(outcomes.list_verdicts(person_id=care.person_id)) == 2


def test_figures_take_each_raters_review_ratings_alone(care, voices, session, sign_in):
    make_review(plan_id=care.version.plan_id, actor=care.around.social_worker, said=unplanned(reason=Reason.GAP))
    for voice, level in (("person", 1), ("worker", 2), ("professional", 0)):
        service.say(
            rating_id=new_id(), person_id=care.person_id, outcome_id=care.outcome_id, level=Level(level), words="",
            actor=voices[voice], now=utc_now(),
        )  # fmt: skip
    going = queries.get_going(person_id=care.person_id, now=utc_now())

    figures = [(line.voice, str(line.figures.baseline), str(line.figures.achieved)) for line in going.lines]
    assert figures == [("The person", "40.00", "60.00"), ("Professional", "40.00", "50.00")]
    assert (str(going.overall.achieved), str(going.overall.change)) == ("55.00", "15.00")
    session.commit()
    page = sign_in(voices["professional"]).get(f"/people/{care.person_id}/outcomes").text
    assert "+20.00" in page
    assert Voice.WORKER.value not in [line.voice for line in going.lines]
