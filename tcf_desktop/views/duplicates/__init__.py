"""Contacts that may be the same, and two of them side by side."""
