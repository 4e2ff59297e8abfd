"""Integração: one package per system outside, none knows another."""
