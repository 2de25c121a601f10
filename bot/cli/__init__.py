"""The command line: one module per command in `commands/`; here, what the larger commands use."""
