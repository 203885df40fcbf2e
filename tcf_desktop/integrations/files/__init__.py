"""Files from elsewhere: readers and writers of other programs' formats."""
