"""Handing out and erasing everything about one person."""
