"""What a sample shop sells, and on what terms: products, services, price lists, coupons, carriers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.samples.rows import made
from chatwootai.simulators.odoo.samples.shop import CURRENCY, HOURS, UNITS, Shop

if TYPE_CHECKING:
    from datetime import date

    from chatwootai.simulators.odoo.samples.plans import Carrier, Coupon, PriceList, ServiceRow

_ARCHIVED = "x"
_NOT_KEPT = "-"
_SERVICES = "Serviços"  # the category in which some products have always been services
_INTERNAL = "Descontos e entregas"
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Product:
    """`stock` is what can be sold, None where it is not kept. `minutes` is 0 for goods."""

    id: int
    code: str
    name: str
    category: str
    price: Decimal
    stock: Decimal | None
    is_service: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Promotion:
    """A coupon with the days on which it was valid and what is left of it (None: no limit)."""

    id: int
    plan: Coupon
    product_id: int
    starts: date
    ends: date


def add_products(shop: Shop, categories: dict[str, int]) -> list[Product]:
    """The products in the order of the file: their ids follow it."""
    english = {each.code: each.name for each in shop.plan.english}
    products = []
    for good in shop.plan.goods:
        is_service = good.category == _SERVICES
        stock = None if good.stock == _NOT_KEPT else Decimal(good.stock)
        active = good.flags != _ARCHIVED
        id_ = _add_product(
            shop,
            categories[good.category],
            default_code=good.code,
            barcode=good.barcode or None,
            name=good.name,
            name_en=english.get(good.code),
            description_sale=good.description or None,
            kind="service" if is_service else "consu",
            list_price=good.price,
            is_storable=stock is not None,
            sale_ok=True,
            active=active,
        )
        products.append(
            Product(id_, good.code, good.name, good.category, good.price, stock, is_service, active)
        )
    return products


def add_services(shop: Shop, categories: dict[str, int], products: list[Product]) -> dict[str, Product]:
    """What can be booked, by code: some are among the products, the others become products here."""
    by_code = {product.code: product for product in products}
    english = {each.code: each.name for each in shop.plan.english}
    services = {}
    for row in shop.plan.services:
        product = by_code.get(row.code) or _add_service(shop, categories, row, english.get(row.code))
        services[row.code] = product
        shop.rows.add(
            "public.services",
            id=product.id,
            duration_minutes=row.minutes,
            preparation=row.preparation or None,
        )
    return services


def _add_service(shop: Shop, categories: dict[str, int], row: ServiceRow, english: str | None) -> Product:
    price = Decimal(row.price)
    id_ = _add_product(
        shop,
        categories[row.category],
        default_code=row.code,
        barcode=None,
        name=row.name,
        name_en=english,
        description_sale=row.description or None,
        kind="service",
        list_price=price,
        is_storable=False,
        sale_ok=True,
        active=True,
    )
    return Product(id_, row.code, row.name, row.category, price, None, is_service=True, active=True)


def _add_product(shop: Shop, category: int, **values: str | Decimal | bool | None) -> int:
    price = Decimal(str(values["list_price"]))
    return shop.rows.add(
        "public.products",
        **values,
        company_id=shop.company,
        category_id=category,
        standard_price=(price * Decimal("0.55")).quantize(_CENT, ROUND_HALF_UP),
        currency=CURRENCY,
        unit_id=HOURS if values["kind"] == "service" and values["sale_ok"] else UNITS,
    )


def add_internal_product(shop: Shop, categories: dict[str, int], name: str) -> int:
    """A product that only lines of orders use, as Odoo makes one for each reward and carrier."""
    return _add_product(
        shop,
        categories[_INTERNAL],
        default_code=None,
        barcode=None,
        name=name,
        name_en=None,
        description_sale=None,
        kind="service",
        list_price=Decimal(0),
        is_storable=False,
        sale_ok=False,
        active=True,
    )


def category_names(shop: Shop) -> list[str]:
    """Every category that the shop's files name."""
    named = [good.category for good in shop.plan.goods]
    named += [row.category for row in shop.plan.services if row.category]
    return [_INTERNAL, *dict.fromkeys(named)]


def add_price_lists(shop: Shop, categories: dict[str, int], products: list[Product]) -> dict[str, int]:
    """Their ids by name."""
    by_code = {product.code: product.id for product in products}
    ids = {}
    for each in shop.plan.price_lists:
        ids[each.name] = shop.rows.add(
            "public.price_lists",
            company_id=shop.company,
            name=each.name,
            currency=CURRENCY,
            sequence=each.sequence,
        )
        for rule in each.items:
            shop.rows.add(
                "public.price_list_items",
                price_list_id=ids[each.name],
                applied_on=rule.applied_on,
                product_id=by_code[rule.product] if rule.product else None,
                category_id=categories[rule.category] if rule.category else None,
                min_quantity=rule.min,
                compute_price="fixed" if rule.fixed else "percentage",
                fixed_price=rule.fixed,
                percent_price=rule.percent,
            )
    return ids


def unit_price(price_list: PriceList | None, product: Product, quantity: int) -> Decimal:
    """As Odoo prices: the most particular rule counts, and of those the one for the largest quantity."""
    rules = sorted(
        (
            rule
            for rule in (price_list.items if price_list else ())
            if rule.min <= quantity
            and rule.product in ("", product.code)
            and rule.category in ("", product.category)
        ),
        key=lambda rule: (rule.applied_on, -rule.min),
    )
    if not rules:
        return product.price
    rule = rules[0]
    return rule.fixed or share(product.price, 100 - rule.percent)


def share(amount: Decimal, percent: Decimal) -> Decimal:
    """That many percent of an amount, to the cent."""
    return (amount * percent / 100).quantize(_CENT, ROUND_HALF_UP)


def add_coupons(shop: Shop, categories: dict[str, int]) -> list[Promotion]:
    """Programs, each with the product that stands for its discount."""
    promotions = []
    for plan in shop.plan.coupons:
        product = add_internal_product(shop, categories, plan.description)
        starts, ends = shop.clock.day(plan.start), shop.clock.day(plan.until)
        id_ = shop.rows.add(
            "public.coupons",
            **made(shop.clock.ago(shop.chance, max(3, 5 - plan.start))),
            company_id=shop.company,
            name=plan.name,
            code=plan.code or None,
            program_type=plan.type,
            discount=plan.discount,
            discount_mode=plan.mode,
            minimum_amount=plan.minimum,
            minimum_quantity=plan.quantity,
            required_points=plan.points,
            discount_product_id=product,
            description=plan.description,
            valid_from=starts,
            valid_until=ends,
            max_usage=int(plan.max) if plan.max else None,
        )
        promotions.append(Promotion(id_, plan, product, starts, ends))
    return promotions


def add_carriers(shop: Shop, categories: dict[str, int]) -> list[tuple[int, Carrier]]:
    """Their ids and plans."""
    return [
        (
            shop.rows.add(
                "erp.carriers",
                company_id=shop.company,
                name=plan.name,
                fixed_price=plan.price,
                free_over=plan.free_over > 0,
                amount=plan.free_over,
                product_id=add_internal_product(shop, categories, f"Entrega: {plan.name}"),
            ),
            plan,
        )
        for plan in shop.plan.carriers
    ]


def add_payment_terms(shop: Shop) -> list[int]:
    """Their ids."""
    return [
        shop.rows.add("erp.payment_terms", company_id=shop.company, name=name)
        for name in shop.plan.payment_terms
    ]
