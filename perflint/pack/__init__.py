"""Rule packs: YAML → ``Pack`` of ``Rule``s, with what they extend; nothing past this package knows YAML.

load, stored … the ways in: from YAML, from the store
find, installed, files … which packs there are, and where
header, headers … who a pack is, without reading its rules
strict_yaml, marks, locate … text → values that know where they stand
slips       what is wrong with a text         suggest, retired … what was probably meant, or became of it
shape       the schema of packs, with advice  raw         a pack as written
resolve, merge, state, lexicon … what a pack inherits, and what it changes of that
requirement versions                          param       typed parameters
build       … → rules in force                model       ``Pack``, ``Rule``, which hold what came of it
examples, deferred, assembly, coverage … the examples of rules
freshness   does what was stored still hold?
"""
