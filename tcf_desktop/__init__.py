"""TCF Desktop: the office program for small service businesses that go to their customers."""

__version__ = "0.1.0"
