"""Changes of the layout as Alembic revisions; loaded only when a file is older."""
