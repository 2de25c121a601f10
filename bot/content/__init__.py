"""The organiser's files on disk: read, checked, kept in their last good state, and searched."""
