"""The Settings page: sections at the left, a search over single settings."""
