"""A Spark standalone cluster on the loopback interface: master, two workers, Connect server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from project import PROJECT

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

PYTHON = PROJECT / ".venv" / "spark" / "bin" / "python"
HOST = "127.0.0.1"
WORKERS = 2
SECONDS_TO_START = 120
NOT_FOR_SERVERS = {"SPARK_REMOTE"}  # which Make exports, and a server would take for its own
SETTINGS = {
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.memory": "1g",
    "spark.executor.memory": "1g",
    "spark.connect.grpc.binding.address": HOST,
    "spark.ui.enabled": "false",
    # So little data that planning is nearly all that takes time.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}


class Cluster:
    """Servers of PyPI's pyspark, each in a process group of its own; all ended at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        (found,) = (PYTHON.parent.parent / "lib").glob("python*/site-packages/pyspark")
        self.home = found
        self.remote = ""

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the servers, each when those before it answer."""
        deploy = "org.apache.spark.deploy"
        master = free_port()
        address = f"spark://{HOST}:{master}"
        place = ["--host", HOST, "--webui-port", "0"]
        no_rest = ["-Dspark.master.rest.enabled=false"]
        self.run("master", f"{deploy}.master.Master", *place, "--port", str(master), java=no_rest)
        self.wait_for("master", "I have been elected leader")
        for number in range(1, WORKERS + 1):
            size = ["--cores", "1", "--memory", "1g"]
            work = ["--work-dir", str(self.folder / f"work-{number}")]
            self.run(f"worker-{number}", f"{deploy}.worker.Worker", *place, *size, *work, address)
        for number in range(1, WORKERS + 1):
            self.wait_for(f"worker-{number}", "Successfully registered with master")
        port = free_port()
        settings = {**SETTINGS, "spark.connect.grpc.binding.port": str(port)}
        given = [word for item in settings.items() for word in ("--conf", "=".join(item))]
        connect = ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
        submit = [*connect, "--master", address, *given, "spark-internal"]
        self.run("connect", f"{deploy}.SparkSubmit", *submit)
        self.wait_for("connect", "Spark Connect server started at")
        self.remote = f"sc://{HOST}:{port}"

    def run(self, name: str, *command: str, java: list[str] | None = None) -> None:
        """Start one server, which replaces the shell that starts it and so keeps its id."""
        environment = {
            **{key: value for key, value in os.environ.items() if key not in NOT_FOR_SERVERS},
            "SPARK_HOME": str(self.home),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": str(self.folder / "scratch"),
            "PYSPARK_PYTHON": str(PYTHON),
            "SPARK_MASTER_OPTS": " ".join(java or []),
        }
        with self.log(name).open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [self.home / "bin" / "spark-class", *command],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def log(self, name: str) -> Path:
        """Where a server writes what it does."""
        return self.folder / f"{name}.log"

    def wait_for(self, name: str, words: str) -> None:
        """Wait until a server says that it is ready."""
        until = time.monotonic() + SECONDS_TO_START
        while words not in (said := self.log(name).read_text(encoding="utf-8", errors="replace")):
            ended = self.processes[name].poll() is not None
            assert not ended, f"{name} ended: {said[-2000:]}"
            assert time.monotonic() < until, f"{name} does not start: {said[-2000:]}"
            time.sleep(0.2)

    def kill(self, name: str) -> None:
        """End a server with its executors as a machine that fails does."""
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):  # one that failed to start
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all servers that still run."""
        for name in reversed(list(self.processes)):
            self.kill(name)


def free_port() -> int:
    """A port that no one listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
