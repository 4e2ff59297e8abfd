"""What happens to conversations and messages, with every consequence that Chatwoot gives it."""
