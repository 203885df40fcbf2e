"""The import page: file, check, import, done; the same for every registered format."""
