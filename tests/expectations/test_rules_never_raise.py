"""Whatever was typed, a predicate answers TRUE, FALSE or NULL: an error would void the gate and print the value."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.contracts.load import all_contracts, names
from expectations.contracts.model import Contract
from expectations.rules.select import count_bad
from tests.expectations.typed_database import TypedDatabase

EDGES = {
    "integer": st.sampled_from([None, 0, -1, 2025, 2**63 - 1, -(2**63)]),
    "decimal": st.sampled_from([None, Decimal(0), Decimal("-0.0001"), Decimal("99999999999999.9999")]),
    "boolean": st.sampled_from([None, True, False]),
    "date": st.sampled_from([None, date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29), date(2025, 3, 1)]),
}
TEXTS = st.one_of(
    st.none(), st.text(max_size=15), st.sampled_from(["", " ", "'", "%", "a:b", "{1}", "003090123456", "٠٠٣٠٩٠١٢٣٤٥٦"])
)


@pytest.mark.parametrize("contract", all_contracts(), ids=names())
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_rules_never_raise(contract: Contract, rules_of, data):
    typed = TypedDatabase()
    for row in range(3):
        values = {f.name: data.draw(EDGES.get(f.type, TEXTS)) for f in contract.fields}
        values = {name: v.replace("\x00", "") if isinstance(v, str) else v for name, v in values.items()}
        typed.add(contract.name, values, row=row)
    typed.add("cover", {"nil_forms": "B02,B03", "figures_as_of": date(2025, 11, 30)}, row=0)
    for rule in rules_of(contract.name).values():
        assert 0 <= count_bad(typed.connection, rule) <= 4
    typed.connection.close()
