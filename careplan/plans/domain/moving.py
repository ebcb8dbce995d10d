"""What keeps a plan from being written anew for another provider."""

from careplan.plans.domain.state import VersionFacts, outstanding


def must_be_settled(version: VersionFacts) -> str | None:
    """What has to be done about a version first; None for one that is agreed, or was taken back."""
    if version.withdrawn_at is not None:
        return None
    if version.proposed_at is None:
        return f"Version {version.number} is being written. Send it round or give it up first."
    if outstanding(version):
        return f"Version {version.number} waits for agreement. Wait for it, or take it back first."
    return None
