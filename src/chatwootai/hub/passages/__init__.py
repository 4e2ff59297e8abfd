"""What an account can tell as searchable passages: from its catalogue and its profile."""
