"""Commands."""


def main() -> None:
    """Runs a command."""
