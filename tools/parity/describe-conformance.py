"""Asks a worker to describe itself, over a pipe (a command) or HTTP (a URL), and runs the reference's tests of the answer. Prints their results as JSON."""

import json
import shlex
import sys

from vgi_rpc.conformance._runner import run_describe_conformance
from vgi_rpc.http import http_introspect
from vgi_rpc.introspect import introspect
from vgi_rpc.rpc import SubprocessTransport


def described(target: str):
    if target.startswith("http://"):
        return http_introspect(target)
    transport = SubprocessTransport(shlex.split(target))
    try:
        return introspect(transport)
    finally:
        transport.close()


suite = run_describe_conformance(described(sys.argv[1]))
json.dump([{"name": result.name, "passed": result.passed, "error": result.error} for result in suite.results], sys.stdout)
