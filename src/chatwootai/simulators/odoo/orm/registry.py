"""Which models exist."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.models import MODULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.orm.model import Model


@cache
def all_models() -> Mapping[str, Model]:
    """Every model by name. Imported on first use: the modules themselves need this package."""
    found: dict[str, Model] = {}
    for module in MODULES:
        models: tuple[Model, ...] = import_module(f"chatwootai.simulators.odoo.models.{module}").MODELS
        for model in models:
            if model.name in found:
                raise LookupError(f"two models are named {model.name}")
            found[model.name] = model
    return found


def model_named(name: str, series: int) -> Model:
    """The model, or Odoo's `UserError` for one that this series does not have."""
    model = all_models().get(name)
    if model is None or not model.since <= series <= model.until:
        raise UserError(f"Object {name} doesn't exist")
    return model
