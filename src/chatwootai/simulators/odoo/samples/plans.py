"""What the files under `shops/` say about each sample shop."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_HERE = files(__package__)


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(_Row):
    """Hours of some weekdays, 0 being Monday."""

    days: tuple[int, ...]
    opens: Decimal = Field(alias="from")
    closes: Decimal = Field(alias="to")
    lunch: bool = False


class WorkingTime(_Row):
    """A calendar; without `zone` in the shop's."""

    name: str
    zone: str = ""
    periods: tuple[Period, ...]


class PriceRule(_Row):
    """For a product (by code), a category or everything; `fixed` or `percent` off."""

    product: str = ""
    category: str = ""
    min: int = 0
    percent: Decimal = Decimal(0)
    fixed: Decimal = Decimal(0)

    @property
    def applied_on(self) -> str:
        """As Odoo sorts them: the more particular first."""
        if self.product:
            return "1_product"
        return "2_product_category" if self.category else "3_global"


class PriceList(_Row):
    """`share` of the customers are on it. The one with the lowest sequence is for everybody else."""

    name: str
    sequence: int
    share: float = 0
    items: tuple[PriceRule, ...] = ()


class Carrier(_Row):
    """Tracking references begin with `prefix`; without one nothing can be tracked."""

    name: str
    price: Decimal
    free_over: Decimal = Decimal(0)
    prefix: str = ""
    suffix: str = ""


class Leave(_Row):
    """Days from today; of the whole shop when nobody is named."""

    who: str = ""
    name: str
    start: int = Field(alias="from")
    days: int


class Lead(_Row):
    name: str
    contact: str
    phone: str
    email: str
    revenue: Decimal
    stage: int
    text: str


class Rule(_Row):
    """What the shop tells its customers. Days from today."""

    kind: str
    name: str
    text: str
    start: int | None = Field(None, alias="from")
    until: int | None = None


class Good(_Row):
    """ "x" as flag marks an archived product; "-" as stock one whose stock is not kept."""

    code: str
    name: str
    category: str
    price: Decimal
    stock: str
    flags: str
    barcode: str
    description: str


class ServiceRow(_Row):
    """One without a name times a service that is among the products. `professions` offer it."""

    code: str
    name: str
    category: str
    price: Decimal | str
    minutes: int
    professions: str
    preparation: str
    description: str


class Person(_Row):
    """Somebody who works here. Registrations have numbers that the councils have not given out."""

    name: str
    profession: str
    registration: str
    calendar: str
    login: str


class Coupon(_Row):
    """Without a code it applies by itself. Days from today; `max` is the number of uses."""

    code: str
    name: str
    type: str
    discount: Decimal
    mode: str
    minimum: Decimal
    quantity: int
    points: Decimal
    start: int = Field(alias="from")
    until: int
    max: str
    description: str


class English(_Row):
    code: str
    name: str


class Names(_Row):
    """What people, streets and companies are called."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    streets: tuple[str, ...]
    companies: tuple[str, ...]
    suffixes: tuple[str, ...]
    extras: tuple[str, ...]
    domains: tuple[str, ...]


class Plan(_Row):
    """One shop. `orders` and `customers` are how many; `service_share` is that of the lines of orders."""

    company: int
    name: str
    domain: str
    zone: str
    city: str
    state: str
    areas: tuple[int, ...]
    address: str
    district: str
    cep: str
    warehouse: str
    orders: int
    customers: int
    service_share: float
    invoice_terms: str
    hours: tuple[Period, ...]
    districts: dict[str, str]
    sellers: tuple[str, ...]
    suppliers: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    payment_terms: tuple[str, ...]
    price_lists: tuple[PriceList, ...]
    calendars: tuple[WorkingTime, ...]
    leaves: tuple[Leave, ...]
    leads: tuple[Lead, ...]
    messages: tuple[str, ...]
    goods: tuple[Good, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    staff: tuple[Person, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    english: tuple[English, ...] = ()
    rules: tuple[Rule, ...] = ()


@cache
def plans() -> dict[int, Plan]:
    """The sample shops by company."""
    folders = [each for each in (_HERE / "shops").iterdir() if each.is_dir()]
    found = [_plan(folder) for folder in folders]
    return {plan.company: plan for plan in sorted(found, key=lambda plan: plan.company)}


@cache
def names() -> Names:
    """The names to draw from."""
    return Names.model_validate(_read(_HERE / "names.yaml"))


def read_reference() -> object:
    """What every database of Odoo knows: countries, currencies, units."""
    return _read(_HERE / "reference.yaml")


def _read(file: Traversable) -> object:
    # libyaml: the pure Python parser would take most of the time of filling.
    return yaml.load(file.read_bytes(), yaml.CSafeLoader)


_Model = TypeVar("_Model", bound=_Row)


def _plan(folder: Traversable) -> Plan:
    plan = Plan.model_validate(_read(folder / "shop.yaml"))
    rules = TypeAdapter(tuple[Rule, ...]).validate_python(_read(folder / "rules.yaml"))
    return plan.model_copy(
        update={
            "goods": _rows(folder / "products.csv", Good),
            "services": _rows(folder / "services.csv", ServiceRow),
            "staff": _rows(folder / "professionals.csv", Person),
            "coupons": _rows(folder / "coupons.csv", Coupon),
            "english": _rows(folder / "english.csv", English),
            "rules": rules,
        }
    )


def _rows(file: Traversable, model: type[_Model]) -> tuple[_Model, ...]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(model.model_validate(row) for row in csv.DictReader(lines))
