"""Checked rules → one generated Python function a scope, equal to the reference evaluator and far faster.

docs/architecture.md shows a rule and what becomes of it.

compile     the way in: rules → ``Plan``      namespace   what the code of a plan names
task        a rule, and how far it looks      writing     … → source
meeting     what an item is asked when met    loop        the loop over the items of a scope
lowering    expressions → source              joining     loops over rows → look-ups
facts       records → columns                 clues, grams, sieving … what a text must hold to be read
"""
