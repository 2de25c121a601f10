"""Question → matches: a classifier learned from the content, and three zones of confidence."""
