"""The JSON schema of a profile, for editors that complete and check YAML."""

from __future__ import annotations

from pydantic import JsonValue

from chatwootai.integrations.profiles.document import ProfileDocument


def profile_schema() -> dict[str, JsonValue]:
    """As published in `profiles/schema.json`."""
    schema = ProfileDocument.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema
