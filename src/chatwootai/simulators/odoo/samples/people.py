"""Customers, with the ways in which shops really write telephone numbers down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from unicodedata import normalize

from chatwootai.simulators.odoo.models.phones import first_sanitized
from chatwootai.simulators.odoo.samples.clock import within
from chatwootai.simulators.odoo.samples.documents import cnpj, cpf
from chatwootai.simulators.odoo.samples.plans import names
from chatwootai.simulators.odoo.samples.rows import made
from chatwootai.simulators.odoo.samples.shop import BRAZIL, CNPJ, CPF, Shop

if TYPE_CHECKING:
    from datetime import datetime

    from chatwootai.simulators.odoo.samples.plans import PriceList
    from chatwootai.simulators.odoo.samples.rows import Value

_TODAY = 3  # customers who came today, so that a report of the day is not empty
_COMPANIES = 5
_MEMORY = 400  # days since the first customers came


@dataclass(frozen=True, slots=True)
class Customer:
    id: int
    name: str
    since: datetime
    price_list: PriceList | None


def add_customers(shop: Shop, price_lists: dict[str, int]) -> list[Customer]:
    """Oldest first; the last `_TODAY` came today. A few are companies, each with somebody to talk to."""
    count = shop.plan.customers
    ages = sorted((shop.chance.randrange(1, _MEMORY) for _ in range(count - _TODAY)), reverse=True)
    times = [shop.clock.ago(shop.chance, age) for age in ages]
    times += sorted(within([shop.clock.since_midnight()], shop.chance) for _ in range(_TODAY))
    companies = set(shop.chance.sample(range(count - _TODAY), _COMPANIES))
    customers: list[Customer] = []
    for place, since in enumerate(times):
        if place in companies:
            customers.append(_add_company(shop, since, price_lists, first=place == min(companies)))
        else:
            customers.append(_add_person(shop, since, price_lists, place))
    return customers


def _add_person(shop: Shop, since: datetime, price_lists: dict[str, int], place: int) -> Customer:
    woman = shop.chance.random() < 0.6
    given = shop.chance.choice(names().women if woman else names().men)
    name = " ".join((given, *shop.chance.sample(names().surnames, 2)))
    price_list = _price_list(shop)
    id_ = shop.rows.add(
        "public.customers",
        **_address(shop),
        **_contact(shop, _telephones(shop, place), _email(shop, name)),
        **made(since),
        name=name,
        is_company=False,
        parent_id=None,
        vat=_written_cpf(shop) if shop.chance.random() < 0.9 else None,
        identification_type_id=CPF,
        comment=None,
        price_list_id=price_lists[price_list.name] if price_list else None,
        birth_date=date(
            shop.chance.randint(1950, 2006), shop.chance.randint(1, 12), shop.chance.randint(1, 28)
        ),
    )
    return Customer(id_, name, since, price_list)


def _add_company(shop: Shop, since: datetime, price_lists: dict[str, int], *, first: bool) -> Customer:
    title = shop.chance.choice(names().companies)
    name = f"{title} {shop.chance.choice(names().surnames)} {shop.chance.choice(names().suffixes)}"
    price_list = next((each for each in shop.plan.price_lists if each.items), None)
    address = _address(shop)
    common: dict[str, Value] = {
        **made(since),
        "comment": None,
        "price_list_id": price_lists[price_list.name] if price_list else None,
        "birth_date": None,
    }
    landline = f"({_area(shop)}) 3{shop.chance.randint(200, 899)}-{shop.chance.randint(1000, 9999)}"
    id_ = shop.rows.add(
        "public.customers",
        **address,
        **_contact(shop, (landline, None), _email(shop, title)),
        **common,
        name=name,
        is_company=True,
        parent_id=None,
        vat=cnpj(shop.chance, alphanumeric=first),
        identification_type_id=CNPJ,
    )
    buyer = f"{shop.chance.choice(names().women)} {shop.chance.choice(names().surnames)}"
    shop.rows.add(
        "public.customers",
        **address,
        **_contact(shop, (None, _mobile(shop, "({area}) 9{four}-{rest}")), _email(shop, buyer)),
        **common,
        name=buyer,
        is_company=False,
        parent_id=id_,
        vat=None,
        identification_type_id=None,
    )
    return Customer(id_, name, since, price_list)


def _price_list(shop: Shop) -> PriceList | None:
    lot = shop.chance.random()
    for each in shop.plan.price_lists:
        if lot < each.share:
            return each
        lot -= each.share
    return None


def _address(shop: Shop) -> dict[str, Value]:
    district, cep = shop.chance.choice(list(shop.plan.districts.items()))
    extra = f", {shop.chance.choice(names().extras)}" if shop.chance.random() < 0.5 else ""
    return {
        "company_id": shop.company,
        "street": f"{shop.chance.choice(names().streets)}, {shop.chance.randint(10, 2400)}{extra}",
        "street2": district,
        "zip": f"{cep}-{shop.chance.randrange(900):03d}",
        "city": shop.plan.city,
        "state_id": shop.states[shop.plan.state],
        "country_id": BRAZIL,
    }


def _contact(shop: Shop, telephones: tuple[str | None, str | None], email: str | None) -> dict[str, Value]:
    phone, mobile = telephones
    sanitized = first_sanitized((mobile, phone), "BR")
    return {"phone": phone, "mobile": mobile, "phone_sanitized": sanitized, "email": email}


def _telephones(shop: Shop, place: int) -> tuple[str | None, str | None]:
    """Phone and mobile: every way comes up in every shop."""
    landline = f"({_area(shop)}) 3{shop.chance.randint(200, 899)}-{shop.chance.randint(1000, 9999)}"
    ways: tuple[tuple[str | None, str | None], ...] = (
        (_mobile(shop, "({area}) 9{four}-{rest}"), None),
        (_mobile(shop, "+55{area}9{four}{rest}"), None),
        (_mobile(shop, "{area} 9{four}-{rest}"), None),
        (None, _mobile(shop, "({area}) 9{four}-{rest}")),
        (landline, _mobile(shop, "+55 {area} 9{four}-{rest}")),
        (_mobile(shop, "({area}) {four}-{rest}"), None),  # never corrected since 2012
        (_mobile(shop, "{area}9{four}{rest}"), None),
        (_mobile(shop, "55{area}9{four}{rest}"), None),
        (_mobile(shop, "({area}) 9{four}-{rest}"), _mobile(shop, "+55{area}9{four}{rest}")),
        (None, _mobile(shop, "+55{area}{four}{rest}")),
    )
    return ways[place % len(ways)]


def _mobile(shop: Shop, form: str) -> str:
    # From 8000 on: below 6000 a number without its ninth digit would be a landline.
    four, rest = shop.chance.randint(8000, 9699), shop.chance.randint(1000, 9999)
    return form.format(area=_area(shop), four=four, rest=rest)


def _area(shop: Shop) -> int:
    return shop.chance.choice(shop.plan.areas)


def _written_cpf(shop: Shop) -> str:
    number = cpf(shop.chance)
    return number if shop.chance.random() < 0.7 else number.replace(".", "").replace("-", "")


def _email(shop: Shop, name: str) -> str | None:
    if shop.chance.random() < 0.12:
        return None
    words = plain(name).split()
    return f"{words[0]}.{words[-1]}{shop.chance.randint(1, 99)}@{shop.chance.choice(names().domains)}"


def plain(text: str) -> str:
    """In small letters without accents and signs, as in an e-mail address."""
    letters = normalize("NFD", text.lower())
    return "".join(letter for letter in letters if letter == " " or (letter.isascii() and letter.isalnum()))


def add_supplier(shop: Shop, name: str) -> int:
    """A company that sells to the shop, in its city."""
    return add_partner(shop, name, email=f"vendas@{plain(name).split()[0]}.example", is_supplier=True)


def add_partner(shop: Shop, name: str, *, email: str, is_supplier: bool = False) -> int:
    """Somebody who is no customer: staff and suppliers."""
    return shop.rows.add(
        "erp.partners",
        company_id=shop.company,
        name=name,
        is_company=is_supplier,
        email=email,
        vat=cnpj(shop.chance) if is_supplier else None,
        identification_type_id=CNPJ if is_supplier else None,
        city=shop.plan.city if is_supplier else None,
        state_id=shop.states[shop.plan.state] if is_supplier else None,
        country_id=BRAZIL,
    )
