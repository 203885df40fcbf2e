"""The Contacts page: the list, everything about one contact, the form."""
