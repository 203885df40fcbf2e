"""The Team page: who is where, the phones, pairing."""
