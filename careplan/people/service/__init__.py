"""What may be done with people's records: one function a use case, each in its caller's transaction."""

from careplan.people.service.circle import (
    add_contact,
    add_unpaid_carer,
    end_authority,
    end_contact,
    end_unpaid_carer,
    let_carer_see,
    record_authority,
    retract_contact,
    see_registration,
)
from careplan.people.service.home import add_address, record_way_in
from careplan.people.service.knowing import (
    end_adjustment,
    record_adjustment,
    record_allergy,
    retract_adjustment,
    retract_allergy,
)
from careplan.people.service.partnership import join_partnership, leave_partnership
from careplan.people.service.registering import correct_person, link_citizen_account, register_person
from careplan.people.service.voice import choose_sharing, open_sharing, raise_concern, write_about_me

__all__ = [
    "add_address",
    "add_contact",
    "add_unpaid_carer",
    "choose_sharing",
    "correct_person",
    "end_adjustment",
    "end_authority",
    "end_contact",
    "end_unpaid_carer",
    "join_partnership",
    "leave_partnership",
    "let_carer_see",
    "link_citizen_account",
    "open_sharing",
    "raise_concern",
    "record_adjustment",
    "record_allergy",
    "record_authority",
    "record_way_in",
    "register_person",
    "retract_adjustment",
    "retract_allergy",
    "retract_contact",
    "see_registration",
    "write_about_me",
]
