"""What pyproject.toml cannot say: every package found, and the top-level ``rules/`` installed as ``perflint.packs``."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["perflint", "perflint.*"]), "perflint.packs"],
    package_dir={"perflint.packs": "rules"},
)
