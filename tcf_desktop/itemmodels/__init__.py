"""Item models over query rows. Imports QtCore and QtGui only, never widgets."""
