"""The worker with a profiler that can be switched: SIGUSR1 starts it, SIGUSR2 ends it and writes the file.

`python -m bench.profiled_worker FILE`. It counts CPU time, so that waiting costs nothing.
"""

from __future__ import annotations

import cProfile
import signal
import sys
import time
from pathlib import Path
from types import FrameType


def main() -> None:
    from chatwootai.entrypoints.worker import serve

    target = Path(sys.argv[1])
    profile = cProfile.Profile(time.process_time)

    def start(_number: int, _frame: FrameType | None) -> None:
        profile.enable()

    def write(_number: int, _frame: FrameType | None) -> None:
        profile.disable()
        unfinished = target.with_suffix(".part")
        profile.dump_stats(unfinished)
        unfinished.rename(target)

    signal.signal(signal.SIGUSR1, start)
    signal.signal(signal.SIGUSR2, write)
    serve()


if __name__ == "__main__":
    main()
