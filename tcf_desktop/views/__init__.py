"""Pages, editors and dialogs."""
