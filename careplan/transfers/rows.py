"""Rows of transfers as frozen values."""

from careplan.transfers.domain.act import Act
from careplan.transfers.domain.transfer import Consultation, HandoverNote, Reason, Transfer, Withdrawal
from careplan.transfers.models import HandoverNoteRow, TransferActRow, TransferConsultationRow, TransferRow


def transfer(row: TransferRow) -> Transfer:
    """One person's move."""
    withdrawal = None
    if row.withdrawn_at is not None and row.withdrawn_by is not None:
        withdrawal = Withdrawal(row.withdrawn_at, row.withdrawn_by, row.withdrawn_because or "")
    return Transfer(
        id=row.id,
        person_id=row.person_id,
        plan_id=row.plan_id,
        from_provider_id=row.from_provider_id,
        to_provider_id=row.to_provider_id,
        reason=Reason(row.reason),
        why=row.why,
        changes_on=row.changes_on,
        base_number=row.base_number,
        started_at=row.started_at,
        started_by=row.started_by,
        act_id=row.act_id,
        told_on=row.told_on,
        begun_at=row.begun_at,
        held_up=row.held_up,
        asked_at=row.asked_at,
        handed_over_at=row.handed_over_at,
        changed_at=row.changed_at,
        released=tuple(row.released),
        withdrawal=withdrawal,
    )


def consultation(row: TransferConsultationRow) -> Consultation:
    """What the person said."""
    return Consultation(
        id=row.id,
        transfer_id=row.transfer_id,
        asked_on=row.asked_on,
        how=row.how,
        said=row.said,
        objects=row.objects,
        done_about=row.done_about,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )


def note(row: HandoverNoteRow) -> HandoverNote:
    """A note of handover."""
    return HandoverNote(row.id, row.words, row.by, row.at)


def act(row: TransferActRow) -> Act:
    """An act for many."""
    return Act(
        id=row.id,
        team_id=row.team_id,
        from_provider_id=row.from_provider_id,
        to_provider_id=row.to_provider_id,
        zone_id=row.zone_id,
        reason=Reason(row.reason),
        why=row.why,
        changes_on=row.changes_on,
        told_on=row.told_on,
        started_at=row.started_at,
        started_by=row.started_by,
    )
