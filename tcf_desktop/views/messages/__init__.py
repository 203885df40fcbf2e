"""Messages: what customers are to be told, and what they were told."""
