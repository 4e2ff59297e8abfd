"""The names of arguments that models of 18 and older choose for themselves."""

from __future__ import annotations

import pytest

from chatwootai.simulators.odoo.errors import BadArguments
from chatwootai.simulators.odoo.orm.argument_names import as_ours

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("model", "method", "theirs", "ours"),
    [
        ("sale.order", "write", "values", "vals"),
        ("crm.lead", "write", "vals", "vals"),
        ("sale.order", "default_get", "fields", "fields"),
        ("product.product", "default_get", "fields_list", "fields"),
    ],
)
def test_before_19_each_model_takes_the_name_that_it_uses_and_no_other(
    model: str, method: str, theirs: str, ours: str
) -> None:
    assert as_ours(model, method, 18, {theirs: 1, "context": 2}) == {ours: 1, "context": 2}
    for other in {"vals", "values"} - {theirs} if method == "write" else {"fields", "fields_list"} - {theirs}:
        with pytest.raises(BadArguments, match=other):
            as_ours(model, method, 18, {other: 1})


def test_from_19_on_and_for_other_methods_names_stay() -> None:
    assert as_ours("sale.order", "write", 19, {"vals": 1}) == {"vals": 1}
    assert as_ours("sale.order", "read", 18, {"fields": 1}) == {"fields": 1}
