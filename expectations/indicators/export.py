"""From the indicator files to the CSV lists that dbt seeds: indicators, indicator_readings, indicator_series_breaks.

    python -m expectations.indicators.export [--check]

Lives here: rendering whole files. Does not live here: the source (`ctNN.yml`); edit that, never the CSV.
"""

import argparse
import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from expectations.indicators.load import all_indicators
from expectations.indicators.model import Indicator, Reading

TARGET = Path(__file__).parent.parent / "reference"


def rendered() -> dict[str, str]:
    """Return {file name: whole text} of the generated lists."""
    indicators = all_indicators()
    readings = [_reading_row(one, r, number) for one in indicators for number, r in enumerate(one.readings, start=1)]
    breaks = [
        {
            "indicator_code": one.code,
            "break_on": mark.since.isoformat(),
            "level": mark.level,
            "reason_vi": mark.reason.vi,
            "reason_en": mark.reason.en,
            "sort_order": f"{one.sort_order + number}",
        }
        for one in indicators
        for number, mark in enumerate(one.series_breaks, start=1)
    ]
    return {
        "indicators.csv": _as_csv(_indicator_row(one) for one in indicators),
        "indicator_readings.csv": _as_csv(readings),
        "indicator_series_breaks.csv": _as_csv(breaks),
    }


def _indicator_row(one: Indicator) -> dict[str, str]:
    row = {"indicator_code": one.code, "sort_order": str(one.sort_order)}
    for name in ("name", "target_text", "definition", "numerator", "denominator"):
        row |= _both(one, name)
    row |= {"plan_section": one.plan_section, "plan_wording": one.plan_wording}
    for name in ("denominator_name", "unit", "counted_unit", "roster_text"):
        row |= _both(one, name)
    return row | {
        "grain": one.grain,
        "roster": one.roster,
        "target_level": one.target_level,
        "direction": one.direction,
        "decimals": str(one.decimals),
        "first_due_year": str(one.first_due_year or ""),
        "not_due_reason_vi": one.not_due_reason.vi if one.not_due_reason else "",
        "not_due_reason_en": one.not_due_reason.en if one.not_due_reason else "",
        "headline_reading": one.headline.code,
        "headline_period": one.headline.period,
        "definition_version": str(one.version),
        "valid_from": one.valid_from.isoformat(),
        "disaggregations": ";".join(d.code for d in one.disaggregations),
    }


def _both(one: Indicator, name: str) -> dict[str, str]:
    label = getattr(one, name)
    return {f"{name}_vi": label.vi, f"{name}_en": label.en}


def _reading_row(one: Indicator, reading: Reading, number: int) -> dict[str, str]:
    return {
        "indicator_code": one.code,
        "reading": reading.code,
        "is_headline": "yes" if reading.is_headline else "no",
        "wording_vi": reading.wording.vi,
        "wording_en": reading.wording.en,
        "reason_vi": reading.reason.vi,
        "reason_en": reading.reason.en,
        "period_code": reading.period,
        "parameter": reading.parameter,
        "sort_order": str(one.sort_order + number),
    }


def _as_csv(rows: Iterable[dict[str, str]]) -> str:
    listed = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(listed[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue()


def main(argv: list[str] | None = None) -> int:
    """Write the lists; with --check only name those that are stale and exit 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(argv).check
    stale = []
    for name, text in rendered().items():
        path = TARGET / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8", newline="")
    print(f"{'stale' if check else 'rewritten'}: {', '.join(stale) or 'none'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
