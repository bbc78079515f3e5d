"""YAML in, Contract out; a mistake is named by file and field.

Lives here: finding, merging and caching ``contracts/*.yml``. A contract mentions a shared field by its name alone, or
gives the name and only what differs (the rest comes from ``_shared_fields.yml``); rules likewise.
Does not live here: what a contract is (``model.py``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from expectations import yaml_files
from expectations.contracts.model import Contract

FOLDER = Path(__file__).parent


class ContractError(ValueError):
    """A contract file that does not say what a contract must say."""


def names() -> list[str]:
    """All datasets that have a contract: the cover, forms by the code of their sheet, then registers by name."""
    return [contract.name for contract in all_contracts()]


@cache
def load(name: str) -> Contract:
    """The contract of a dataset. KeyError when there is none, ContractError when its file is wrong."""
    path = FOLDER / f"{name}.yml"
    if not path.is_file():
        raise KeyError(f"no contract {name}; there are: {', '.join(sorted(_files()))}")
    raw = _read(path)
    raw["fields"] = [_merged(item, "name", _shared("_shared_fields.yml"), path) for item in raw.get("fields", [])]
    raw["rules"] = [_merged(item, "id", _shared("_shared_rules.yml"), path) for item in raw.get("rules", [])]
    try:
        contract = Contract.model_validate(raw)
    except ValidationError as error:
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ContractError(f"{path.name}: {where}") from error
    if contract.name != name:
        raise ContractError(f"{path.name}: its name is {contract.name}")
    return contract


def all_contracts() -> list[Contract]:
    """Every contract, in the order of ``names()``. A file is a dataset: there is no other list of them."""
    return list(_ordered(FOLDER))


def by_code(code: str) -> Contract:
    """The contract whose rule ids start with ``code`` (B03, RR, …); KeyError when there is none."""
    for contract in all_contracts():
        if contract.code == code:
            return contract
    raise KeyError(f"no contract has the code {code}")


@cache
def _ordered(folder: Path) -> tuple[Contract, ...]:
    """Asked some thousand times in a collection, so the folder is listed once a process."""
    return tuple(sorted((load(name) for name in _files()), key=_place))


def _files() -> list[str]:
    return [path.stem for path in FOLDER.glob("*.yml") if not path.stem.startswith("_")]


def _place(contract: Contract) -> tuple[bool, bool, str]:
    is_form = contract.sheet is not None
    return not is_form, contract.name != "cover", contract.code if is_form else contract.name


@cache
def _shared(file_name: str) -> dict[str, dict[str, Any]]:
    return _read(FOLDER / file_name)


def _read(path: Path) -> dict[str, Any]:
    content = yaml_files.read(path)
    if not isinstance(content, dict):
        raise ContractError(f"{path.name}: expected a mapping")
    return content


def _merged(item: str | dict[str, Any], key: str, known: dict[str, dict[str, Any]], path: Path) -> dict[str, Any]:
    name = item if isinstance(item, str) else item.get(key)
    if isinstance(item, str) and name not in known:
        raise ContractError(f"{path.name}: {name} is not declared in the shared file")
    own = {} if isinstance(item, str) else item
    return {key: name, **known.get(str(name), {}), **own}
