"""Work spread over processes, in which each task is told what the tasks before it hold."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, Pipe, wait
from subprocess import Popen
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

Result = TypeVar("Result")


class Work(Protocol):
    """What is done for a task; must be picklable, so a function of a module or a partial of one.

    It gives once what the task holds, is sent what stands before it, and returns a result.
    """

    def __call__(self, task: Any) -> Generator[Any, Any, Any]:
        """The steps of one task."""


def cores() -> int:
    """How many processes can run at once."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def run_tasks(
    work: Work, tasks: Sequence[Any], before: Callable[[Any, Any], Any], processes: int
) -> Iterator[Any]:
    """Do the tasks in so many processes; their results come in the order of the tasks.

    Parameters
    ----------
    work
        What is done for each.
    tasks
        What is handed to it.
    before
        Called in the order of the tasks with each and what it holds; gives what stands before it.
    processes
        How many; one task or one process is worked on here.

    Raises
    ------
    PipelineError
        If a process ends by itself, or as raised in one.
    """
    if min(processes, len(tasks)) > 1:
        yield from run_in_processes(work, tasks, before, min(processes, len(tasks)))
        return
    for task in tasks:
        steps = work(task)
        held = next(steps)
        try:
            steps.send(before(task, held))
        except StopIteration as end:
            yield end.value


def map_tasks(
    function: Callable[[Any], Result], tasks: Sequence[Any], processes: int
) -> Iterator[Result]:
    """As `run_tasks`, for a function of the task alone."""
    return run_tasks(partial(alone, function), tasks, nothing, processes)


def alone(function: Callable[[Any], Result], task: Any) -> Generator[None, None, Result]:
    """Work of which no task need know of the others."""
    yield
    return function(task)


def nothing(_task: Any, _held: None) -> None:
    """What such work is told of the tasks before."""


def run_in_processes(
    work: Work, tasks: Sequence[Any], before: Callable[[Any, Any], Any], processes: int
) -> Iterator[Any]:
    """As `run_tasks`, in further processes."""
    waiting = iter(enumerate(tasks))
    held: dict[int, tuple[Connection, Any]] = {}
    results: dict[int, Any] = {}
    answered = given = 0
    with started(work, processes) as connections:
        for connection in connections:
            connection.send(next(waiting))
        while given < len(tasks):
            for ready in wait(connections):
                connection = cast("Connection", ready)
                number, kind, value = receive(connection)
                if kind == HELD:
                    held[number] = connection, value
                else:
                    results[number] = value
                    task = next(waiting, None)
                    connection.send(task)
                    if task is None:  # it ends now
                        connections.remove(connection)
            while answered in held:
                connection, value = held.pop(answered)
                connection.send(before(tasks[answered], value))
                answered += 1
            while given in results:
                yield results.pop(given)
                given += 1


HELD, DONE, FAILED = "held", "done", "failed"


def receive(connection: Connection) -> tuple[int, str, Any]:
    """The next message of a process.

    Raises
    ------
    PipelineError
        If the process is gone, or as raised in it.
    """
    try:
        number, kind, value = connection.recv()
    except (EOFError, ConnectionError) as error:
        raise PipelineError(
            "a process was ended from outside; was there too little memory?"
        ) from error
    if kind == FAILED:
        raise value
    return number, kind, value


@contextmanager
def started(work: Work, processes: int) -> Iterator[list[Connection]]:
    """Processes that wait for tasks; they end with the block, however it ends."""
    running: list[Popen[bytes]] = []
    connections: list[Connection] = []
    try:
        for _ in range(processes):
            here, there = Pipe()
            command = [sys.executable, "-m", "pipeline.workers", str(there.fileno())]
            os.set_inheritable(there.fileno(), True)  # noqa: FBT003 -- takes no keyword
            # In a group of its own, Ctrl-C does not reach it; this process ends it. It has the
            # lock's handle too (`pipeline.files.exclusive`), since it does not see at once that
            # this process was killed.
            running.append(Popen(command, close_fds=False, process_group=0))  # noqa: S603 -- this module
            there.close()
            connections.append(here)
            here.send(work)
        yield connections
    finally:
        for process in running:
            process.kill()
        for process in running:
            process.wait()


def serve(connection: Connection) -> None:
    """Do tasks until there are no more, or until the process that hands them out is gone."""
    with suppress(EOFError, OSError):
        work: Work = connection.recv()
        while task := connection.recv():
            number, value = task
            try:
                steps = work(value)
                connection.send((number, HELD, next(steps)))
                steps.send(connection.recv())
            except StopIteration as end:
                connection.send((number, DONE, end.value))
            except Exception as error:  # noqa: BLE001 -- raised again where the tasks come from
                connection.send((number, FAILED, error))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
