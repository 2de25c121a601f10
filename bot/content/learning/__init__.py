"""Learning from the content in a process of its own, which gives its memory back and never holds up an answer."""
