"""The outside world: files, PDFs, phones, keyring. Each package stands alone."""
