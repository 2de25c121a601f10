"""What goes out by itself: what is due, planned in the outbox, sent; and the calendar feed."""
