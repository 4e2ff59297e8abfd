"""Qdrant without a server to install: its embeddable engine behind the subset of its REST API that we use.

An ordinary `AsyncQdrantClient(url, api_key=…)` works with it unchanged.
"""
