"""Bytes → ``Document``: strict JSON, exact decimals, line and column on demand. Knows no rules.

loading     the ways in                       model       ``Document``, which holds what came of it
lines       … one document a line             marker      is it meant as a document?
decoding    bytes → text                      strict      text → plain data, fast
diagnosis   what is wrong with a text         advice      … and what to do about it
shape       what is wrong with the data       values      Python values → plain data
position    JSON Pointer → line and column    brace, walk … the quick way and the sure way
writing     plain data → JSON text again
"""
