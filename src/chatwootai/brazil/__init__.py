"""What is particular to Brazil: numbers, documents, money and holidays as people write them there."""
