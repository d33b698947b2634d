"""GTK and WebKit, locked down: the engine of the product."""

import os
from collections.abc import Callable
from typing import Any

import gi
import webview
from webview.platforms.gtk import BrowserView

from kiosk.window.engine import ISOLATED, Told
from kiosk.window.keys import reaches_page
from kiosk.window.memory import below
from kiosk.window.places import BLANK, SHOWN, is_own

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")

from gi.repository import Gdk, GLib, Gtk, WebKit2  # noqa: E402 - the versions are asked for first

HELD = Gdk.ModifierType.CONTROL_MASK | Gdk.ModifierType.MOD1_MASK | Gdk.ModifierType.SUPER_MASK | Gdk.ModifierType.META_MASK
OFF = (
    "allow_modal_dialogs",
    "enable_back_forward_navigation_gestures",
    "enable_caret_browsing",
    "enable_developer_extras",
    "enable_dns_prefetching",
    "enable_fullscreen",
    "enable_html5_database",
    "enable_html5_local_storage",
    "enable_page_cache",  # it would keep the pages of the resident before alive
    "enable_tabs_to_links",
    "enable_webgl",
    "enable_write_console_messages_to_stdout",
    "javascript_can_access_clipboard",
    "javascript_can_open_windows_automatically",
)


class GtkEngine:
    """One WebKit view in a GTK window."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._view: Any = None
        self._web: Any = None
        self._pristine: Any = None
        self._wiping = False
        self._touch: Any = None

    def lock_down(self, window: webview.Window) -> None:
        """Take pywebview's handlers away, and put ours where they were."""
        self._view = BrowserView.instances[window.uid]
        self._web = self._view.webview
        self._take_bridge()
        settings = self._web.get_settings().props
        for name in OFF:
            setattr(settings, name, False)
        self._refuse()
        self._steer()
        self._filter_input()

    def _take_bridge(self) -> None:
        """Cut the way from a page into Python: pywebview offers it to every page, a message box and moving the window included."""
        self._view.manager.unregister_script_message_handler("jsBridge")
        for handler in (
            self._view.on_load_finish,
            self._view.on_navigation,
            self._view.on_request,
            self._view.on_drag_data,
        ):
            self._web.disconnect_by_func(handler)
        self._view.manager.disconnect_by_func(self._view.on_js_bridge_call)

    def _refuse(self) -> None:
        """Refuse dialogs, menus, downloads and other windows."""
        handled = lambda *_: True  # noqa: E731 - 'handled' is what True means to GTK
        for signal in ("print", "context-menu", "show-notification", "enter-fullscreen", "load-failed-with-tls-errors"):
            self._web.connect(signal, handled)
        for signal in ("run-file-chooser", "run-color-chooser", "authenticate"):
            self._web.connect(signal, lambda _web, request: request.cancel() or True)
        self._web.connect("create", lambda *_: None)
        self._web.connect("script-dialog", self._script_dialog)
        self._web.connect("permission-request", self._permission)
        self._web.get_context().connect("download-started", lambda _context, download: download.cancel())
        self._web.drag_dest_unset()

    def _script_dialog(self, _web: Any, dialog: Any) -> bool:
        """Let a page leave without asking; alerts and questions of a script are answered by nothing."""
        if dialog.get_dialog_type() == WebKit2.ScriptDialogType.BEFORE_UNLOAD_CONFIRM:
            dialog.confirm_set_confirmed(True)
        return True

    def _permission(self, web: Any, request: Any) -> bool:
        """Allow the camera to our own page; never the microphone, and nothing else."""
        is_camera = (
            isinstance(request, WebKit2.UserMediaPermissionRequest)
            and request.props.is_for_video_device
            and not request.props.is_for_audio_device
        )
        if is_camera and is_own(web.get_uri() or "", self._told.origin):
            request.allow()
        else:
            request.deny()
        return True

    def _steer(self) -> None:
        """Keep the page on our own origin, and hear when it is gone."""
        self._web.connect("decide-policy", self._decide)
        self._web.connect("load-changed", self._load_changed)
        self._web.connect("load-failed", self._load_failed)
        self._web.connect("web-process-terminated", lambda _web, why: self._told.gone(str(why.value_nick)))
        self._web.connect("notify::zoom-level", lambda web, _: web.get_zoom_level() == 1.0 or web.set_zoom_level(1.0))

    def _decide(self, _web: Any, decision: Any, kind: Any) -> bool:
        """Follow an address of our own; anything else, and what the engine cannot show, is let fall."""
        if kind == WebKit2.PolicyDecisionType.RESPONSE:
            address = decision.get_request().get_uri()
            fine = decision.get_response().get_mime_type() in SHOWN and is_own(address, self._told.origin)
        else:
            action = decision.get_navigation_action()
            address = action.get_request().get_uri()
            fine = kind == WebKit2.PolicyDecisionType.NAVIGATION_ACTION and self._may_go(action, address)
        decision.use() if fine else decision.ignore()
        return True

    def _may_go(self, action: Any, address: str) -> bool:
        """Tell whether the page may go to an address: while it is wiped only to the empty page, and never back to what was shown before."""
        if self._wiping:
            return address == BLANK
        is_back = action.get_navigation_type() == WebKit2.NavigationType.BACK_FORWARD
        return not is_back and is_own(address, self._told.origin)

    def _load_changed(self, web: Any, event: Any) -> None:
        """Show the page, which pywebview makes invisible until now; the empty page means that the wipe may go on."""
        if event == WebKit2.LoadEvent.COMMITTED:
            web.set_opacity(1.0)
        if event == WebKit2.LoadEvent.FINISHED and self._wiping and web.get_uri() == BLANK:
            self._clear()

    def _load_failed(self, _web: Any, _event: Any, address: str, error: Any) -> bool:
        """Show no page of the engine's own; a load that was let fall, or stopped by the next one, is no failure."""
        stopped = error.matches(WebKit2.NetworkError.quark(), WebKit2.NetworkError.CANCELLED)
        let_fall = error.matches(WebKit2.PolicyError.quark(), WebKit2.PolicyError.FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE)
        if not (stopped or let_fall):
            self._told.gone(f"{address.partition('/enter/')[0]}: {error.message}")
        return True

    def _filter_input(self) -> None:
        """Let keys that write reach the page, one finger at a time, and no wheel with a key held; count taps in the corner."""
        self._view.window.connect("key-press-event", self._key)
        self._web.connect("scroll-event", lambda _web, event: bool(event.state & HELD))
        self._web.connect("button-press-event", self._pressed)
        self._web.connect("touch-event", self._touched)

    def _key(self, _window: Any, event: Any) -> bool:
        code = Gdk.keyval_to_unicode(event.keyval)
        name = Gdk.keyval_name(event.keyval) or ""
        return not reaches_page(name, chr(code) if code else "", held=bool(event.state & HELD))

    def _pressed(self, _web: Any, event: Any) -> bool:
        """Count a tap; other buttons than the first do nothing (paste, menu, back)."""
        if event.button == 1 and event.type == Gdk.EventType.BUTTON_PRESS:
            self._told.tapped(event.x, event.y)
        return bool(event.button != 1)

    def _touched(self, _web: Any, event: Any) -> bool:
        """Let one finger at a time reach the page: two would zoom it."""
        kind, finger = event.type, event.touch.sequence
        if kind == Gdk.EventType.TOUCH_BEGIN and self._touch is None:
            self._touch = finger
            self._told.tapped(event.touch.x, event.touch.y)
            return False
        if finger != self._touch:
            return True
        if kind in (Gdk.EventType.TOUCH_END, Gdk.EventType.TOUCH_CANCEL):
            self._touch = None
        return False

    def load(self, url: str) -> None:
        """Show a page."""
        self._web.load_uri(url)

    def wipe(self, entry: Callable[[], str], done: Callable[[], None]) -> None:
        """Leave the page, empty every store of the engine, drop the history, and come in anew."""
        self._after_wipe = (entry, done)
        self._wiping = True
        self._web.stop_loading()
        self._web.load_uri(BLANK)

    def _clear(self) -> None:
        for selection in (Gdk.SELECTION_CLIPBOARD, Gdk.SELECTION_PRIMARY):
            Gtk.Clipboard.get(selection).set_text("", 0)
        self._web.get_website_data_manager().clear(WebKit2.WebsiteDataTypes.ALL, 0, None, self._cleared)

    def _cleared(self, manager: Any, result: Any) -> None:
        manager.clear_finish(result)
        if self._pristine is None:
            self._pristine = self._web.get_session_state()  # before anybody was here: one empty page; WebKit restores no history of none
        else:
            self._web.restore_session_state(self._pristine)
        entry, done = self._after_wipe
        self._wiping = False
        self.load(entry())
        done()

    def ask(self, script: str, answer: Callable[[str], None]) -> None:
        """Have the page's answer to a script, in a world of its own; a frozen page never answers."""

        def heard(web: Any, result: Any) -> None:
            try:
                answer(web.evaluate_javascript_finish(result).to_string())
            except GLib.Error:
                return  # the page went away while it was asked

        self._web.evaluate_javascript(script, -1, ISOLATED, None, None, heard)

    def renderers(self) -> list[int]:
        """Return the processes that hold the page; WebKit tells their names only to the system."""
        return [each.pid for each in below(os.getpid()) if each.name.startswith("WebKitWebProc")]

    def kill_renderer(self) -> None:
        """End the process that holds the page; `gone` follows."""
        self._web.terminate_web_process()

    def close(self) -> None:
        """Close the window."""
        self._view.close_window()

    def soon(self, job: Callable[[], None]) -> None:
        """Do a job on GTK's thread."""

        def once() -> bool:
            job()
            return False

        GLib.idle_add(once)

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Do a job on GTK's thread again and again."""

        def again() -> bool:
            job()
            return True

        GLib.timeout_add(int(seconds * 1000), again)
