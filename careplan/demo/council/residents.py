"""Entering the characters: who they are, where they live, who is around them and what they say of themselves."""

from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.demo.council.cast import Cast
from careplan.demo.story.characters import Character, Stage
from careplan.demo.story.doors import DOORS, USUAL
from careplan.kernel.clock import local_date
from careplan.organisations.queries import find_by_ods_code
from careplan.people.domain.about_me import AboutSections
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.contact import Relation
from careplan.people.domain.details import PersonDetails
from careplan.people.domain.partnership import MemberKind
from careplan.people.domain.person import Gender
from careplan.people.domain.sharing import SharingDecision
from careplan.people.service.circle import add_contact, add_unpaid_carer, record_authority
from careplan.people.service.home import add_address, record_way_in
from careplan.people.service.knowing import record_adjustment, record_allergy
from careplan.people.service.partnership import join_partnership
from careplan.people.service.registering import link_citizen_account, register_person
from careplan.people.service.voice import choose_sharing, open_sharing, write_about_me

SOCIAL_WORKER_OF = {
    "harbour": "social-worker", "meadow": "social-worker-other-team", "willow": "social-worker",
}  # fmt: skip


def social_worker_of(character: Character, cast: Cast) -> Actor:
    """Who looks after this part of the town for the council."""
    return cast[SOCIAL_WORKER_OF[character.provider]]


def enter(character: Character, *, cast: Cast, now: datetime) -> UUID:
    """Enters one character; their social worker has them on the caseload from then on."""
    worker = social_worker_of(character, cast)
    practice = find_by_ods_code(ods_code="Y99901")
    person_id = register_person(
        details=PersonDetails(
            given_name=character.given,
            family_name=character.family,
            preferred_name=character.preferred,
            nhs_number=character.nhs_number,
            nhs_number_traced=character.nhs_number is not None,
            birth_date=character.born,
            gender=Gender(character.gender),
            language=character.language,
            interpreter_needed=character.language != "en",
            lives_alone=character.lives_alone,
            gp_organisation_id=practice.id if practice else None,
            communication_note=character.communicate,
            letter_format=DOORS.get(character.key, USUAL).letters,
        ),
        actor=worker,
        now=now,
    )
    add_address(
        person_id=person_id,
        line1=character.street,
        town="Northbridge",
        postcode=character.postcode,
        starts_on=local_date(now),
        actor=worker,
        now=now,
    )
    write_about_me(
        person_id=person_id,
        sections=AboutSections(most_important=character.most_important, communicate=character.communicate),
        based_on=None,
        actor=worker,
        now=now,
    )
    if character.stage is not Stage.NO_PLAN:
        record_allergy(
            person_id=person_id, status=_allergies(character), actor=worker, now=now, **_substance(character)
        )
    if character.objects_to_sharing:
        words = "I do not want the hospital reading about me."
        choose_sharing(person_id=person_id, decision=SharingDecision.OBJECTS, words=words, actor=worker, now=now)
    elif character.stage is not Stage.NO_PLAN:
        open_sharing(person_id=person_id, organisation_id=cast.houses["trust"], actor=worker, now=now)
    return person_id


def surround_margaret(person_id: UUID, *, cast: Cast, now: datetime) -> None:
    """Margaret's own account, her daughter with power of attorney, her sister who cares, nurse and therapist."""
    worker, today = cast["social-worker"], local_date(now)
    link_citizen_account(person_id=person_id, account_id=cast["citizen"].account_id, actor=worker, now=now)
    record_way_in(
        person_id=person_id,
        words="Key safe behind the drainpipe to the left of the door. Call out as you come in.",
        key_safe_code="4071",
        actor=worker,
        now=now,
    )
    record_adjustment(
        person_id=person_id,
        words="Face her, speak slowly, and write down anything with a date in it.",
        actor=worker,
        now=now,
    )
    daughter = add_contact(
        person_id=person_id,
        name="Helen Ellis-Ward",
        relation=Relation.DAUGHTER,
        phone="01632 960601",
        account_id=cast["representative"].account_id,
        is_next_of_kin=True,
        is_emergency=True,
        actor=worker,
        now=now,
    )
    record_authority(
        person_id=person_id,
        contact_id=daughter,
        kind=AuthorityKind.HEALTH_WELFARE_ATTORNEY,
        starts_on=today,
        registration_seen_on=today,
        actor=worker,
        now=now,
    )
    sister = add_contact(
        person_id=person_id,
        name="Jean Hall",
        relation=Relation.SISTER,
        phone="01632 960602",
        account_id=cast["unpaid-carer"].account_id,
        actor=worker,
        now=now,
    )
    add_unpaid_carer(
        person_id=person_id,
        contact_id=sister,
        starts_on=today,
        agreed_words="Jean may read my plan and see who is coming.",
        actor=worker,
        now=now,
    )
    for kind, slug in ((MemberKind.NURSE, "nurse"), (MemberKind.OCCUPATIONAL_THERAPIST, "occupational-therapist")):
        join_partnership(person_id=person_id, kind=kind, account_id=cast[slug].account_id, actor=worker, now=now)


def _allergies(character: Character) -> AllergyStatus:
    return AllergyStatus.PRESENT if character.key == "main" else AllergyStatus.NONE_KNOWN


def _substance(character: Character) -> dict[str, str]:
    # SNOMED CT 91936005: allergy to penicillin.
    return (
        {"substance": "penicillin", "code": "91936005", "reaction": "a rash, and her face swells"}
        if character.key == "main"
        else {}
    )
