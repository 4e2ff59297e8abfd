"""The REST interface under `/api/v1`, one module per noun."""
