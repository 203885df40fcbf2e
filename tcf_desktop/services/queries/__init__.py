"""The read side: plain SQL over a ``Reader``, frozen rows out."""
