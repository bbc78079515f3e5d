"""A real SFTP server in a thread (paramiko): one user, one password, one folder, read only."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import paramiko


class _Files(paramiko.SFTPServerInterface):
    def __init__(self, server, *args, root: Path, **options):
        super().__init__(server, *args, **options)
        self.root = root

    def _at(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def list_folder(self, path):
        found = []
        for each in sorted(self._at(path).iterdir()):
            one = paramiko.SFTPAttributes.from_stat(each.stat())
            one.filename = each.name
            found.append(one)
        return found

    def stat(self, path):
        try:
            return paramiko.SFTPAttributes.from_stat(self._at(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    lstat = stat

    def open(self, path, flags, attr):
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = self._at(path).open("rb")
        return handle


class _Door(paramiko.ServerInterface):
    def check_auth_password(self, username, password):
        good = (username, password) == ("nhantai", "mat-khau-thu")
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED


@contextmanager
def serving(root: Path, known_hosts: Path):
    """Serve `root`; yields the port; the host's key is written to `known_hosts`."""
    key = paramiko.RSAKey.generate(2048)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    known_hosts.write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
    transports: list[paramiko.Transport] = []

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(client)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files, root=root)
            transports.append(transport)
            try:
                transport.start_server(server=_Door())
            except (paramiko.SSHException, EOFError):
                transport.close()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        os.close(listener.detach())
        for transport in transports:
            transport.close()
