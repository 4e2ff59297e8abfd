"""Letters made comparable: customers and shops write the same word with and without its accents."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Small letters without their accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
