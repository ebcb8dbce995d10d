"""The blueprint that the pages of assessments share, and what most of them need."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from careplan.access import guard
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.assessments.domain import advocacy, content, eligibility, giving, outcome
from careplan.kernel.clock import utc_now
from careplan.people import queries as people
from careplan.web import page
from careplan.web.forms import Form

blueprint = Blueprint("assessments", __name__)

read_assessment = guard.person(Section.ASSESSMENT, Action.READ)
write_assessment = guard.person(Section.ASSESSMENT, Action.WRITE)
WORDS = {
    "outcomes": outcome.OUTCOME_WORDS,
    "achievable": outcome.ACHIEVABLE_WORDS,
    "meanings": outcome.MEANING_WORDS,
    "areas": outcome.AREA_WORDS,
    "answers": content.ANSWER_WORDS,
    "methods": content.METHOD_WORDS,
    "parts": content.PART_TITLES,
    "kinds": eligibility.KIND_WORDS,
    "results": eligibility.RESULT_WORDS,
    "duties": advocacy.DUTY_WORDS,
    "abilities": advocacy.ABILITY_WORDS,
    "papers": giving.PAPER_WORDS,
}


def shown(template: str, person_id: UUID, **said: Any) -> str:
    """A page about a person, with the words for what an assessment can say."""
    return page(template, person=people.get_person(person_id=person_id), words=WORDS, **said)


def to_assessment(person_id: UUID) -> Response:
    """Back to the list."""
    return redirect(url_for("assessments.show", person_id=person_id), 303)


def may(person_id: UUID, section: Section, action: Action) -> bool:
    """Whether whoever looks at the page may do this."""
    return access.may_reach(actor=guard.actor(), person_id=person_id, section=section, action=action, now=utc_now())


def names_of(account_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Who did it, by account."""
    return access.list_account_names(account_ids={i for i in account_ids if i is not None})


def given_lines(found: Iterable[giving.Given], *, person: str) -> list[tuple[str, str, str | None]]:
    """What was given, each with how, to whom, when and by whom; and why it was wrong, where it was."""
    papers = list(found)
    names = names_of([g.given_by for g in papers] + [g.mistake.by for g in papers if g.mistake])
    return [
        (
            giving.PAPER_WORDS[g.paper],
            giving.given_words(g, by=names.get(g.given_by, "the team"), person=person),
            giving.mistake_words(g.mistake, by=names.get(g.mistake.by, "the team")) if g.mistake else None,
        )
        for g in papers
    ]


def status_of(form: Form) -> int:
    """A form with something to put right is answered as such."""
    return 422 if form.errors or form.form_errors else 200
