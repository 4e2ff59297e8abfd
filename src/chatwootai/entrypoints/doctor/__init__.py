"""Whether everything that the product needs is there; says in Portuguese how to mend what is not."""

from chatwootai.entrypoints.doctor.examination import Section, examine

__all__ = ["Section", "examine"]
