"""The `desk` command."""

import sys

import click

from desk import __version__
from desk.commands import carrying, taking
from desk.commands.common import DeskGroup, run
from desk.commands.demo import demo
from desk.commands.keeping import back_up, bring_back, hand_over, tick, verify
from desk.commands.looking import bench, doctor, routes
from desk.commands.serving import serve
from desk.commands.setting_up import init, user


@click.group(cls=DeskGroup)
@click.version_option(__version__, prog_name="desk")
def cli() -> None:
    """The service desk of a property-management centre."""


for command in (serve, demo, init, tick, taking.take_in, taking.kiosk, hand_over, back_up, bring_back, verify, routes, user, doctor, bench):
    cli.add_command(command)
taking.attach()
taking.kiosk.add_command(carrying.take)


def main() -> int:
    """Run the command line and return its exit code."""
    return run(cli)


if __name__ == "__main__":
    sys.exit(main())
