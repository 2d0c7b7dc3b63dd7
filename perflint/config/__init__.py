"""What a project has settled for its runs: perflint.yaml, or [tool.perflint] in pyproject.toml.

loading   file → ``Config``           toml   the second kind of file, with places
"""
