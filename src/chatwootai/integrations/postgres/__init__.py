"""PostgreSQL: the records of the product, and how it is started on one machine."""
