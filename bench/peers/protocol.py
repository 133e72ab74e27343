"""What the peers share: each receives a case, runs a round for each line `go`, and writes a line of
JSON per round.
"""

import json
import math
import re
import sys
import time


def order():
    """Returns the case: kind, sizes, visible, hidden, batch, steps, threads, roundTime,
    learningRate, momentum, decay.
    """
    return json.loads(sys.argv[1])


def peak_memory():
    """Returns this process's peak memory in MiB; None if the system does not report it."""
    try:
        with open("/proc/self/status") as status:
            return int(re.search(r"VmHWM:\s*(\d+) kB", status.read())[1]) / 1024
    except (OSError, TypeError):
        return None


def reset_peak():
    try:
        with open("/proc/self/clear_refs", "w") as clear:
            clear.write("5")
    except OSError:
        pass


def kernels():
    """Returns the kernel set that the BLAS of numpy and PyTorch reports."""
    try:
        from threadpoolctl import threadpool_info

        found = [one for one in threadpool_info() if one["user_api"] == "blas"]
        return ", ".join(f"{one['internal_api']} {one['version']} {one.get('architecture')}" for one in found)
    except ImportError:
        return "unknown"


def write(value):
    print(json.dumps(value), flush=True)


def serve(name, version, create, plan):
    """Measures `create()`'s unit of work, a function without arguments, while there are orders."""
    reset_peak()
    before = peak_memory()
    work = create()
    for _ in range(1 if plan["steps"] > 1 else 3):
        work()
    after = peak_memory()
    start = time.perf_counter()
    work()
    single = 1000 * (time.perf_counter() - start)
    times = max(1, min(1000, math.ceil(plan["roundTime"] / single)))
    peak = None if before is None else after - before
    write({"ready": True, "peer": name, "version": version, "kernels": kernels(), "peakMiB": peak})
    for line in sys.stdin:
        if line.strip() != "go":
            break
        start = time.perf_counter()
        for _ in range(times):
            work()
        write({"ms": 1000 * (time.perf_counter() - start) / times})
