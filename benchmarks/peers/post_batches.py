"""A phone in a process of its own: posts batches of new positions for some seconds.

Arguments: port, token, seconds, points a batch, connections. Prints requests and statuses.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time

from benchmarks.phone_batches import batch_request, read_answer


def main() -> None:
    port, token, seconds, points, connections = sys.argv[1:]
    end = time.monotonic() + float(seconds)
    counts: list[int] = []
    waits: list[float] = []

    def send(lane: int) -> None:
        done = 0
        with socket.create_connection(("127.0.0.1", int(port))) as peer:
            while time.monotonic() < end:
                request = batch_request(token, int(points), (lane + 1 << 18) + done)
                started = time.perf_counter()
                peer.sendall(request)
                if b" 200 " not in read_answer(peer)[:15]:
                    raise SystemExit("a batch was refused")
                waits.append((time.perf_counter() - started) * 1000)
                done += 1
        counts.append(done)

    threads = [threading.Thread(target=send, args=(lane,)) for lane in range(int(connections))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits.sort()
    print(json.dumps({"requests": sum(counts), "p99_ms": waits[int(len(waits) * 0.99)]}))


main()
