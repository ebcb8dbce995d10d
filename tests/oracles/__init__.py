"""What should be, written by hand and apart from the code that it judges."""
