"""Care goes from one provider to another: for one person, or for many at once."""
