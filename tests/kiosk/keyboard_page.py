"""A small page with one field of each kind, under the kiosk's strict content policy, and a finger that types on it."""

from flask import Flask, render_template_string
from playwright.sync_api import Page, expect

from desk.kit.words import _, speak
from kiosk.guard import POLICY
from kiosk.ime.pages import pages
from tests.house.tree import ROOT

SCREEN = {"width": 1080, "height": 1920}
BODY = """<!doctype html>
<html lang="{{ 'en' if lang == 'en' else 'zh-CN' }}"><head><meta charset="utf-8"><title>Keyboard</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/css/keyboard.css"><script type="module" src="/static/js/keyboard.js"></script></head>
<body><main><h1>Keyboard</h1><form action="/taken" method="get">
<p><label for="phone">Phone</label> <input id="phone" name="phone" type="tel" maxlength="11" data-keyboard="digits"></p>
<p><label for="code">Code</label> <input id="code" name="code" data-keyboard="code"></p>
<p><label for="plain">Plain</label> <input id="plain" name="plain"></p>
<textarea id="far" aria-label="Spacer" rows="{{ rows }}" readonly></textarea>
<p><label for="what">What</label> <textarea id="what" name="what" rows="3" maxlength="60" data-keyboard="words"></textarea></p>
<p><button id="send">Send</button></p></form></main>
{% include "ime/keyboard.html" %}</body></html>"""


def app(lang: str = "zh", rows: int = 4) -> Flask:
    """Return the page in a language; `rows` move the words' field down."""
    made = Flask("kiosk", root_path=str(ROOT / "kiosk"))
    made.jinja_env.globals["_"] = _
    made.register_blueprint(pages)

    @made.before_request
    def begin() -> None:
        speak(lang)

    @made.get("/")
    def page() -> str:
        return render_template_string(BODY, lang=lang, rows=rows)

    @made.get("/taken")
    def taken() -> str:
        return "<!doctype html><title>Taken</title><link rel=icon href=data:,>"

    @made.after_request
    def dress(answer):
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    return made


class Finger:
    """Taps keys by what stands on them, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def key(self, key: str) -> None:
        self.page.locator(f'#keyboard button[data-key="{key}"]').tap()
        self.taps += 1

    def keys(self, keys: str) -> None:
        for key in keys:
            self.key(key)

    def command(self, name: str) -> None:
        self.key("{" + name + "}")

    def settle(self) -> None:
        """Wait until the words on offer stand still."""
        expect(self.page.locator(".keyboard-words")).to_have_attribute("aria-busy", "false")

    def word(self, word: str) -> None:
        self.settle()
        self.page.locator(".keyboard-word:enabled", has_text=word).first.tap()
        self.taps += 1


def field(page: Page, name: str) -> Finger:
    page.locator(f"#{name}").tap()
    expect(page.locator("#keyboard")).to_be_visible()
    return Finger(page)


def written(page: Page, name: str) -> str:
    return page.locator(f"#{name}").input_value()
