"""The plan of a carer, for those whom the carer has chosen; whoever is not chosen finds an empty page."""

from uuid import UUID

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.carers import queries
from careplan.carers.domain.carer import Carer
from careplan.carers.domain.plan import CarerPlan
from careplan.carers.routes.blueprint import WORDS, blueprint
from careplan.people import queries as people
from careplan.web import page


@blueprint.get("/me/carers")
@guard.me(Section.CARER_SHARED, Action.READ)
def shared_with_me() -> str:
    """What those who look after me let me read, or after the person for whom I act."""
    return page("carers/shared_mine.html", shared=_shared(guard.person_id()))


@blueprint.get("/people/<uuid:person_id>/carers/shared")
@guard.person(Section.CARER_SHARED, Action.READ)
def shared_with_provider(person_id: UUID) -> str:
    """What the person's carers let the provider read."""
    return page(
        "carers/shared.html",
        person=people.get_person(person_id=person_id),
        shared=_shared(person_id),
        words=WORDS,
    )


def _shared(person_id: UUID) -> list[tuple[Carer, CarerPlan]]:
    """The agreed plans that the database shows to whoever asks: it asks the carer's answers itself."""
    found = [(c, queries.find_agreed_plan(carer_id=c.id)) for c in queries.list_carers(person_id=person_id)]
    shared = [(carer, plan) for carer, plan in found if plan is not None]
    guard.naming(carer.id for carer, _ in shared)
    return shared
