"""What may be done with people's records: one function a use case, each in its caller's transaction."""

from careplan.people.service.advance_decisions import (
    correct_advance_decision,
    end_advance_decision,
    record_advance_decision,
    retract_advance_decision,
)
from careplan.people.service.asking import (
    choose_practice,
    enter_practice,
    record_answers,
    record_moving,
    retract_moving,
)
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
from careplan.people.service.locking import hold_person
from careplan.people.service.medicines import (
    check_medicine,
    correct_medicine,
    record_medicine,
    retract_medicine,
    stop_medicine,
)
from careplan.people.service.partnership import (
    ShortenedSeat,
    join_partnership,
    leave_partnership,
    lengthen_seats,
    shorten_seats,
    stay_in_partnership,
)
from careplan.people.service.registering import correct_person, link_citizen_account, register_person
from careplan.people.service.voice import choose_sharing, open_sharing, write_about_me

__all__ = [
    "ShortenedSeat",
    "add_address",
    "add_contact",
    "add_unpaid_carer",
    "check_medicine",
    "choose_practice",
    "choose_sharing",
    "correct_advance_decision",
    "correct_medicine",
    "correct_person",
    "end_adjustment",
    "end_advance_decision",
    "end_authority",
    "end_contact",
    "end_unpaid_carer",
    "enter_practice",
    "hold_person",
    "join_partnership",
    "leave_partnership",
    "lengthen_seats",
    "let_carer_see",
    "link_citizen_account",
    "open_sharing",
    "record_adjustment",
    "record_advance_decision",
    "record_allergy",
    "record_answers",
    "record_authority",
    "record_medicine",
    "record_moving",
    "record_way_in",
    "register_person",
    "retract_adjustment",
    "retract_advance_decision",
    "retract_allergy",
    "retract_contact",
    "retract_medicine",
    "retract_moving",
    "see_registration",
    "shorten_seats",
    "stay_in_partnership",
    "stop_medicine",
    "write_about_me",
]
