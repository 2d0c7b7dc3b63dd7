"""Bytes → ``Document``: strict JSON, exact decimals, line and column on demand. Knows no rules.

loading     the ways in                       model       ``Document``, which holds what came of it
lines       … one document a line             marker      is it meant as a document?
decoding    bytes → text                      strict      text → plain data, fast
number      printed numbers → decimals        surrogate   halves of characters
diagnosis   what is wrong with a text         advice      … and what to do about it
shape       what is wrong with the data       excerpt     … and the line it stands in
values      Python values → plain data        limits      how much a document may hold
position    JSON Pointer → line and column    brace, walk … the quick way and the sure way
pointer     JSON Pointers                     linebreak   offsets → lines
writing     plain data → JSON text again
"""
