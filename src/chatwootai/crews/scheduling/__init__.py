"""The crew that books: treatments, people, times, appointments."""
