"""Billing: what is to be invoiced, the invoices, and their editor."""
