"""What the shop can tell, kept and searched in Qdrant."""
