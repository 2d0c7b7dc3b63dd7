"""Evaluations → Report: what was found, said so that a person can find it and a machine can recognise it.

build       the ways in                       inputs      what a report is made from, as types
tally       what a run adds up to             ledger      … and how often each rule looked
labels, printed, row, place … where a finding is, in the words of the form
identity    fingerprints                      notices     what is to be said of the run itself
suppressions, baseline … findings that are accepted
difference  what two packs find               doubts      what was read from an original and may be misread
kept, packing, sorted_lines, spool … what waits for the end of a long run, in a temporary file
drawing     the tables redrawn as the form looks
"""
