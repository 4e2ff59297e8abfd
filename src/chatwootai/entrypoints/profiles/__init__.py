"""What `chatwootai profile` does: checking, versions, and the wizard for a new business."""
