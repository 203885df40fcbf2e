"""``phone_load.py PORT TOKEN RATE``: posts batches of 100 positions until told to stop on standard
input; prints how many were accepted."""

from __future__ import annotations

import socket
import sys
import threading
import time

from benchmarks.phone_batches import batch_request, read_answer

port, token, rate = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
stopped = threading.Event()


def listen() -> None:
    """Wait for the word."""
    sys.stdin.readline()
    stopped.set()


threading.Thread(target=listen, daemon=True).start()
accepted = number = 0
with socket.create_connection(("127.0.0.1", port)) as peer:
    while not stopped.is_set():
        due = time.monotonic() + 1 / rate
        number += 1
        peer.sendall(batch_request(token, 100, (1 << 18) + number))
        accepted += b" 200 " in read_answer(peer)[:20]
        stopped.wait(max(0.0, due - time.monotonic()))
print(accepted, flush=True)
