"""The SQLite file: the only room that knows sqlite-utils. One module per family of tables."""
