"""Rule packs: YAML → ``Pack`` of ``Rule``s, with what they extend; nothing past this package knows YAML.

find, installed, files, headers … which packs there are   load, stored   the ways in: from YAML, from the store
strict_yaml, marks  text → values with places             shape          their form, by the schema of packs
raw         the rules as written                          build          … checked, as ``Rule``s
resolve, merge, lexicon … what a pack inherits and changes
model       ``Pack``, ``Rule``, which hold what came of it
"""
