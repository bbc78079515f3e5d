"""From an id to its pseudonym: HMAC-SHA256 under a key that lies outside the home, computed inside DuckDB.

Lives here: the key (file, sample), its fingerprint and the check against the ledger, the SQL of the HMAC.
Does not live here: what a canonical id is (ingestion.typing) and where ids may be kept (vault.py).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from expectations import ledger
from expectations.errors import OperatorError
from expectations.home import Home

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEY_BYTES = 32
_BLOCK = 64  # block size of SHA-256
_SEPARATOR = "\x1f"
FINGERPRINTED = ("accepted", "rejected")


def load_key(path: Path, create: bool = False) -> bytes:
    """The 32 bytes in `path` (64 hex digits, mode 0600); with `create` an absent file is made, once.

    Raises OperatorError when the file is absent, readable by others, or holds something else.
    """
    if not path.exists():
        if not create:
            raise OperatorError(f"no key of the pseudonyms at {path}: set NHANTAI_KEY_FILE to the file that holds it")
        _make_key(path)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise OperatorError(f"{path} may be read by others (mode {mode:04o}): chmod 600 it")
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise OperatorError(f"{path} does not hold a key of {KEY_BYTES} bytes in hex")
    return key


def sample_key(seed: int) -> bytes:
    """The key of a sample home: derived from its seed, so that the same season has the same pseudonyms anywhere."""
    return hashlib.sha256(b"nhantai-sample-key" + str(seed).encode()).digest()


def fingerprint(key: bytes) -> str:
    """16 hex digits that name a key without giving it away."""
    return hmac.new(key, b"nhantai-key-fingerprint", hashlib.sha256).hexdigest()[:16]


def require_same_key(home: Home, key: bytes) -> None:
    """Refuse to mix two keys in one home: OperatorError when the ledger names another fingerprint."""
    mine = fingerprint(key)
    for line in ledger.read(home.ledger):
        theirs = line.get("key_fingerprint")
        if theirs and theirs != mine:
            raise OperatorError(
                f"this home was filled under key {theirs}, not {mine} (ledger line {line['seq']}): "
                "set NHANTAI_KEY_FILE to that key"
            )


def identity_key(key: bytes, kind: str, national_id: str) -> str:
    """The pseudonym of one id in plain Python: 64 hex digits. `kind` and `national_id` are canonical."""
    return hmac.new(key, f"{kind}{_SEPARATOR}{national_id}".encode(), hashlib.sha256).hexdigest()


def install(connection: DuckDBPyConnection, key: bytes) -> None:
    """Create the temporary macro `pseudonym(kind, national_id)` on this connection; the key stays in its variables."""
    padded = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    connection.execute("SET VARIABLE nhantai_ipad = ?::BLOB", [bytes(b ^ 0x36 for b in padded)])
    connection.execute("SET VARIABLE nhantai_opad = ?::BLOB", [bytes(b ^ 0x5C for b in padded)])
    connection.execute(
        """
        CREATE OR REPLACE TEMPORARY MACRO pseudonym(kind, national_id) AS
        sha256(getvariable('nhantai_opad')
               || unhex(sha256(getvariable('nhantai_ipad') || encode(kind || chr(31) || national_id))))
        """
    )


def uninstall(connection: DuckDBPyConnection) -> None:
    """Forget the key on this connection."""
    connection.execute("RESET VARIABLE nhantai_ipad")
    connection.execute("RESET VARIABLE nhantai_opad")


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another process was quicker: its key is the key
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_bytes(KEY_BYTES).hex() + "\n")
        stream.flush()
        os.fsync(stream.fileno())
