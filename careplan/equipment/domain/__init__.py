"""Pure decisions of the equipment slice."""
