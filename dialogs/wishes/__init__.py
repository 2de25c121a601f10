"""What a member wishes of the reminders, read from words by one grammar: leads, pauses, on and off.

A value is kept only where the whole phrase was read; what could be two things is asked.
"""
