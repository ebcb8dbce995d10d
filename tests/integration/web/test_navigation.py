"""What stands in the navigation can be opened: each role's links against what the linked pages ask for."""

import pytest
from flask import Flask

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section, kinds_that_allow, role_alone_allows
from careplan.web.navigation import PAGES, existing_addresses
from tests.factories.organisations import make_account


def is_open_to(app: Flask, role: Role, address: str) -> bool:
    """Whether the policy that the page declares lets this role in, to its own record or by the role alone."""
    endpoint, _ = app.url_map.bind("localhost").match(address, method="GET")
    word, section, action = str(guard.policy_of(app.view_functions[endpoint])).split(":")
    asked = {"role": role, "section": Section(section), "action": Action(action)}
    return bool(kinds_that_allow(**asked)) if word == "me" else role_alone_allows(**asked)


def existing(app: Flask, role: Role) -> list[str]:
    """The addresses in this role's navigation that the application has."""
    return [link.address for link in PAGES.get(role.value, ()) if link.address in existing_addresses(app)]


class TestLinks:
    def test_no_role_is_shown_a_page_that_its_policy_closes(self, app):
        closed = [(role.value, a) for role in Role for a in existing(app, role) if not is_open_to(app, role, a)]

        assert closed == []

    def test_the_check_notices_a_page_that_is_closed(self, app):
        assert not is_open_to(app, Role.UNPAID_CARER, "/me/hours")
        assert not is_open_to(app, Role.SAFEGUARDING_LEAD, "/people")

    @pytest.mark.parametrize("role", [r for r in Role if r.value in PAGES and PAGES[r.value][0].address != "/me"])
    def test_each_link_of_a_role_without_a_record_of_its_own_opens(self, app, session, sign_in, role):
        account = make_account(role)
        session.commit()
        browser = sign_in(account)

        shut = {a: s for a in existing(app, role) if (s := browser.get(a).status_code) == 403}

        assert shut == {}

    def test_a_carer_has_a_record_of_their_own_and_the_plan_and_visits_of_the_person_cared_for(self):
        shown = [link.address for link in PAGES["unpaid_carer"]]
        assert shown == ["/me", "/me/caring", "/me/plan", "/me/visits", "/me/progress"]

    def test_a_safeguarding_lead_is_not_led_to_people(self):
        assert [link.address for link in PAGES["safeguarding_lead"]] == ["/concerns", "/organisations"]
