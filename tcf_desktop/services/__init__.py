"""What the office does: commands that write, queries that read."""
