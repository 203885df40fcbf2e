"""The endpoint for phones: the loggers' protocols, pairing, the server that speaks them."""
