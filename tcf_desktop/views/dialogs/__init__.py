"""Small windows that are asked for and closed again; none of them blocks."""
