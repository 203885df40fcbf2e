"""What every layer may use: paths, errors, clock, log, resources. Imports nothing of ours."""
