"""Reviews of plans: what was said, what came of it, and when the next one is due."""
