"""The list of packages; everything else about the build stands in ``pyproject.toml``.

``resources/`` lies at the top of the repository and is installed as ``tcf_desktop.resources``.
The declarative form can map a folder or find packages by itself, but not do both at once.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["tcf_desktop", "tcf_desktop.*"]), "tcf_desktop.resources"],
    package_dir={"tcf_desktop.resources": "resources"},
)
