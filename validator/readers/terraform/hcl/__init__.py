"""HCL: text to a small syntax tree, with python-hcl2's grammar as the one parser.

`slicer` finds the top-level blocks of a file without parsing them; `parse` turns one of them (or a
whole file, or one expression) into the tree of `tree`. Between the two stands `mask`, which keeps
every offset and hides from the grammar what it reads otherwise than Terraform does.
"""
