"""What the person reads of their own assessment, and what a provider reads of it."""

from uuid import UUID

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Action, Section
from careplan.assessments import queries
from careplan.assessments.routes.blueprint import blueprint, given_lines, names_of, shown
from careplan.people import queries as people


@blueprint.get("/me/assessment")
@guard.me(Section.ASSESSMENT, Action.READ)
def mine() -> str:
    """My assessment in plain words: what was found, what was decided and why, who helps me to take part."""
    person_id = guard.person_id()
    standing = queries.get_standing(person_id=person_id)
    assessment, determination = standing.assessment, standing.determination
    own = guard.actor().role is Role.CITIZEN
    person = people.get_person(person_id=person_id)
    return shown(
        "assessments/mine.html",
        person_id,
        own=own,
        whose="My" if own else f"{person.known_as}’s",
        assessment=assessment,
        determination=determination,
        advocacy=standing.advocacy,
        names=names_of(
            [assessment.finished_by if assessment else None, determination.decided_by if determination else None]
        ),
        given=given_lines(queries.list_given(person_id=person_id), person="you" if own else person.known_as),
    )


@blueprint.get("/people/<uuid:person_id>/determination")
@guard.person(Section.DETERMINATION, Action.READ)
def read_determination(person_id: UUID) -> str:
    """What was decided, and the needs that were found: what a provider needs of an assessment, and no more."""
    standing = queries.get_standing(person_id=person_id)
    return shown(
        "assessments/determination.html",
        person_id,
        determination=standing.determination,
        needs=standing.assessment.content.needs.not_achievable if standing.assessment else (),
    )
