"""The two applications as people meet them: gunicorn, one worker each, on free ports."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Final

from casework.operations.bench.visits import HOST, BenchBroken
from casework.operations.cluster import free_port
from casework.operations.serve import Load, Server

_PATIENCE: Final = 30.0
_STEP: Final = 0.05


@contextmanager
def serving(*loads: Load) -> Iterator[list[int]]:
    """Serve what each load builds, in a process of its own; give their ports."""
    ports = [free_port() for _ in loads]
    spawn = get_context("spawn")
    pairs = zip(ports, loads, strict=True)
    processes = [spawn.Process(target=_serve, args=(port, load)) for port, load in pairs]
    for process in processes:
        process.start()
    try:
        for process, port in zip(processes, ports, strict=True):
            _wait_for(process, port)
        yield ports
    finally:
        for process in processes:
            _stop(process)


def _stop(process: BaseProcess) -> None:
    process.terminate()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()


def _serve(port: int, load: Load) -> None:
    options = {
        "bind": [f"{HOST}:{port}"],
        "worker_class": "sync",
        "workers": 1,
        "loglevel": "error",
        "control_socket_disable": True,
    }
    Server(options, load).run()


def _wait_for(process: BaseProcess, port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.is_alive():
        with socket.socket() as line:
            if line.connect_ex((HOST, port)) == 0:
                return
        time.sleep(_STEP)
    raise BenchBroken("a server of the bench did not start")
