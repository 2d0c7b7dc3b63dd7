"""What a project has settled for its runs: perflint.yaml, or [tool.perflint] in pyproject.toml.

loading   file → ``Config``           toml   the second kind of file, with places
"""

from perflint.config.loading import AUTO, SUPPRESSIONS_NAME, Config, find_config, load_config

__all__ = ["AUTO", "SUPPRESSIONS_NAME", "Config", "find_config", "load_config"]
