"""The models that the simulation knows, a module per subject. Each module has `MODELS`."""

MODULES = (
    "organisation",
    "products",
    "reports",
    "price_lists",
    "loyalty_wizards",
    "loyalty_programs",
    "delivery",
    "accounting",
    "partners",
    "places",
    "groups",
    "users",
    "messages",
    "parameters",
    "calendars",
    "resources",
    "crm",
    "sales",
    "stock",
)
