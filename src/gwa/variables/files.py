"""Read a dictionary from its folder: a head and one YAML file by section."""

from pathlib import Path
from typing import Any

import yaml

from gwa.variables.errors import DictionaryRefused, DictionaryUnreadable, explain_fault
from gwa.variables.rules.content import Content, read_content

HEAD = "variables.yaml"
SECTIONS = "variables"


# Of libyaml, which PyYAML's wheels carry: ten times faster than the loader written in Python.
class _StrictLoader(yaml.CSafeLoader):
    """YAML that refuses the same key twice: the first would vanish without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping whose keys are all different."""
        seen = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"« {key} » deux fois", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_folder(folder: Path) -> Content:
    """Read the dictionary of a folder, or refuse it with everything that is wrong."""
    head = read_yaml(folder / HEAD)
    names = head.get("sections")
    if not isinstance(names, list):
        raise DictionaryUnreadable(file=HEAD, why="sections")
    sections = {str(name): read_yaml(folder / SECTIONS / f"{name}.yaml") for name in names}
    content = read_content(head, sections)
    if isinstance(content, list):
        raise DictionaryRefused(faults=" ".join(explain_fault(fault) for fault in content))
    return content


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a mapping from a file, or say what is wrong with it."""
    try:
        with path.open(encoding="utf-8") as file:
            read = yaml.load(file, Loader=_StrictLoader)  # noqa: S506 (a SafeLoader)
    except OSError as error:
        raise DictionaryUnreadable(file=path.name, why=error.strerror or "") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DictionaryUnreadable(file=path.name, why=" ".join(str(error).split())) from error
    if not isinstance(read, dict):
        raise DictionaryUnreadable(file=path.name, why="YAML")
    return read
