"""What goes out to others: stage and book, pack."""
