"""Terraform's types and values (its own library for them is called cty), and their conversions."""
