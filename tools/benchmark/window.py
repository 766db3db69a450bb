#!/usr/bin/python3
"""What the live window costs: frames of a page before which entries arrive, its memory, and what the host feels.

The host writes AT at a steady rate, three entries of the journal each; the port's round trips are taken in turns with a page and
without, as many of each.

Usage: window.py [--json] [--rate COMMANDS_A_SECOND] [--entries N] [--seconds N]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

FRAMES = """new Promise((resolve) => {
  const frames = [];
  let last = performance.now();
  const end = last + %d;
  const next = (now) => {
    frames.push(now - last);
    last = now;
    if (now < end) requestAnimationFrame(next);
    else resolve(frames);
  };
  requestAnimationFrame(next);
})"""
TURNS = 4


class Browser:
    def __init__(self):
        self.process = subprocess.Popen(["node", ROOT / "tools/window/test/browser.mjs"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def begin(self, name, **given):
        self.process.stdin.write(json.dumps({"do": name, **given}) + "\n")
        self.process.stdin.flush()

    def end(self):
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise SystemExit(f"window.py: {answer['error']}")
        return answer["is"]

    def __call__(self, name, **given):
        self.begin(name, **given)
        return self.end()


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def drive(host, rate, seconds):
    """The round trips of AT, in seconds, so many a second."""
    trips = []
    begin = time.perf_counter()
    for i in range(int(rate * seconds)):
        wait = begin + i / rate - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        sent = time.perf_counter()
        host.port.write(b"AT\r")
        answer = b""
        while not answer.endswith(b"OK\r\n"):
            answer += host.port.read(host.port.in_waiting or 1)
        trips.append(time.perf_counter() - sent)
    return trips


def measure(options):
    from conftest import Vmodem
    modem = Vmodem("--window", "--seed", 1)
    host = modem.host()
    browser = Browser()
    link = modem.ready["window"]
    try:
        # The session has as many entries as it is to have, before anybody looks.
        for _ in range(options.entries // 3):
            host.port.write(b"AT\r")
            host.read_until(rb"OK\r\n")
        browser("open", url=link)
        browser("until", holds=f"parseInt(document.querySelector('header .count').textContent) >= {options.entries // 3 * 3 - 3}")
        heap_before = browser("evaluate", code="performance.memory.usedJSHeapSize")
        browser.begin("evaluate", code=FRAMES % (options.seconds * 1000))
        drive(host, options.rate, options.seconds)
        frames = browser.end()
        heap_after = browser("evaluate", code="performance.memory.usedJSHeapSize")
        rows = browser("count", at=".row")
        with_page, without = [], []
        for _ in range(TURNS):
            browser("open", url=link)
            browser("wait", at=".row")
            with_page += drive(host, options.rate, options.seconds / TURNS)
            browser("open", url="about:blank")
            without += drive(host, options.rate, options.seconds / TURNS)
    finally:
        browser.process.stdin.close()
        browser.process.wait()
        modem.stop()
    return {"entries": options.entries, "entries_a_second": 3 * options.rate,
            "frame_ms_p50": statistics.median(frames), "frame_ms_p95": quantile(frames, 0.95), "frames": len(frames),
            "heap_mb_before": heap_before / 1e6, "heap_mb_after": heap_after / 1e6, "rows": rows,
            "port_us_p50_page": statistics.median(with_page) * 1e6, "port_us_p50_alone": statistics.median(without) * 1e6,
            "port_us_p99_page": quantile(with_page, 0.99) * 1e6, "port_us_p99_alone": quantile(without, 0.99) * 1e6}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rate", type=int, default=167)
    parser.add_argument("--entries", type=int, default=50000)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    result = measure(options)
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result['entries']} entries, {result['entries_a_second']} a second arriving, {result['rows']} rows in the page")
    print(f"  frame      p50 {result['frame_ms_p50']:.1f} ms, p95 {result['frame_ms_p95']:.1f} ms (target 32) of {result['frames']}")
    print(f"  heap       {result['heap_mb_before']:.0f} MB, {result['heap_mb_after']:.0f} MB at the end")
    print(f"  port       p50 {result['port_us_p50_page']:.0f} µs with a page, {result['port_us_p50_alone']:.0f} without; "
          f"p99 {result['port_us_p99_page']:.0f}, {result['port_us_p99_alone']:.0f} (target 1.10, "
          f"{result['port_us_p99_page'] / result['port_us_p99_alone']:.2f})")


if __name__ == "__main__":
    main()
