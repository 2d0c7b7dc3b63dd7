"""The rule language: text → checked tree → value.

syntax      text → syntax tree, gated         check       … typed against the schema
template    messages with placeholders        rule        the expressions of one rule, together
names, guards … what may be named, and what cannot be blank
definitions … derived fields of a pack
tree, field_read … what checking leaves       problems    what can be wrong
reference   the reference evaluator           view        the document as it sees it
mutation, meaning … small changes of an expression, and which of them change nothing
"""
