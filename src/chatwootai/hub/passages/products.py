"""A product or service as a passage."""

from __future__ import annotations

from collections.abc import Mapping

from chatwootai.domain.catalog import Product, StockLevel
from chatwootai.domain.knowledge import Passage, PassageKind


def product_passage(level: StockLevel, preparation: Mapping[str, str]) -> Passage:
    """Without price and number in stock. `preparation` by product code, as the profile tells it."""
    product = level.product
    kind = PassageKind.SERVICE if product.is_service else PassageKind.PRODUCT
    told = [product.description, preparation.get(product.code, "")]
    return Passage(
        key=product_key(kind, product),
        kind=kind,
        title=product.name,
        text=" ".join(part for part in told if part),
        record=product.id,
        category=product.category,
        aliases=(product.code,) if product.code else (),
        in_stock=None if level.available is None else level.available > 0,
    )


def product_key(kind: PassageKind, product: Product) -> str:
    return f"{kind.value}:{product.id}"


def keys_of(record: int) -> tuple[str, ...]:
    """Under which a product of the ERP may be known, whichever it was when it was put."""
    return tuple(f"{kind.value}:{record}" for kind in (PassageKind.PRODUCT, PassageKind.SERVICE))
