"""Qt helpers that know the services but no screen."""
