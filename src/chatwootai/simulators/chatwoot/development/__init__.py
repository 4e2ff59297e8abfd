"""The stand-in's own interface under `/simulator`: customers' phones, faults and health, without tokens."""
