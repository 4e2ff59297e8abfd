"""Scenarios: what a customer says, what she may rightly expect, and what the ERP must hold in the end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

FOLDER = Path(__file__).parent / "scenarios"
WORDS = Path(__file__).parent / "words.yaml"
"""What each shop calls a thing that all have: `<product>` in a scenario of several profiles."""
WORD = re.compile(r"<(\w+)>")
Channel = Literal["whatsapp", "instagram", "site"]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Patterns = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Regular expressions, case ignored; placeholders in braces are filled in as literal text."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShopAct(_Strict):
    """What people of the shop change in the ERP, by product codes."""

    price: Mapping[str, Decimal] = Field(default_factory=dict)
    stock: Mapping[str, Decimal] = Field(default_factory=dict)


class Turn(_Strict):
    """One of `says` (a list is a burst), `presses` (a button's title, or its number) and `sends`."""

    by: Literal["her", "rival"] = "her"
    shop: ShopAct | None = None
    """Happens first, and is given time to be seen."""

    says: Patterns = ()
    presses: str | int | None = None
    sends: Literal["audio", "image", "location"] | None = None
    expects: Patterns = ()
    never: Patterns = ()
    keeps: Mapping[str, str] = Field(default_factory=dict)
    """Names for the first group of patterns, to be used as placeholders later."""
    unless: str | None = None
    """Left out where the last answer matches: a day with one free time is proposed without a choice."""
    silent: bool = False
    """The bot must say nothing: a person has the conversation."""


class Placed(_Strict):
    """An order by product codes. `total` is the ERP's, which knows no freight; placeholders allowed."""

    items: Mapping[str, Decimal]
    total: str | None = None


class Booked(_Strict):
    """An appointment; `at` and `who` are patterns of "terça, 1 de dezembro, 9h30" and of a name."""

    service: str
    at: str | None = None
    who: str | None = None


class Records(_Strict):
    """What the customer has in the ERP before the talk."""

    order: Mapping[str, Decimal] | None = None
    delivered: bool = False
    booking: str | None = None
    """Code of a service, booked at the first free slot at least two days from now."""
    soon: bool = False
    """The booking begins within two hours, whoever works then."""


class Customer(_Strict):
    """A newcomer unless she `has` something or is taken from the sample by a query of `people.QUERIES`."""

    has: Records | None = None
    sample: str | None = None
    unproven: bool = False
    """She writes from a number that the ERP does not know."""


class Then(_Strict):
    """The final state. What is not named must be as before: nothing was written."""

    orders: tuple[Placed, ...] = ()
    order_cancelled: bool = False
    booked: tuple[Booked, ...] = ()
    booking_moved: bool = False
    booking_cancelled: bool = False
    leads: Patterns = ()
    """Patterns, each of which must match a lead of the customer, its title or its text."""
    handed_over: bool | None = False
    """None: may be so or not."""
    urgent: bool = False


class Scenario(_Strict):
    name: str
    profiles: tuple[str, ...] = ()
    channel: Channel = "whatsapp"
    customer: Customer = Customer()
    queue: str | None = None
    """Scenarios of one queue run one after another: they would take each other's slots or stock."""
    shop: ShopAct | None = None
    """Happens before the talk."""
    turns: tuple[Turn, ...]
    then: Then = Then()
    rival: Then | None = None
    """What a second newcomer, who takes the turns `by: rival`, has in the end."""


class Theme(_Strict):
    """A file: scenarios for some profiles, each scenario for fewer if it says so."""

    profiles: tuple[str, ...]
    scenarios: tuple[Scenario, ...]


def scenarios_of(profile: str) -> list[Scenario]:
    """All scenarios of a profile, theme by theme. Names are unique."""
    words = yaml.safe_load(WORDS.read_text("utf-8"))[profile]
    themes = {
        path.stem: Theme.model_validate(_worded(yaml.safe_load(path.read_text("utf-8")), words))
        for path in sorted(FOLDER.glob("*.yaml"))
    }
    found = [
        scenario.model_copy(update={"name": f"{theme}: {scenario.name}"})
        for theme, file in themes.items()
        for scenario in file.scenarios
        if profile in (scenario.profiles or file.profiles)
    ]
    names = [scenario.name for scenario in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"two scenarios of one name: {sorted(twice)}")
    return found


def _worded(node: object, words: Mapping[str, str]) -> object:
    """The document with `<word>` replaced by what it is in this shop."""
    if isinstance(node, str):
        return WORD.sub(lambda match: words.get(match.group(1), match.group()), node)
    if isinstance(node, list):
        return [_worded(each, words) for each in node]
    if isinstance(node, dict):
        return {_worded(key, words): _worded(value, words) for key, value in node.items()}
    return node
