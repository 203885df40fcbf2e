"""The schedule: week and day grids, the crew board, the appointment editor."""
