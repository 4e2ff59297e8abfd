"""What crews share: reading a customer's words, wording of answers, and the desk for the rest."""
