"""The rule language: text → checked tree → value.

syntax      text → syntax tree, gated         check       … typed against the schema
names       what expressions may name         guards      what cannot be blank
template    messages with placeholders        patterns    which patterns are let in
rule        the expressions of one rule       definitions derived fields of a pack
tree, field_read … what checking leaves       problems    what can be wrong
reference   the reference evaluator           view        the document as it sees it
mutation, meaning … small changes of an expression, and which of them change nothing
"""
