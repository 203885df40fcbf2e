"""The Today page: the day by crew, the queue of what needs a look, money owed."""
