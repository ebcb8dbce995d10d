"""What a complaint is, by when it is answered, and what an answer may say: pure Python."""
