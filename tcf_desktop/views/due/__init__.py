"""Due again: who is to be called, who was put off, who is not interested, who has gone quiet."""
