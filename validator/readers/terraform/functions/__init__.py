"""Terraform's built-in functions.

<https://developer.hashicorp.com/terraform/language/functions>
"""
