"""`./gwa dev`: the demonstration's data, with code, screens and jobs reloaded as they change."""

import argparse
import time
from collections.abc import Callable

from launcher import environment, machine, node, postgres, prepare, processes
from launcher.commands import demo
from launcher.postgres import Cluster
from launcher.processes import Service
from launcher.project import PYTHON, SOURCE, make_state, state_directory
from launcher.talk import say

SUMMARY = "développement : tout se recharge · development: everything reloads"
describe = demo.describe


def run(options: argparse.Namespace) -> int:
    """Serve with Django's reloading server, rebuild screens, restart the worker on change."""
    state = state_directory()
    make_state(state)
    machine.check_folder(state)
    with demo.only_one(state) as started:
        processes.stop_survivors(state)
        prepare.prepare_code(for_developers=True)
        cluster = postgres.for_demo()
        with environment.database(cluster) as addresses:
            port = demo.choose_port(options.host, options.port)
            env = environment.for_django("dev", state, addresses, GWA_HOSTS="*")
            prepare.migrate(env, addresses)
            services: list[Service] = []
            try:
                web = [str(PYTHON), "-m", "django", "runserver", f"{options.host}:{port}"]
                services.append(processes.start("web", web, env=env, state=state))
                services += node.watch(env, state)
                services.append(demo.start_worker(state, env))
                address = f"http://{options.host}:{port}/"
                demo.wait_for_web(services, address)
                started(address)
                demo.welcome(address, state)
                say(f"  Journaux · logs: {state / 'logs'}")
                watched = None if environment.has_server() else cluster
                watch_code(services, watched, lambda: demo.start_worker(state, env))
            finally:
                for service in reversed(services):
                    processes.stop(service)
    return 0


def newest(pattern: str) -> float:
    """Return when a source last changed."""
    return max((file.stat().st_mtime for file in SOURCE.glob(pattern)), default=0)


def watch_code(
    services: list[Service], cluster: Cluster | None, restart: Callable[[], Service]
) -> None:
    """Restart the worker when Python changes, compile translations when they change."""
    code, words = newest("**/*.py"), newest("**/*.po")
    while True:
        demo.check_alive(services[:-1])
        demo.check_database(cluster)
        time.sleep(1)
        if newest("**/*.po") > words:
            words = newest("**/*.po")
            prepare.compile_catalogues()
        if newest("**/*.py") > code:
            code = newest("**/*.py")
            processes.stop(services.pop())
            services.append(restart())
