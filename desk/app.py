"""The application factory: one house, its pages, its words, and the check that no route lacks its permission."""

from pathlib import Path

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface, SessionMixin

from desk import backup, lobby, site_words
from desk.kit import common_words, sync_words, words
from desk.kit.access import permissions
from desk.kit.access import words as access_words
from desk.kit.clock import Clock, WallClock
from desk.kit.web import Pages
from desk.kit.web import words as web_words
from desk.kit.web.faults import answer_faults
from desk.kit.web.frame import equip
from desk.kit.web.gate import LOCKED_TOO, PUBLIC, guard
from desk.kit.web.headers import dress
from desk.kit.web.house import House
from desk.kit.web.log import log_requests
from desk.kit.web.static import serve_static
from desk.kit.workflow import Workflow
from desk.pages import PAGES, pulse
from desk.registry import WORKFLOWS
from desk.site import Site, open_site
from sync.server import beside

HOME = Path(__file__).resolve().parent
MOST_BYTES = 16 * 1024 * 1024  # a form with photos
MOST_FORM_BYTES = 1024 * 1024  # its fields
MOST_PARTS = 1000


class NoCookieSession(SessionInterface):
    """Flask's own session, which cannot be revoked, is never there; ours stands in the database."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:
        """Return a session that refuses to hold anything."""
        return self._none

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep nothing."""


def create_app(data: Site | Path, clock: Clock | None = None, workflows: tuple[Workflow, ...] = WORKFLOWS) -> Flask:
    """Return the desk's application on a data folder; a route without a permission is a mistake that stops the start."""
    site = data if isinstance(data, Site) else open_site(data)
    app = Flask("desk", root_path=str(HOME), static_folder=None, template_folder=str(HOME / "templates"))
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES, MAX_FORM_PARTS=MOST_PARTS)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False, TEMPLATES_AUTO_RELOAD=False)
    app.session_interface = NoCookieSession()
    learn_words(workflows)
    app.extensions["desk"] = _house(site, clock or WallClock(), workflows)
    log_requests(app)
    guard(app)
    dress(app)
    answer_faults(app)
    serve_static(app, HOME / "static")
    equip(app)
    _add_pages(app, workflows)
    app.add_url_rule("/healthz", "healthz", pulse.healthz, methods=["GET"])
    app.add_url_rule("/tick", "pulse", pulse.pulse, methods=["GET"])
    check_routes(app)
    app.extensions["kiosks"] = lobby.engine(site, clock or WallClock())
    app.wsgi_app = beside(app.wsgi_app, app.extensions["kiosks"])  # type: ignore[method-assign, assignment]
    return app


def learn_words(workflows: tuple[Workflow, ...] = WORKFLOWS) -> None:
    """Take in the words of the house and of every workflow."""
    words.learn(
        {**common_words.PROBLEMS, **common_words.FINDINGS, **site_words.PROBLEMS, **site_words.FINDINGS},
        {**common_words.ACTS, **site_words.ACTS},
    )
    words.learn(access_words.PROBLEMS, access_words.ACTS, access_words.CHOICES)
    words.learn(web_words.PROBLEMS)
    words.learn(sync_words.PROBLEMS)
    for workflow in workflows:
        words.learn(workflow.problems, workflow.acts, workflow.choices)


def _house(site: Site, clock: Clock, workflows: tuple[Workflow, ...]) -> House:
    made = site.settings
    return House(
        pool=site.pool,
        clock=clock,
        workflows=workflows,
        hosts=made.hosts(),
        site_name={"zh": made.name_zh, "en": made.name_en},
        device=made.device,
        https=made.https,
        role_perms=permissions.of_roles(permissions.gather(workflows)),
        facts=made,
        links={kind: endpoint for workflow in workflows for kind, endpoint in workflow.links.items()},
        tick=pulse.shown,
        backup=lambda: backup.make(site, WallClock().now()),
    )


def _add_pages(app: Flask, workflows: tuple[Workflow, ...]) -> None:
    for pages in (*PAGES, *(blueprint for workflow in workflows for blueprint in workflow.pages)):
        app.register_blueprint(pages)
        if isinstance(pages, Pages):
            app.extensions["desk"].route_perms.update({f"{pages.name}.{name}": perm for name, perm in pages.perms.items()})


def check_routes(app: Flask) -> None:
    """Stop the start if a route has no permission, or one that no role holds."""
    held = frozenset().union(*app.extensions["desk"].role_perms.values())
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC | LOCKED_TOO:
            continue
        perm = app.extensions["desk"].route_perms.get(rule.endpoint)
        if perm is None:
            raise RuntimeError(f"route {rule.rule} ({rule.endpoint}) needs a permission")
        if perm not in held:
            raise RuntimeError(f"route {rule.rule} ({rule.endpoint}) needs {perm}, which no workflow declares")
