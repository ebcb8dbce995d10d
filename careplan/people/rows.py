"""From a row to the frozen value that others may hold."""

from careplan.kernel.minutes import Minutes
from careplan.people.domain.about_me import AboutMe, sections_from
from careplan.people.domain.address import Address, WayIn
from careplan.people.domain.adjustment import Adjustment
from careplan.people.domain.advance_decision import AdvanceDecision, AdvanceDetails, AdvanceKind
from careplan.people.domain.allergy import Allergy, AllergyStatus
from careplan.people.domain.authority import Authority, AuthorityKind
from careplan.people.domain.contact import CarerSpell, Contact, Relation
from careplan.people.domain.known import Answer, Known, Topic
from careplan.people.domain.letters import LetterFormat
from careplan.people.domain.medicine import AsNeeded, Medicine, MedicineDetails, Route, Support
from careplan.people.domain.moving import Moving, MovingDetails
from careplan.people.domain.name import folded_name
from careplan.people.domain.nhs_number import NhsNumberStatus
from careplan.people.domain.partnership import Member, MemberKind
from careplan.people.domain.person import Gender, Person
from careplan.people.domain.retraction import Retraction
from careplan.people.domain.sharing import SharingChoice, SharingDecision
from careplan.people.models import (
    AboutMeRow,
    AdjustmentRow,
    AdvanceDecisionRow,
    AllergyRow,
    AnswerRow,
    AuthorityRow,
    ContactRow,
    MedicineRow,
    MovingRow,
    PartnershipMemberRow,
    PersonAccessRow,
    PersonAddressRow,
    PersonRow,
    Retractable,
    SharingChoiceRow,
)


def person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        given_name=row.given_name,
        family_name=row.family_name,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        preferred_name=row.preferred_name,
        nhs_number=row.nhs_number,
        nhs_number_status=NhsNumberStatus(row.nhs_number_status),
        birth_date=row.birth_date,
        gender=Gender(row.gender),
        died_on=row.died_on,
        phone=row.phone,
        email=row.email,
        language=row.language,
        interpreter_needed=row.interpreter_needed,
        lives_alone=row.lives_alone,
        gp_organisation_id=row.gp_organisation_id,
        communication_note=row.communication_note,
        letter_format=LetterFormat(row.letter_format) if row.letter_format else None,
    )


def folded(of: Person) -> str:
    """What `person.name_folded` holds for this person."""
    return folded_name(family=of.family_name, given=of.given_name, preferred=of.preferred_name)


def address(row: PersonAddressRow) -> Address:
    return Address(
        id=row.id,
        person_id=row.person_id,
        line1=row.line1,
        town=row.town,
        postcode=row.postcode,
        line2=row.line2,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def way_in(row: PersonAccessRow) -> WayIn:
    return WayIn(row.id, row.person_id, row.words, row.key_safe_code, row.recorded_at, row.recorded_by)


def contact(row: ContactRow) -> Contact:
    return Contact(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        relation=Relation(row.relation),
        phone=row.phone,
        account_id=row.account_id,
        is_next_of_kin=row.is_next_of_kin,
        is_emergency=row.is_emergency,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        carer=_carer_spell(row),
        retraction=_retraction(row),
    )


def authority(row: AuthorityRow) -> Authority:
    return Authority(
        id=row.id,
        person_id=row.person_id,
        contact_id=row.contact_id,
        kind=AuthorityKind(row.kind),
        starts_on=row.starts_on,
        account_id=row.account_id,
        scope=row.scope,
        leaves_out_care=row.leaves_out_care,
        registration_seen_on=row.registration_seen_on,
        registration_seen_by=row.registration_seen_by,
        ends_on=row.ends_on,
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        retraction=_retraction(row),
    )


def allergy(row: AllergyRow) -> Allergy:
    return Allergy(
        id=row.id,
        person_id=row.person_id,
        status=AllergyStatus(row.status),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        substance=row.substance,
        code=row.code,
        reaction=row.reaction,
        retraction=_retraction(row),
    )


def adjustment(row: AdjustmentRow) -> Adjustment:
    return Adjustment(
        id=row.id,
        person_id=row.person_id,
        words=row.words,
        starts_on=row.starts_on,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        ends_on=row.ends_on,
        end_reason=row.end_reason,
        retraction=_retraction(row),
    )


def answer(row: AnswerRow) -> Answer:
    return Answer(row.id, row.person_id, Topic(row.topic), Known(row.known), row.recorded_at, row.recorded_by)


def medicine(row: MedicineRow) -> Medicine:
    return Medicine(
        id=row.id,
        person_id=row.person_id,
        details=MedicineDetails(
            name=row.name,
            form=row.form,
            strength=row.strength,
            dose=row.dose,
            route=Route(row.route),
            support=Support(row.support),
            source=row.source,
            times=row.times,
            reason=row.reason,
            as_needed=_as_needed(row),
            code=row.code,
            starts_on=row.starts_on,
            stops_on=row.stops_on,
            clock=tuple(row.clock),
            on_time=row.on_time,
            technique=row.technique,
        ),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        checked_at=row.checked_at,
        checked_by=row.checked_by,
        stop_reason=row.stop_reason,
        corrects=row.corrects,
        retraction=_retraction(row),
    )


def advance_decision(row: AdvanceDecisionRow) -> AdvanceDecision:
    return AdvanceDecision(
        id=row.id,
        person_id=row.person_id,
        details=AdvanceDetails(AdvanceKind(row.kind), row.kept_where, row.dated_on, row.words, row.seen_on),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        seen_by=row.seen_by,
        ends_on=row.ends_on,
        end_reason=row.end_reason,
        corrects=row.corrects,
        retraction=_retraction(row),
    )


def moving(row: MovingRow) -> Moving:
    return Moving(
        id=row.id,
        person_id=row.person_id,
        details=MovingDetails(row.how, row.people_needed, row.equipment),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        retraction=_retraction(row),
    )


def about_me(row: AboutMeRow) -> AboutMe:
    return AboutMe(row.id, row.person_id, sections_from(row.sections), row.recorded_at, row.recorded_by)


def member(row: PartnershipMemberRow) -> Member:
    return Member(
        id=row.id,
        person_id=row.person_id,
        kind=MemberKind(row.kind),
        since=row.since,
        until=row.until,
        account_id=row.account_id,
        organisation_id=row.organisation_id,
        contact_id=row.contact_id,
        end_reason=row.end_reason,
    )


def sharing_choice(row: SharingChoiceRow) -> SharingChoice:
    return SharingChoice(
        id=row.id,
        person_id=row.person_id,
        decision=SharingDecision(row.decision),
        decided_at=row.recorded_at,
        recorded_by=row.recorded_by,
        words=row.words,
        closed_to=tuple(row.closed_to),
    )


def _as_needed(row: MedicineRow) -> AsNeeded | None:
    if row.least_gap is None or row.most_doses is None:
        return None
    return AsNeeded(Minutes(row.least_gap), row.most_doses)


def _carer_spell(row: ContactRow) -> CarerSpell | None:
    if row.carer_starts_on is None:
        return None
    return CarerSpell(row.carer_starts_on, row.carer_ends_on, row.carer_agreed_at, row.carer_agreed_words)


def _retraction(row: Retractable) -> Retraction | None:
    if row.retracted_at is None or row.retracted_by is None or row.retracted_because is None:
        return None
    return Retraction(row.retracted_at, row.retracted_by, row.retracted_because)
