"""The version, in one place: read by the package build, ``--version`` and every report."""

VERSION = "1.0.0"
