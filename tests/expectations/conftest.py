from collections.abc import Callable, Iterator

import pytest

from expectations.contracts.load import load
from expectations.rules.compile import CompiledRule, compile_rules
from expectations.rules.parameters import RuleParameters, from_reference
from expectations.rules.select import select_bad
from tests.expectations.typed_database import TypedDatabase


@pytest.fixture(scope="session")
def parameters() -> RuleParameters:
    return from_reference(is_sample=True)


@pytest.fixture
def typed() -> Iterator[TypedDatabase]:
    database = TypedDatabase()
    yield database
    database.connection.close()


@pytest.fixture(scope="session")
def rules_of(parameters: RuleParameters) -> Callable[[str], dict[str, CompiledRule]]:
    def compiled(dataset: str) -> dict[str, CompiledRule]:
        return {rule.rule: rule for rule in compile_rules(load(dataset), parameters)}

    return compiled


@pytest.fixture
def broken(typed: TypedDatabase, rules_of) -> Callable[[str], dict[str, list[int]]]:
    """The rules a dataset breaks: rule id → rows."""

    def found(dataset: str) -> dict[str, list[int]]:
        every = {name: select_bad(typed.connection, rule) for name, rule in rules_of(dataset).items()}
        return {name: [bad.row for bad in rows] for name, rows in every.items() if rows}

    return found
