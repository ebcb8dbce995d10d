"""The page of news, the number at the top of every page, and the way from a notice to where one acts."""

import re

import pytest
from sqlalchemy import text

from careplan.access.domain.actor import Role
from careplan.kernel.clock import utc_now
from careplan.notices import service
from careplan.notices.domain.notice import Audience, NoticeKind
from tests.factories.organisations import make_account
from tests.factories.plans import Around, make_around, make_proposed
from tests.pages import submit

COUNT = re.compile(r'<span class="count">(\d+)')
LINK = re.compile(r'href="(/news/[0-9a-f-]{36})"')


@pytest.fixture
def around(session) -> Around:
    around = make_around()
    make_proposed(around)
    session.commit()
    return around


def tell(around, words):
    service.tell(
        person_id=around.person_id, audience=[Audience.PERSON], words=words, address="/me/plan",
        actor=around.social_worker, now=utc_now(), kind=NoticeKind.COMMENT,
    )  # fmt: skip


class TestNews:
    def test_says_what_is_new_and_counts_it_on_every_page(self, around, sign_in):
        browser = sign_in(around.citizen)

        page = browser.get("/news").text

        assert "has sent version 1 of the plan round. Read it and say if you agree." in page
        assert [COUNT.search(browser.get(a).text)[1] for a in ("/news", "/me", "/help")] == ["1"] * 3

    def test_names_the_person_to_those_who_serve_several(self, around, sign_in):
        assert "<strong>Margaret Ellis</strong>" in sign_in(around.coordinator).get("/news").text
        assert "<strong>Margaret Ellis</strong>" not in sign_in(around.citizen).get("/news").text

    def test_leads_in_one_tap_to_where_one_acts_and_is_read_then(self, around, sign_in):
        browser = sign_in(around.coordinator)

        answer = browser.get(LINK.search(browser.get("/news").text)[1])

        assert answer.status_code == 303
        assert answer.location.endswith("/agreements")
        assert browser.get(answer.location).status_code == 200
        after = browser.get("/news").text
        assert "You have read everything." in after
        assert COUNT.search(after) is None

    def test_is_read_all_at_once(self, around, sign_in):
        browser = sign_in(around.citizen)

        answer = submit(browser, "/news", to="/news/read")

        assert answer.status_code == 303
        assert "Everything is marked as read." in browser.get("/news").text

    def test_says_that_there_is_none(self, session, sign_in):
        auditor = make_account(Role.AUDITOR)
        session.commit()

        page = sign_in(auditor).get("/news").text

        assert "There is nothing new." in page
        assert "Mark everything as read" not in page

    def test_goes_on_page_by_page(self, around, session, sign_in):
        for k in range(30):
            tell(around, f"Number {k} of the notices.")
        session.commit()
        browser = sign_in(around.citizen)

        first = browser.get("/news").text
        second = browser.get(re.search(r'href="(/news\?after=[^"]+)"', first)[1]).text

        seen = re.findall(r"Number (\d+) of the notices", first) + re.findall(r"Number (\d+) of the notices", second)
        assert seen == [str(k) for k in reversed(range(30))]

    @pytest.mark.parametrize("after", ["made-up", "W10.x"])
    def test_goes_on_from_no_place_that_was_made_up(self, around, sign_in, after):
        assert sign_in(around.citizen).get(f"/news?after={after}").status_code == 400

    def test_of_another_is_not_there(self, around, sign_in):
        link = LINK.search(sign_in(around.coordinator).get("/news").text)[1]

        assert sign_in(around.citizen).get(link).status_code == 404

    def test_shows_words_as_words(self, around, session, sign_in):
        tell(around, "Priya wrote: <script>alert(1)</script>")
        session.commit()

        page = sign_in(around.citizen).get("/news").text

        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page

    def test_is_written_down_with_the_people_it_showed(self, around, session, sign_in):
        sign_in(around.coordinator).get("/news")

        subjects = session.scalar(text("SELECT subjects FROM audit_event WHERE route = 'GET /news'"))
        assert subjects == [around.person_id]


def test_stands_on_the_persons_own_first_page(around, sign_in):
    browser = sign_in(around.citizen)

    assert "What is new" in browser.get("/me").text
    submit(browser, "/news", to="/news/read")
    assert "What is new" not in browser.get("/me").text


def test_a_page_that_says_what_went_wrong_counts_nothing(around, sign_in):
    page = sign_in(around.citizen).get("/nowhere")

    assert page.status_code == 404
    assert COUNT.search(page.text) is None
