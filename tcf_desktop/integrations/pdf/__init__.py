"""PDFs: one kit on the reportlab canvas, one module per kind of document."""
