"""The demo's own OpenID Connect provider: a process of its own on which one picks whom to be. Never in production."""
