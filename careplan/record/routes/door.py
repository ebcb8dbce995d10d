"""What a worker needs at the door."""

from uuid import UUID

from careplan.access import guard
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.phone import spoken_phone
from careplan.record.door import get_door_page
from careplan.record.routes.blueprint import blueprint
from careplan.web import page


@blueprint.get("/people/<uuid:person_id>/door")
@guard.person(Section.DOOR, Action.READ)
def show_door(person_id: UUID) -> str:
    """Address, what matters, how to communicate, risks, moving, allergies, medicines, papers, whom to call."""
    found = get_door_page(person_id=person_id, actor=guard.actor(), now=utc_now())
    return page("record/door.html", found=found, spoken_phone=spoken_phone)
