"""What the parts of a form share while it is read: its places, its texts, and the faults found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from gwa.questionnaires.xform.definitions import Path, Texts
from gwa.questionnaires.xform.faults import Fault, FaultKind
from gwa.questionnaires.xform.xpath.evaluation import compile_text
from gwa.questionnaires.xform.xpath.parser import parse
from gwa.questionnaires.xform.xpath.syntax import (
    NOT_NAMES,
    Call,
    Expression,
    ExpressionError,
    Step,
    Text,
    UnknownFunction,
    WrongArguments,
    walk,
)
from gwa.questionnaires.xform.xpath.syntax import Path as PathExpression


@dataclass(slots=True)
class Reader:
    """`places` are the paths of all elements of the instance below `root`."""

    root: str
    places: set[Path] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    texts: dict[str, Texts] = field(default_factory=dict)
    # The expressions whose values a text shows, by the name of the text.
    shown: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, kind: FaultKind, where: Path | str, what: object = "") -> None:
        """Note a fault once."""
        fault = Fault(kind, where if isinstance(where, str) else "/".join(where), str(what))
        if fault not in self.faults:
            self.faults.append(fault)

    def check(self, where: Path, part: str, expression: str) -> str:
        """Note what is wrong with an expression, and return it without the blanks around it."""
        expression = expression.strip()
        if not expression:
            return ""
        try:
            compile_text(expression)
            parsed = parse(expression)
        except UnknownFunction as error:
            self.refuse(FaultKind.UNKNOWN_FUNCTION, where, f"{part}: {error.what}()")
        except WrongArguments as error:
            self.refuse(FaultKind.WRONG_ARGUMENTS, where, f"{part}: {error.what}()")
        except ExpressionError as error:
            self.refuse(FaultKind.BAD_EXPRESSION, where, f"{part}: {error.what}")
        else:
            for kind, what in self._find_strangers(where, parsed):
                self.refuse(kind, where, f"{part}: {what}")
        return expression

    def _find_strangers(self, where: Path, expression: Expression) -> list[tuple[FaultKind, str]]:
        """List the places and the lists that an expression names and the form does not have."""
        found: list[tuple[FaultKind, str]] = []
        for part, is_inside in walk(expression):
            match part:
                case Call(name="instance", arguments=(Text(value=name),)):
                    if name not in self.lists:
                        found.append((FaultKind.UNKNOWN_LIST, name))
                case PathExpression(is_absolute=True, steps=(first, *rest)):
                    if first.axis == "child" and first.test not in (self.root, "*", "node()"):
                        found.append((FaultKind.UNKNOWN_PLACE, f"/{first.test}"))
                    else:
                        found += self._find_stranger((), rest)
                # Below an answer there is nothing, and `null` is read as nothing: phones accept it.
                case PathExpression(start=None, steps=(Step("parent"), *_) as steps) if (
                    not is_inside
                ):
                    found += self._find_stranger(where, steps)
                case PathExpression(start=Call(name="current"), steps=steps):
                    found += self._find_stranger(where, steps)
        return found

    def _find_stranger(self, base: Path, steps: Sequence[Step]) -> list[tuple[FaultKind, str]]:
        """Follow the steps as far as they name elements, and tell the first that is not there."""
        place = base
        for step in steps:
            if step.axis == "parent" and place:
                place = place[:-1]
            elif step.axis == "child" and step.test not in NOT_NAMES:
                place = (*place, step.test)
            elif step.axis != "self":
                return []
            if place and place[0] != "meta" and place not in self.places and place != base:
                return [(FaultKind.UNKNOWN_PLACE, "/".join(place))]
        return []

    def find_place(self, reference: str, base: Path = ()) -> Path | None:
        """Return the path that a reference names, absolute or from a base, if it is one."""
        reference = reference.strip().removeprefix("current()/")
        parts = [part.rpartition(":")[2] for part in reference.split("/")]
        if reference.startswith("/"):
            if len(parts) < 2 or parts[1] != self.root:
                return None
            return tuple(parts[2:])
        place = base
        for part in parts:
            if part == "..":
                place = place[:-1]
            elif part not in (".", ""):
                place = (*place, part)
        return place
