"""A page that tries everything to get out of the lobby, served by the local page's own origin; and what a resident leaves behind.

Each attempt is a button and a script; the strict policy forbids code in pages, so the scripts come as a file, like our own.
"""

import re

from flask import Blueprint, Response, make_response, request

pages = Blueprint("hostile", __name__)
MARK = "13911112222"  # the telephone number of a resident, the word that must be gone
seen: dict[str, str] = {}

TRIES = """
const tell = (name, what) => fetch('/hostile/told?' + new URLSearchParams({name, what: String(what)}));
const attempt = (name, job) => { try { Promise.resolve(job()).then(v => tell(name, v), e => tell(name, e.name)); } catch (e) { tell(name, e.name); } };
const elsewhere = new URLSearchParams(location.search).get('elsewhere');
const link = (href, more) => { const a = Object.assign(document.createElement('a'), {href, textContent: 'x'}, more); document.body.append(a); a.click(); };
const TRIES = {
  open: () => window.open('/hostile') === null ? 'null' : 'window',
  open_out: () => window.open('https://example.com/') === null ? 'null' : 'window',
  blank: () => link('/hostile', {target: '_blank'}),
  blank_out: () => link('https://example.com/', {target: '_blank'}),
  named: () => link('/hostile', {target: 'elsewhere'}),
  file: () => { location.href = 'file:///etc/passwd'; },
  port: () => { location.href = elsewhere; },
  https: () => { location.href = 'https://example.com/'; },
  user: () => { location.href = 'http://' + location.host + '@example.com/'; },
  data: () => { location.href = 'data:text/html,<h1>out</h1>'; },
  script: () => { location.href = 'javascript:document.title="out"'; },
  mail: () => { location.href = 'mailto:a@example.com'; },
  about: () => { location.href = 'about:config'; },
  download: () => link('/hostile/file.bin', {download: 'out.bin'}),
  attachment: () => { location.href = '/hostile/file.bin'; },
  pdf: () => { location.href = '/hostile/file.pdf'; },
  redirect: () => { location.href = '/hostile/away'; },
  print: () => window.print(),
  alert: () => { alert('out'); return 'answered'; },
  confirm: () => confirm('out'),
  prompt: () => prompt('out'),
  choose: () => document.getElementById('file').click(),
  colour: () => document.getElementById('colour').click(),
  fullscreen: () => document.documentElement.requestFullscreen(),
  close: () => window.close(),
  move: () => { window.moveTo(500, 500); window.resizeTo(100, 100); },
  camera: () => navigator.mediaDevices.getUserMedia({video: true}).then(stream => { stream.getTracks().forEach(t => t.stop()); return 'seen'; }),
  microphone: () => navigator.mediaDevices.getUserMedia({audio: true}).then(() => 'heard'),
  both: () => navigator.mediaDevices.getUserMedia({audio: true, video: true}).then(() => 'heard'),
  place: () => new Promise((yes, no) => navigator.geolocation ? navigator.geolocation.getCurrentPosition(yes, no) : yes('none')),
  clipboard: () => navigator.clipboard.readText(),
  bridge: () => window.pywebview ? 'bridge' : 'none',
  messages: () => {
    const handlers = (window.webkit && window.webkit.messageHandlers) || {};
    const bridge = handlers.jsBridge;
    if (!bridge) return 'none';
    bridge.postMessage(JSON.stringify({funcName: '_pywebviewAlert', params: 'out', id: '1'}));
    return 'sent';
  },
  channel: () => window.qt && window.qt.webChannelTransport ? 'channel' : 'none',
  code: () => Function('return 1')(),
  leave: () => { window.onbeforeunload = e => { e.preventDefault(); return 'stay'; }; location.href = '/hostile?left'; },
};
const wanted = new URLSearchParams(location.search).get('try');
if (wanted) attempt(wanted, TRIES[wanted]);
document.addEventListener('contextmenu', () => tell('menu', 'asked'));
document.addEventListener('keydown', e => tell('key', e.key));
"""
REMEMBER = """
const mark = '13911112222';
document.cookie = 'left=' + mark + '; max-age=86400; path=/';
try { sessionStorage.setItem('left', mark); } catch (e) {}
try { localStorage.setItem('left', mark); } catch (e) {}
window.name = mark;
history.pushState({mark}, '', '/hostile/remember?page=' + mark);
caches && caches.open('left').then(c => c.put('/hostile/left', new Response(mark))).catch(() => 0);
try { const ask = indexedDB.open('left', 1); ask.onupgradeneeded = () => ask.result.createObjectStore('s').put(mark, 'k'); } catch (e) {}
document.getElementById('field').value = mark;
document.getElementById('field').select();
document.execCommand('copy');
document.title = 'remembered';
"""


NEVER = ("window", "heard", "bridge", "sent", "channel", "1")
"""What no attempt may come to."""


def names() -> list[str]:
    """Return the names of all attempts but the camera, which is allowed."""
    return [name for name in re.findall(r"^  (\w+): \(\) =>", TRIES, re.MULTILINE) if name != "camera"]


def is_fine(came_to: str) -> bool:
    """Tell whether an attempt came to nothing."""
    return came_to not in NEVER


@pages.get("/hostile")
def page() -> str:
    """The page with everything that an attempt needs."""
    return (
        "<!doctype html><title>hostile</title><h1>敌意页面</h1><p>words</p><input id=field><input type=file id=file>"
        "<input type=color id=colour><script src=/hostile/tries.js></script>"
    )


@pages.get("/hostile/remember")
def remember() -> Response:
    """A page that leaves a resident's telephone number wherever a page can."""
    answer = make_response(
        f"<!doctype html><title>…</title><p>{MARK}</p><input id=field><img src=/hostile/picture.svg?{MARK}><script src=/hostile/remember.js></script>"
    )
    answer.set_cookie("served", MARK, max_age=86400)
    return answer


@pages.get("/hostile/tries.js")
def tries() -> Response:
    """The attempts."""
    return Response(TRIES, mimetype="text/javascript")


@pages.get("/hostile/remember.js")
def remembering() -> Response:
    """What leaves the number."""
    return Response(REMEMBER, mimetype="text/javascript")


@pages.get("/hostile/picture.svg")
def picture() -> Response:
    """A picture that asks to be kept, with the number in it."""
    return Response(f'<svg xmlns="http://www.w3.org/2000/svg"><text y="20">{MARK}</text></svg>', mimetype="image/svg+xml")


@pages.get("/hostile/file.bin")
def download() -> Response:
    """A file to save."""
    return Response(b"\0" * 5000, headers={"Content-Disposition": "attachment; filename=out.bin"}, mimetype="application/octet-stream")


@pages.get("/hostile/file.pdf")
def pdf() -> Response:
    """A file that some engines show in a viewer with buttons."""
    return Response(b"%PDF-1.4\n%%EOF\n", mimetype="application/pdf")


@pages.get("/hostile/away")
def away() -> Response:
    """A way out by our own server."""
    return Response(status=302, headers={"Location": "https://example.com/"})


@pages.get("/hostile/told")
def told() -> str:
    """Take down what an attempt came to."""
    seen[request.args["name"]] = request.args["what"]
    return ""


@pages.get("/hostile/freeze")
def freeze() -> str:
    """A page that never answers again."""
    return "<!doctype html><p>froze</p><script src=/hostile/freeze.js></script>"


@pages.get("/hostile/freeze.js")
def freezing() -> Response:
    """A script without an end."""
    return Response("setTimeout(() => { for (;;) {} }, 50);", mimetype="text/javascript")
