"""What crews share: wording of answers, and the desk for the rest."""
