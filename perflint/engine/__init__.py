"""Facts × rules → verdicts. Pure: no file, no YAML, no format.

program     packs → ``Program``               evaluation  … × document → ``Evaluation``: the way in
run, walk, cells … the compiled functions, and the items of a document one by one
outcome, yielding … how a rule ended on an item; one slip, one finding
operands, message … what a finding is told with      watchdog    the limit on its time
examples, mutation … rules on their own examples, and what the examples notice
"""
