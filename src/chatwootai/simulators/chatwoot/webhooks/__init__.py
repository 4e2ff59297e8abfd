"""Webhooks: queued in the transaction of the change they tell of, posted afterwards."""
