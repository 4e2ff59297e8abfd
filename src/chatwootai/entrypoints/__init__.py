"""What can be started: the webhook server, the worker, the command line."""
