"""What generated functions run on. Knows no rule and no compiler.

plan        ``Plan``, stored or just made → functions that are ready to run
cells       printed cells → values            calls       what special forms and aggregates compute
readers     functions that read one text      texts, sieve … texts, and which functions may find anything in them
rows        rows found by what is in them     memo, met   what was read, or met, before
"""
