"""What is true of reviews: frozen values and pure decisions."""
