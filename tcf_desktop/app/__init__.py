"""Builds everything; nobody imports it."""
