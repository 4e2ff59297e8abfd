"""What was read lately, kept in this process and in Redis: faster answers, never a decision about a write."""
