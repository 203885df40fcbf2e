"""The amount of a line in SQL is the one that the program computes, however large."""

from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as driver

from tcf_desktop.domain.money import MAX_PRICE_E4, PRICE_SCALE, line_amount
from tcf_desktop.services.line_sums import LINE_CENTS

MOST = 10**13  # of an appointment's total


@given(st.data(), st.integers(-(10**12), 10**12).filter(bool))
def test_sql_and_python_agree(data: st.DataObject, qty: int) -> None:
    most = min(MAX_PRICE_E4, MOST * 1000 * PRICE_SCALE // abs(qty))
    price = data.draw(st.integers(-most, most) | st.integers(-20_000, 20_000))
    with driver.connect(":memory:") as connection:
        (found,) = connection.execute(
            f"SELECT {LINE_CENTS} FROM (SELECT ? AS qty_milli, ? AS unit_price_e4) l", (qty, price)
        ).fetchone()
    assert found == line_amount(qty, price)
    assert isinstance(found, int)


def test_halves_go_away_from_zero() -> None:
    with driver.connect(":memory:") as connection:
        found = [
            connection.execute(
                f"SELECT {LINE_CENTS} FROM (SELECT ? AS qty_milli, 5000 AS unit_price_e4) l", (qty,)
            ).fetchone()[0]
            for qty in (1000, -1000, 998, -998)
        ]
    assert found == [1, -1, 0, 0]
