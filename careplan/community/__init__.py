"""Community organisations that do something for a plan: asked with the person's yes, their answer, what came of it."""
