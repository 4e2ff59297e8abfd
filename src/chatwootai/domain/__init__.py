"""The language of the product and its ports. Pure: standard library only, no I/O."""
