"""Runs the provider on the loopback address until it is told to stop."""

import argparse
import logging
from pathlib import Path

from werkzeug.serving import make_server

from careplan.demo.provider.app import Provider, create_provider


def main() -> None:
    """Serves with a thread a request; it is for one machine's demo only, so it listens nowhere else."""
    asked = argparse.ArgumentParser(prog="careplan.demo.provider")
    asked.add_argument("--port", type=int, required=True)
    asked.add_argument("--client-address", required=True)
    asked.add_argument("--client-public", type=Path, required=True)
    asked.add_argument("--key", type=Path, required=True)
    options = asked.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its request lines would hold codes
    provider = Provider(f"http://127.0.0.1:{options.port}", options.client_address, options.client_public, options.key)
    make_server("127.0.0.1", options.port, create_provider(provider), threaded=True).serve_forever()


if __name__ == "__main__":
    main()
