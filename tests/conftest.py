"""Fixtures for every test."""

pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.odoo_database"]
