"""The command line: the commands in `commands/`, and beside them what the larger ones are made of."""
