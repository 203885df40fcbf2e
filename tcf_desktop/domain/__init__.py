"""Pure rules of the trade: no database, no Qt, no files."""
