"""Read an expression by the strength of its operators (a Pratt parser)."""

from functools import lru_cache

from gwa.questionnaires.xform.xpath.lexer import Word, cut
from gwa.questionnaires.xform.xpath.syntax import (
    Call,
    Expression,
    ExpressionError,
    Filter,
    Negation,
    Number,
    Operation,
    Path,
    Step,
    Text,
)

# How strongly an operator holds what stands on both sides of it.
_STRENGTH = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6, "|": 8,
}  # fmt: skip
_MINUS = 7
# What chains, so that a sum of two hundred answers is no deeper than a sum of two.
_CHAINS = frozenset({"or", "and", "+", "|"})
_AXES = frozenset(
    {
        "child", "parent", "self", "attribute", "descendant", "descendant-or-self",
        "ancestor", "ancestor-or-self", "following-sibling", "preceding-sibling",
    }
)  # fmt: skip
_ANY_DESCENDANT = Step("descendant-or-self", "node()")
# Deeper than anybody writes, and far from the limit of the interpreter.
_MOST_LEVELS = 150


@lru_cache(maxsize=20_000)
def parse(text: str) -> Expression:
    """Read an expression, or raise an `ExpressionError`."""
    reader = _Reader(text)
    expression = reader.read(0)
    if reader.word.kind != "end":
        raise reader.error()
    return expression


class _Reader:
    """Goes through the words of one expression."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = cut(text)
        self.position = 0
        self.levels = 0

    @property
    def word(self) -> Word:
        return self.words[self.position]

    def error(self) -> ExpressionError:
        return ExpressionError(self.word.text or self.text.strip()[-40:])

    def is_next(self, *marks: str) -> bool:
        return self.word.kind == "mark" and self.word.text in marks

    def take(self, *marks: str) -> bool:
        if self.is_next(*marks):
            self.position += 1
            return True
        return False

    def expect(self, mark: str) -> None:
        if not self.take(mark):
            raise self.error()

    def expect_name(self) -> str:
        if self.word.kind != "name":
            raise self.error()
        self.position += 1
        return self.words[self.position - 1].text

    def read(self, strength: int) -> Expression:
        """Read an operand and every operator after it that holds more strongly than `strength`."""
        self.levels += 1
        if self.levels > _MOST_LEVELS:
            raise self.error()
        left = self.read_operand()
        links = 0
        while self.word.kind in ("name", "mark"):
            operator = self.word.text
            held = _STRENGTH.get(operator, 0)
            if held <= strength:
                break
            self.position += 1
            right = self.read(held)
            if operator in _CHAINS and isinstance(left, Operation) and left.operator == operator:
                left = Operation(operator, (*left.operands, right))
                continue
            links += 1
            if self.levels + links > _MOST_LEVELS:
                raise self.error()
            left = Operation(operator, (left, right))
        self.levels -= 1
        return left

    def read_operand(self) -> Expression:
        if self.take("-"):
            return Negation(self.read(_MINUS))
        primary = self.read_primary()
        if primary is None:
            return self.read_path()
        predicates, _sources = self.read_predicates()
        if predicates:
            primary = Filter(primary, predicates)
        if self.is_next("/", "//"):
            return Path(False, self.read_steps(), primary)
        return primary

    def read_primary(self) -> Expression | None:
        word = self.word
        following = self.words[self.position + 1] if word.kind != "end" else word
        if word.kind == "number":
            self.position += 1
            return Number(float(word.text))
        if word.kind == "text":
            self.position += 1
            return Text(word.text[1:-1])
        if self.take("("):
            inside = self.read(0)
            self.expect(")")
            return inside
        if word.kind == "name" and following.text == "(" and word.text not in ("node", "text"):
            self.position += 2
            return Call(word.text, self.read_arguments())
        return None

    def read_arguments(self) -> tuple[Expression, ...]:
        arguments: list[Expression] = []
        while not self.take(")"):
            if arguments:
                self.expect(",")
            arguments.append(self.read(0))
        return tuple(arguments)

    def read_path(self) -> Path:
        if self.is_next("//"):
            return Path(True, self.read_steps())
        if self.take("/"):
            if self.word.kind != "name" and not self.is_next("@", ".", "..", "*"):
                return Path(True, ())
            return Path(True, (self.read_step(), *self.read_steps()))
        return Path(False, (self.read_step(), *self.read_steps()))

    def read_steps(self) -> tuple[Step, ...]:
        """Read the steps that follow, each after its slash."""
        steps: list[Step] = []
        while self.is_next("/", "//"):
            if self.take("//"):
                steps.append(_ANY_DESCENDANT)
            else:
                self.take("/")
            steps.append(self.read_step())
        return tuple(steps)

    def read_step(self) -> Step:
        if self.take("."):
            axis, test = "self", "node()"
        elif self.take(".."):
            axis, test = "parent", "node()"
        else:
            axis = self.read_axis()
            test = self.read_test()
        predicates, sources = self.read_predicates()
        return Step(axis, test, predicates, sources)

    def read_axis(self) -> str:
        if self.take("@"):
            return "attribute"
        if self.word.kind == "name" and self.words[self.position + 1].text == "::":
            axis = self.expect_name()
            self.expect("::")
            if axis not in _AXES:
                raise ExpressionError(axis)
            return axis
        return "child"

    def read_test(self) -> str:
        if self.take("*"):
            return "*"
        name = self.expect_name()
        if name in ("node", "text") and self.take("("):
            self.expect(")")
            return f"{name}()"
        return name.rpartition(":")[2]

    def read_predicates(self) -> tuple[tuple[Expression, ...], tuple[str, ...]]:
        predicates: list[Expression] = []
        sources: list[str] = []
        while self.take("["):
            start = self.word.start
            predicates.append(self.read(0))
            sources.append(self.text[start : self.word.start].strip())
            self.expect("]")
        return tuple(predicates), tuple(sources)
