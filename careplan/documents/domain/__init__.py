"""What is true of documents."""
