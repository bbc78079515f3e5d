"""SFTP that knows whom it talks to: fsspec's own client takes the key of any host that answers.

Lives here: the one method that differs. `known_hosts` is the path of an OpenSSH known_hosts file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fsspec.implementations.sftp import SFTPFileSystem


class KnownHostsFileSystem(SFTPFileSystem):
    """fsspec over SFTP to hosts whose key is known; another key, or none, is a paramiko.SSHException."""

    def __init__(self, host: str, *, known_hosts: str, **options: Any) -> None:
        self._known_hosts = Path(known_hosts).expanduser()
        super().__init__(host, **options)

    def _connect(self) -> None:
        import paramiko  # type: ignore[import-untyped]

        self.client = paramiko.SSHClient()
        self.client.load_host_keys(str(self._known_hosts))
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self.client.connect(self.host, allow_agent=False, look_for_keys=False, **self.ssh_kwargs)
        self.ftp = self.client.open_sftp()
