"""What a message says: told apart from what stands around it, before anybody answers."""
