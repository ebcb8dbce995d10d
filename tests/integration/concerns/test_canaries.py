"""What staff write about safety is planted everywhere it can stand, and looked for on every page, in every answer and
resource that the person, their representative or a carer can get.
"""

from datetime import timedelta
from importlib import import_module

import pytest

from careplan.concerns import service as concerns
from careplan.concerns.domain.concern import ConcernCategory
from careplan.concerns.domain.step import Enquiry
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.clock import local_date, utc_now
from careplan.record.service import assemble
from careplan.web.paper import write_pdf
from tests.factories.fhir import system_for
from tests.integration.access.conftest import served  # noqa: F401  a town with everything in it, and its browsers
from tests.integration.access.test_every_route import ask
from tests.oracles.routes import BY_ADDRESS, LET_IN, addresses
from tests.pages import submit

CANARY = "quetzalcanary"
READERS = ("citizen", "representative", "unpaid-carer")
PAGES = sorted(a for a in BY_ADDRESS if a.startswith("GET "))


@pytest.fixture(scope="module")
def planted(served):  # noqa: F811  the fixture of that name
    """One concern that nobody of them raised and one that the person raised, each with every kind of step."""
    town, now = served.town, utc_now()
    week = local_date(now) + timedelta(days=7)
    with served.app.app_context():
        see_everything(db.session, as_="test")
        worker = town.actors["social-worker"]
        for raiser in (worker, town.actors["citizen"]):
            concern_id = concerns.raise_concern(
                person_id=town.person_id, category=ConcernCategory.NEGLECT, words=f"{CANARY} seen",
                immediate_danger=True, persons_wishes=f"{CANARY} wished", told=[f"{CANARY} told"], actor=raiser,
                now=now,
            )  # fmt: skip
            by = {"concern_id": concern_id, "actor": worker, "now": now}
            concerns.add_note(words=f"{CANARY} note", **by)
            concerns.decide_enquiry(enquiry=Enquiry.YES, reasons=f"{CANARY} reasons", **by)
            concerns.plan_action(words=f"{CANARY} action", who=f"{CANARY} who", due_on=week, **by)
            concerns.suspend_contact(contact_id=town.items["contacts"], reason=f"{CANARY} reason", due_on=week, **by)
        db.session.commit()
    return served


@pytest.fixture
def papers(monkeypatch):
    """What PDFs are made from, kept on its way: their bytes do not show their words."""
    kept = []

    def write_and_keep(paper, **how):
        kept.append(repr(paper))
        return write_pdf(paper, **how)

    monkeypatch.setattr(import_module("careplan.documents.routes.blueprint"), "write_pdf", write_and_keep)
    return kept


@pytest.mark.parametrize("persona", READERS)
def test_no_page_and_no_answer_of_theirs_holds_any_of_it(planted, papers, persona):
    told, opened = [], 0
    for address in PAGES:
        rule = addresses(planted.app)[address]
        answer = ask(planted, persona, address, rule)
        opened += BY_ADDRESS[address].expects(persona) == LET_IN and answer.status_code == 200
        if CANARY.encode() in answer.data:
            told.append(address)

    assert told == []
    assert papers, "they can print the plan"
    assert [p for p in papers if CANARY in p] == []
    assert opened > 20, "they were let in at many addresses, so that looking there means something"


def test_the_lead_is_told_all_of_it(planted):
    """Else the test above would pass over a canary that was never planted."""
    lead = planted.browser("safeguarding-lead")
    ids = [line for line in lead.get("/concerns").text.split('"') if line.startswith("/concerns/")]
    pages = [lead.get(address).text for address in set(ids)]

    for word in ("seen", "wished", "told", "note", "reasons", "action", "who", "reason"):
        assert any(f"{CANARY} {word}" in page for page in pages), word


def test_no_resource_of_the_shared_record_holds_any_of_it(planted):
    submit(planted.browser("citizen"), "/accessibility", to="/me/sharing/share")
    system = system_for(planted.browser(None), client_id="trust")
    answer = system.get(f"Patient/{planted.town.person_id}/$everything")

    assert answer.status_code == 200
    assert CANARY not in answer.text


def test_no_value_that_documents_are_made_from_holds_any_of_it(planted):
    with planted.app.app_context():
        see_everything(db.session, as_="test")
        assembled = repr(assemble(person_id=planted.town.person_id, at=utc_now()))
        db.session.rollback()

    assert "Margaret" in assembled
    assert CANARY not in assembled
