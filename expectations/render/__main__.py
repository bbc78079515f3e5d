"""``python -m expectations.render`` writes the generated files; ``--check`` writes none and exits 1 if one is stale."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rendered() -> dict[Path, str]:
    """Every generated file by its path from the root of the repository."""
    from expectations.render import (
        data_dictionary,
        dataset_list,
        rule_catalogue,
        self_check_list,
        semantic_layer,
        staging_properties,
    )

    made = (staging_properties, dataset_list, data_dictionary, rule_catalogue, self_check_list, semantic_layer)
    return {path: text for module in made for path, text in module.render().items()}


def stale(root: Path = ROOT) -> list[str]:
    """The generated files that are not what the contracts say, by path."""
    return [
        path.as_posix()
        for path, text in rendered().items()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str], root: Path = ROOT) -> int:
    """0 when all is written (or fresh), 1 when ``--check`` finds a stale file, 2 for anything else."""
    if arguments == ["--check"]:
        old = stale(root)
        for name in old:
            print(f"{name} is stale: run python -m expectations.render")
        return 1 if old else 0
    if arguments:
        print("usage: python -m expectations.render [--check]", file=sys.stderr)
        return 2
    for path, text in rendered().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
