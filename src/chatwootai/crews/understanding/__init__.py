"""Reading what a customer wants out of her words, without a model."""
