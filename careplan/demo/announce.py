"""What the demo says on the terminal."""

from careplan.demo.personas import PERSONAS


def step(words: str) -> None:
    """What is being done now."""
    print(words, flush=True)


def ready(address: str) -> None:
    """Where it is and whom one can be."""
    widest = max(len(p.name) for p in PERSONAS)
    slug_width = max(len(p.slug) for p in PERSONAS)
    people = "\n".join(f"  {p.slug:<{slug_width}}  {p.name:<{widest}}  {p.title}, {p.place}" for p in PERSONAS)
    print(
        f"\nThe demo is ready at {address}\n\n"
        f"Sign in there as one of these invented people; no password is needed:\n\n{people}\n\n"
        "Ctrl-C stops everything and keeps what was done. `make demo-reset` empties it.\n",
        flush=True,
    )


def stopping() -> None:
    """That it was heard."""
    print("\nStopping …", flush=True)
