"""People for tests; all invented, with NHS numbers from the range that is kept for tests (999...)."""

from datetime import date, datetime
from itertools import count
from uuid import UUID

import nhs_number

from careplan.access.domain.actor import Actor
from careplan.kernel.clock import utc_now
from careplan.people import service
from careplan.people.domain.contact import Relation
from careplan.people.domain.details import PersonDetails
from careplan.people.domain.door import NEEDED
from careplan.people.domain.known import Known
from careplan.people.domain.medicine import MedicineDetails, Route, Support

_number = count(1)


def some_nhs_number() -> str:
    """A number of the test range that passes its check, another one each time."""
    while True:
        nine = f"999{next(_number):06d}"
        check = nhs_number.calculate_checksum(nine)
        if check is not None and check < 10:
            return f"{nine}{check}"


def some_details(**said: object) -> PersonDetails:
    """Details of somebody, with what the test says otherwise."""
    usual: dict[str, object] = {
        "given_name": "Margaret",
        "family_name": "Ellis",
        "nhs_number": some_nhs_number(),
        "birth_date": date(1942, 3, 9),
    }
    return PersonDetails(**{**usual, **said})  # type: ignore[arg-type]  # a test names fields as it likes


def make_person(*, social_worker: Actor, now: datetime | None = None, **said: object) -> UUID:
    """A person on a social worker's caseload."""
    return service.register_person(details=some_details(**said), actor=social_worker, now=now or utc_now())


def make_door_answered(*, person_id: UUID, actor: Actor, now: datetime | None = None) -> None:
    """Of everything that a worker needs at the door, it is said that nobody has asked yet."""
    service.record_answers(
        person_id=person_id, answers=dict.fromkeys(NEEDED, Known.NOT_ASKED), actor=actor, now=now or utc_now()
    )


def some_medicine(**said: object) -> MedicineDetails:
    """A medicine as it stands on its label, with what the test says otherwise."""
    usual: dict[str, object] = {
        "name": "Furosemide", "form": "tablet", "strength": "40 mg", "dose": "1 tablet", "route": Route.MOUTH,
        "support": Support.REMINDED, "source": "the pharmacy label", "times": "8 am",
    }  # fmt: skip
    return MedicineDetails(**{**usual, **said})  # type: ignore[arg-type]  # a test names fields as it likes


def make_contact(*, person_id: UUID, actor: Actor, account: Actor | None = None, name: str = "Jean Hall") -> UUID:
    """Somebody in the person's life, with an account or without."""
    return service.add_contact(
        person_id=person_id,
        name=name,
        relation=Relation.SISTER,
        account_id=account.account_id if account else None,
        actor=actor,
        now=utc_now(),
    )
