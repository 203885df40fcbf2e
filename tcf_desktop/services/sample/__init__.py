"""The sample business: people, places, work, money and tracks from a seed and a date."""
