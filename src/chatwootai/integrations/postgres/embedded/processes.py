"""Child processes that do not outlive the program that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from chatwootai.integrations.postgres.embedded.users import SystemUser

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def ends_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """What a child must run between fork and exec so that it gets `number` when its parent dies.

    Linux ties this to the thread that forks: start children from the main thread. Elsewhere there is no such
    call, and the answer is None.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def arm() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # it died before the call above
            os.kill(os.getpid(), signal.SIGKILL)

    return arm


def start_child(
    command: Sequence[str],
    *,
    output: IO[bytes] | int,
    ends_with: signal.Signals,
    environment: Mapping[str, str] | None = None,
    user: SystemUser | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a direct child in a session of its own: a Ctrl-C in the terminal is not for it.

    Files that it makes are for its user alone.
    """
    return subprocess.Popen(  # noqa: S603 - the commands are our own, without a shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        cwd=folder,
        start_new_session=True,
        umask=0o077,
        preexec_fn=ends_with_parent(ends_with),
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    )


def run_to_end(
    command: Sequence[str], *, user: SystemUser | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a short command to its end from `/`, a folder that every user can enter.

    Its exit code is the caller's to judge.
    """
    return subprocess.run(  # noqa: S603 - the commands are our own, without a shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        cwd="/",
        text=True,
        errors="replace",
        check=False,
        umask=0o077,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
    )
