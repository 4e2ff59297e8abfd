"""Profiles of businesses: YAML files that shop owners write."""

from chatwootai.integrations.profiles.loading import load_profile, load_profiles
from chatwootai.integrations.profiles.schema import profile_schema

__all__ = ["load_profile", "load_profiles", "profile_schema"]
