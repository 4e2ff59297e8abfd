"""The change feed of the shop's Odoo, by looking at `write_date`: Odoo itself tells nobody.

Records that were deleted leave no trace, and a price that begins or ends by its date is no change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chatwootai.domain.changes import Change, ChangeKind, Changes
from chatwootai.domain.errors import RequestRefused
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import ModuleMissing, RightMissing
from chatwootai.integrations.odoo.feed_position import Position, gathered, parsed
from chatwootai.integrations.odoo.products import MODEL
from chatwootai.integrations.odoo.values import Record, linked_id, moment, number, records, written

_PAGE = 1000
_PRICES = "product.pricelist.item"
_STOCK = "stock.quant"
_FIELDS: Mapping[str, Sequence[str]] = {
    MODEL: ["write_date"],
    _PRICES: ["write_date", "applied_on", "product_id", "product_tmpl_id"],
    _STOCK: ["write_date", "product_id"],
}
_CLOCK = ["date_order"]
_LAG = timedelta(minutes=15)
"""How far Odoo's clock may be ahead of its database's before the feed would miss something."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
EVERY_PRICE = 0


@dataclass(frozen=True, slots=True)
class _Row:
    model: str
    id: int
    at: datetime
    record: Record


class OdooChangeFeed:
    """`domain.changes.ChangeFeed` of the company of Odoo's user.

    Of a model that is not installed, or that the user may not read, nothing is told.
    """

    def __init__(self, client: OdooClient) -> None:
        self._client = client

    async def since(self, position: str | None) -> Changes:
        before = await self._begun() if position is None else _understood(position)
        # Asked first: what is written while we read belongs to the next look.
        clock = await self._clock()
        rows = [row for model in _FIELDS for row in await self._rows(model, before.begin)]
        newest = max([before.newest, *(row.at for row in rows)])
        if clock is not None:
            newest = max(before.newest, min(newest, clock), clock - _LAG)
        looked = max(before.looked, newest, clock or _LONG_AGO)
        # What is of the very second of the look may change once more in it, and look the same then.
        told = (row for row in rows if clock is None or row.at < clock)
        after = Position(newest, looked, gathered(((row.model, row.id, row.at) for row in told), newest))
        if position is None:
            return Changes((), str(after))
        new = [row for row in rows if _is_news(row, before, after)]
        return Changes(await self._changes(new), str(after))

    async def _begun(self) -> Position:
        """A position at the newest change of all: times of Odoo's database, whatever our clock says."""
        newest = _LONG_AGO
        for model in _FIELDS:
            for row in await self._read(model, [["write_date", "!=", False]], "write_date desc, id desc", 1):
                newest = max(newest, row.at)
        return Position(newest, newest)

    async def _clock(self) -> datetime | None:
        """Odoo's time, as the default of a new order's date; None where it does not tell."""
        try:
            defaults = await self._client.read("sale.order", "default_get", fields=_CLOCK)
        except RequestRefused:
            return None
        return moment(defaults, "date_order") if isinstance(defaults, dict) else None

    async def _rows(self, model: str, begin: datetime) -> list[_Row]:
        """Every row written since, in pages by id: a row that is written meanwhile does not move others."""
        found: list[_Row] = []
        last = 0
        while True:
            page = await self._read(
                model, [["write_date", ">=", written(begin)], ["id", ">", last]], "id", _PAGE
            )
            found += page
            if len(page) < _PAGE:
                return found
            last = page[-1].id

    async def _read(self, model: str, domain: list[object], order: str, limit: int) -> list[_Row]:
        try:
            answer = await self._client.read(
                model,
                "search_read",
                context={"active_test": False},
                domain=domain,
                fields=_FIELDS[model],
                order=order,
                limit=limit,
            )
        except (ModuleMissing, RightMissing):
            return []
        return [
            _Row(model, number(record, "id"), moment(record, "write_date") or _LONG_AGO, record)
            for record in records(answer)
        ]

    async def _changes(self, rows: Sequence[_Row]) -> tuple[Change, ...]:
        templates = {
            template for row in rows if (template := _template(row)) is not None and _product(row) is None
        }
        variants = await self._variants(sorted(templates))
        # Several quants of a product are one change to those who listen.
        found = {change for row in rows for change in _told(row, variants)}
        return tuple(sorted(found, key=lambda change: (change.changed_at, change.kind, change.record)))

    async def _variants(self, templates: list[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {template: [] for template in templates}
        if not templates:
            return found
        answer = await self._client.read(
            MODEL,
            "search_read",
            context={"active_test": False},
            domain=[["product_tmpl_id", "in", templates]],
            fields=["product_tmpl_id"],
            order="id",
        )
        for record in records(answer):
            template = linked_id(record, "product_tmpl_id")
            if template in found:
                found[template].append(number(record, "id"))
        return found


def _understood(position: str) -> Position:
    try:
        return parsed(position)
    except ValueError:
        # Another version wrote it: everything is told once, nothing missed, and it does not fail for ever.
        return Position(_LONG_AGO, _LONG_AGO)


def _is_news(row: _Row, before: Position, after: Position) -> bool:
    if not before.was_told(row.model, row.id, row.at):
        return True
    return after.is_settled(row.at) and not before.is_settled(row.at)


def _told(row: _Row, variants: Mapping[int, Sequence[int]]) -> Iterator[Change]:
    product = _product(row)
    if row.model == MODEL:
        yield Change(ChangeKind.PRODUCT, row.id, row.at)
    elif row.model == _STOCK and product is not None:
        yield Change(ChangeKind.STOCK, product, row.at)
    elif row.model == _PRICES:
        template = _template(row)
        concerned = [product] if product is not None else variants.get(template or 0, ())
        for record in concerned or [EVERY_PRICE]:
            yield Change(ChangeKind.PRICE, record, row.at)


def _product(row: _Row) -> int | None:
    if row.model == _PRICES and row.record.get("applied_on") != "0_product_variant":
        return None
    return linked_id(row.record, "product_id")


def _template(row: _Row) -> int | None:
    if row.model != _PRICES or row.record.get("applied_on") != "1_product":
        return None
    return linked_id(row.record, "product_tmpl_id")
