"""`./gwa demo`: from a clone to a living registry, until Ctrl-C."""

import argparse
import fcntl
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import environment, machine, postgres, prepare, processes
from launcher.postgres import Cluster
from launcher.processes import Service
from launcher.project import PYTHON, ROOT, has_command, make_state, state_directory
from launcher.talk import Stop, say, step

SUMMARY = "lance la démonstration · start the demonstration"
_FIRST_PORT = 8000
_HERE = "127.0.0.1"


def describe(parser: argparse.ArgumentParser) -> None:
    """Say which options the word takes."""
    parser.add_argument("--host", default=_HERE, help="0.0.0.0 : ouvert au réseau")
    parser.add_argument("--port", type=int, help=f"{_FIRST_PORT}, ou le premier libre ensuite")


def run(options: argparse.Namespace) -> int:
    """Prepare everything, start the web server and the worker, and wait."""
    machine.check_folder(ROOT)
    state = state_directory()
    make_state(state)
    machine.check_folder(state)
    with only_one(state) as started:
        for name in processes.stop_survivors(state):
            say(f"• Arrêt de {name}, resté d'un lancement interrompu")
        prepare.prepare_code()
        cluster = postgres.for_demo()
        with environment.database(cluster) as addresses:
            port = choose_port(options.host, options.port)
            hosts = "*" if options.host in ("0.0.0.0", "::") else f"localhost,{options.host}"  # noqa: S104
            env = environment.for_django("demo", state, addresses, GWA_HOSTS=hosts)
            prepare.migrate(env, addresses)
            prepare.check_data_keys(env, "--remember")
            if has_command("demo_load"):
                with step("Pays de démonstration", "demonstration country") as line:
                    environment.manage("demo_load", env=env, line=line)
            services: list[Service] = []
            try:
                start_services(services, state, env, options.host, port)
                # A name, because browsers give no passkey to a bare address.
                is_here = hosts == "*" or options.host == _HERE
                address = f"http://{'localhost' if is_here else options.host}:{port}/"
                wait_for_web(services, address)
                started(address)
                welcome(address, state)
                watch(services, None if environment.has_server() else cluster)
            finally:
                say("• Arrêt · stopping")
                for service in reversed(services):
                    processes.stop(service)
    return 0


@contextmanager
def only_one(state: Path) -> Iterator[Callable[[str], None]]:
    """Refuse a second demonstration on the same data, and say where the first one is."""
    with (state / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            where = lock.read() or "démarrage en cours"
            raise Stop(
                f"Cette démonstration tourne déjà ({where}).",
                "This demonstration is already running.",
            ) from error
        lock.truncate(0)

        def write_address(address: str) -> None:
            lock.write(address)
            lock.flush()

        yield write_address


def choose_port(host: str, wanted: int | None) -> int:
    """Return the port asked for, or the first free one; say so when it is not the usual one."""
    if wanted is not None:
        if machine.is_port_free(host, wanted):
            return wanted
        raise Stop(
            f"Le port {wanted} est déjà pris ou interdit ; choisissez-en un autre avec --port.",
            f"Port {wanted} is taken or forbidden; choose another one with --port.",
        )
    port = machine.find_free_port(host, _FIRST_PORT)
    if port != _FIRST_PORT:
        say(f"• Le port {_FIRST_PORT} est pris : ce sera {port} · port {_FIRST_PORT} is taken")
    return port


def start_services(
    services: list[Service], state: Path, env: dict[str, str], host: str, port: int
) -> None:
    """Start the web server and the worker."""
    services.append(start_web(state, env, host, port))
    services.append(start_worker(state, env))


def start_web(state: Path, env: dict[str, str], host: str, port: int) -> Service:
    """Start the process that serves pages, the API and telephones."""
    web = ["--interface", "wsgi", "--host", host, "--port", str(port), "--blocking-threads", "8"]
    # Without a limit, a process that is still starting can hang the stop for ever.
    web += ["--workers-kill-timeout", "5", "--respawn-failed-workers", "--no-ws"]
    web += ["gwa.wsgi:application"]
    return processes.start("web", [str(PYTHON), "-m", "granian", *web], env=env, state=state)


def start_worker(state: Path, env: dict[str, str]) -> Service:
    """Start the process that does the jobs."""
    worker = [str(PYTHON), "-m", "django", "procrastinate", "worker", "--concurrency", "3"]
    return processes.start("worker", worker, env=env, state=state)


def wait_for_web(services: list[Service], address: str) -> None:
    """Wait until the first page answers."""
    with step("Serveur web", "web server"):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            check_alive(services)
            try:
                with urllib.request.urlopen(address, timeout=30):  # noqa: S310 (our own address)
                    return
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    return
                raise Stop(
                    f"Le serveur répond par une erreur {answer.code}.",
                    f"The server answers with error {answer.code}.",
                    detail=services[0].read_end_of_log(),
                ) from answer
            except OSError:
                time.sleep(0.1)
        raise Stop(
            "Le serveur web ne répond pas après 60 s.",
            "The web server does not answer after 60 s.",
            detail=services[0].read_end_of_log(),
        )


def check_alive(services: list[Service]) -> None:
    """Stop everything, with the end of its log, when a service has ended by itself."""
    for service in services:
        if not service.is_alive():
            raise Stop(
                f"Le service {service.name} s'est arrêté ; son journal : {service.log}",
                f"The service {service.name} has stopped; its log: {service.log}",
                detail=service.read_end_of_log(),
            )


def check_database(cluster: Cluster | None) -> None:
    """Stop everything when the private PostgreSQL has ended by itself."""
    if cluster is not None and not cluster.is_alive():
        raise Stop(
            f"La base de données s'est arrêtée ; son journal : {cluster.home / 'postgres.log'}. "
            "Relancez : rien de ce qui était enregistré n'est perdu.",
            "The database has stopped; start again: nothing that was saved is lost.",
        )


def watch(services: list[Service], cluster: Cluster | None) -> None:
    """Wait for Ctrl-C, or for a service or a database that ends by itself."""
    while True:
        check_alive(services)
        check_database(cluster)
        time.sleep(0.5)


def welcome(address: str, state: Path) -> None:
    """Print the address, and each profile's account."""
    say()
    say(f"  Gwa est prêt · Gwa is ready:  {address}")
    say(f"  Enquêteur, au téléphone · enumerator, on a phone:  {address}collecte/")
    accounts = state / "demo-accounts.json"
    if accounts.exists():
        say()
        rows = json.loads(accounts.read_text())
        width = max(len(row["profile"]) for row in rows) + 2
        for row in rows:
            say(f"  {row['profile']:<{width}}{row['login']:<14}{row['password']}")
    say()
    say("  Ctrl-C arrête tout · Ctrl-C stops everything")
    say()
