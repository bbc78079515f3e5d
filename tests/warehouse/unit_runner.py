"""dbt's unit tests asked of compiled SQL: given rows as tables of a schema of their own, one query a test.

Lives here: laying given and expected rows, comparing. Does not live here: the rows (`_unit_tests_*.yml`).
As SQL dbt wants all columns of the model expected, as rows only those that are named.
"""

from __future__ import annotations

from typing import Any

import duckdb

from tests.warehouse.compiled import Model, UnitTest, Warehouse, insert


class UnitRunner:
    """All unit tests of a project, laid once into a warehouse whose tables exist (for their types), asked often."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.by_model: dict[str, list[UnitTest]] = {}
        for test in warehouse.project.unit_tests.values():
            self._lay(test)
            self.by_model.setdefault(test.model, []).append(test)

    def failing(self, model: str, sql: str | None = None) -> list[str]:
        """Return the unit tests of a model that do not hold, with other SQL for it if given."""
        return [test.name for test in self.by_model.get(model, []) if self.differences(test, sql)]

    def differences(self, test: UnitTest, sql: str | None = None) -> list[str]:
        """Return what the model says and must not, and what it must say and does not; an error is a difference."""
        model = self.warehouse.project.models[test.model]
        try:
            return self._compare(test, self._over_given(model, test, sql or model.sql))
        except duckdb.Error as error:
            return [str(error)]

    def _compare(self, test: UnitTest, actual: str) -> list[str]:
        query = self.warehouse.query
        expected, names = self._expected(test, actual)
        said = f"select {names} from ({actual})"
        many, few = (query(f"select count(*) from ({side})")[0][0] for side in (said, expected))
        if many > 1000 + 10 * few:
            return [f"said {many} rows instead of {few}"]
        too_many = query(f"({said}) except all ({expected})")
        too_few = query(f"({expected}) except all ({said})")
        return [f"said: {row}" for row in too_many] + [f"not said: {row}" for row in too_few]

    def _expected(self, test: UnitTest, actual: str) -> tuple[str, str]:
        """Return the expected rows as a query, typed as the model types them, and the columns asked."""
        form, rows = test.expect
        if form == "sql":
            columns = [name for name, *_ in self.warehouse.query(f"describe {rows}")]
            return rows, _listed(columns)
        types = {name: kind for name, kind, *_ in self.warehouse.query(f"describe {actual}")}
        columns = list(rows[0]) if rows else list(types)
        typed = ", ".join(f'"{name}" {types[name]}' for name in columns)
        self.warehouse.con.execute(f"create or replace temp table expected_rows ({typed})")
        insert(self.warehouse.con, "expected_rows", columns, rows)
        return f"select {_listed(columns)} from expected_rows", _listed(columns)

    def _over_given(self, model: Model, test: UnitTest, sql: str) -> str:
        for name in model.reads:
            sql = sql.replace(self.warehouse.project.models[name].table, f'{_schema(test)}."{name}"')
        return sql

    def _lay(self, test: UnitTest) -> None:
        con = self.warehouse.con
        con.execute(f"create schema if not exists {_schema(test)}")
        for name, (form, rows) in test.given.items():
            table = f'{_schema(test)}."{name}"'
            if form == "sql":
                con.execute(f"create or replace table {table} as {rows}")
                continue
            source = self.warehouse.project.models[name].table
            con.execute(f"create or replace table {table} as select * from {source} limit 0")
            insert(con, table, list(dict.fromkeys(key for row in rows for key in row)), rows)


def _schema(test: UnitTest) -> str:
    return f'"unit_{test.name}"'


def _listed(columns: list[Any]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
