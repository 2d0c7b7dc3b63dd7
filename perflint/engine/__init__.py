"""Facts × rules → verdicts. Pure: no file, no YAML, no format.

program     packs → ``Program``               evaluation  … × document → ``Evaluation``: the way in
run, walk, cells … the compiled functions, and the items of a document one by one
yielding    one slip, one finding             watchdog    the limit on its time
operands, message … what a finding is told with
examples, mutation … rules on their own examples, and what the examples notice
"""
