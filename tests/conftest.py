"""Fixtures for every test."""

import os

from hypothesis import settings

pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.odoo_database"]

# The same examples each time, and no deadlines: whether a change lands must depend neither on luck nor on how
# busy the machine is. HYPOTHESIS_PROFILE=search looks for new examples.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
