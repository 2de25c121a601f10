"""What members ask about the meetings: read, looked up in the calendar, and answered."""
