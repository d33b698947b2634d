"""A browser for page tests: somebody of a role who is signed in at the desk."""

import secrets
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from desk.app import create_app
from desk.kit.access import sessions, store
from desk.kit.access.rules import Lang, Role, Session, Size, Staff, Theme
from desk.kit.clock import Clock
from desk.kit.database import Database
from desk.kit.quiet import quietly
from desk.site import open_site


def app_of(db: Database, clock: Clock, **options: Any) -> Flask:
    """Return the real application on the data folder of a test's database."""
    app = create_app(open_site(db.path.parent), clock, **options)
    app.config["TESTING"] = False  # faults must show their page, as at the desk
    return app


class Browser:
    """A signed-in browser: `post` sends the form's word along, as the pages do."""

    def __init__(self, app: Flask, role: str | None = "front_desk", n: int = 1) -> None:
        self.app = app
        self.client = app.test_client()
        self.staff = f"{role}-{n}" if role else ""
        if role:
            self.client.set_cookie("desk", self._session(Role(role), n))

    def _session(self, role: Role, n: int) -> str:
        house = self.app.extensions["desk"]
        db, now, token = house.pool.get(), house.clock.now(), secrets.token_urlsafe(32)
        with quietly(db):
            if store.staff_member(db, self.staff) is None:
                member = Staff(
                    self.staff,
                    f"S-{role.value}-{n}",
                    f"{role.value} {n}",
                    role,
                    True,
                    False,
                    False,
                    Lang.ZH,
                    Theme.AUTO,
                    Size.NORMAL,
                    now,
                    1,
                )
                store.keep_staff(db, member, "no hash")
            store.keep_session(db, Session(sessions.id_of(token), self.staff, now, now, "test", "127.0.0.1"))
        return token

    def get(self, url: str, **options: Any) -> TestResponse:
        return self.client.get(url, **options)

    def post(self, url: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with its word."""
        return self.client.post(url, data={"csrf": self.csrf(), **(data or {})}, **options)

    def csrf(self) -> str:
        """Return the word of the forms, at whatever door the browser stands."""
        page = self.client.get("/settings/password", follow_redirects=True).text
        return page.split('name="csrf" content="')[1].split('"')[0]
