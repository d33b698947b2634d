"""Qt WebEngine, locked down: for CI without a display, and for machines without WebKitGTK.

Each resident gets a fresh profile and a fresh page: what the one before left is destroyed with theirs, and so is its renderer, which grows.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

import webview
from PyQt6.QtCore import QEvent, QObject, Qt, QTimer, QUrl, pyqtSignal
from PyQt6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PyQt6.QtWebEngineCore import QWebEnginePage, QWebEnginePermission, QWebEngineProfile, QWebEngineSettings
from PyQt6.QtWidgets import QApplication
from webview.platforms.qt import BrowserView

from kiosk.window.engine import Told
from kiosk.window.keys import MOVING, reaches_page
from kiosk.window.places import is_own

FLAGS = ["--disable-pinch", "--disable-features=BackForwardCache"]
WORLD = 1  # the first world that is not the page's own
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
NAMES = {"Backspace": "BackSpace", "Backtab": "ISO_Left_Tab", "Enter": "KP_Enter", "Space": "space"}
HEARING = (QWebEnginePermission.PermissionType.MediaAudioCapture, QWebEnginePermission.PermissionType.MediaAudioVideoCapture)
ATTRIBUTES = QWebEngineSettings.WebAttribute
OFF = (
    ATTRIBUTES.JavascriptCanOpenWindows,
    ATTRIBUTES.JavascriptCanAccessClipboard,
    ATTRIBUTES.JavascriptCanPaste,
    ATTRIBUTES.LocalStorageEnabled,
    ATTRIBUTES.LocalContentCanAccessFileUrls,
    ATTRIBUTES.HyperlinkAuditingEnabled,
    ATTRIBUTES.ErrorPageEnabled,
    ATTRIBUTES.PluginsEnabled,
    ATTRIBUTES.PdfViewerEnabled,
    ATTRIBUTES.FullScreenSupportEnabled,
    ATTRIBUTES.ScreenCaptureEnabled,
    ATTRIBUTES.WebGLEnabled,
    ATTRIBUTES.DnsPrefetchEnabled,
    ATTRIBUTES.NavigateOnDropEnabled,
    ATTRIBUTES.BackForwardCacheEnabled,
)


class LocalPage(QWebEnginePage):
    """A page that stays on its origin and opens nothing."""

    def __init__(self, told: Told, parent: QObject) -> None:
        self.profile_of_visit = QWebEngineProfile(parent)  # without a name: in memory only
        self.profile_of_visit.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
        super().__init__(self.profile_of_visit, parent)
        self._told = told
        settings = self.settings()
        for attribute in OFF:
            if settings:
                settings.setAttribute(attribute, False)
        self.profile_of_visit.downloadRequested.connect(lambda download: download.cancel())
        self.permissionRequested.connect(self._permission)
        self.renderProcessTerminated.connect(lambda why, _code: told.gone(why.name))
        self.loadingChanged.connect(self._loading)
        self.urlChanged.connect(self._moved)
        self.fullScreenRequested.connect(lambda request: request.reject())
        self.fileSystemAccessRequested.connect(lambda request: request.reject())
        self.zoomFactorChanged.connect(self._unzoom)

    def _unzoom(self, factor: float) -> None:
        if factor != 1.0:
            self.setZoomFactor(1.0)

    def _permission(self, asked: QWebEnginePermission) -> None:
        """Allow the camera to our own page, and nothing else.

        A page that asks for the microphone is none of ours, and its process ends at once: after a refused microphone and an allowed camera Qt
        would allow both together without asking.
        """
        is_camera = asked.permissionType() == QWebEnginePermission.PermissionType.MediaVideoCapture
        if is_camera and is_own(asked.origin().toString(), self._told.origin):
            asked.grant()
            return
        asked.deny()
        if asked.permissionType() in HEARING:
            kill(self.renderProcessPid())

    def _moved(self, url: QUrl) -> None:
        """Come back from the empty page that Chromium shows instead of one it forbids; it asks nobody before."""
        if not is_own(url.toString(), self._told.origin):
            self._told.gone(f"at {url.scheme()}:")

    def _loading(self, info: Any) -> None:
        """Say that a page could not be loaded; one that was stopped by the next is no failure."""
        if info.status() == info.LoadStatus.LoadFailedStatus and info.errorDomain() != info.ErrorDomain.NoErrorDomain:
            self._told.gone(f"{info.url().toString().partition('/enter/')[0]}: {info.errorString()}")

    def acceptNavigationRequest(self, url: QUrl, kind: Any, is_main: bool) -> bool:  # noqa: N802 - Qt's name
        """Follow an address of our own only."""
        return is_own(url.toString(), self._told.origin)

    def createWindow(self, kind: Any) -> None:  # noqa: N802 - Qt's name
        """Open no other window."""

    def chooseFiles(self, mode: Any, old: Iterable[str | None], types: Iterable[str | None]) -> list[str]:  # noqa: N802 - Qt's name
        """Choose no file."""
        return []

    def javaScriptAlert(self, origin: QUrl, words: str | None) -> None:  # noqa: N802 - Qt's name
        """Show no message box."""

    def javaScriptConfirm(self, origin: QUrl, words: str | None) -> bool:  # noqa: N802 - Qt's name
        """Ask nothing in a box; a page may leave."""
        return True

    def javaScriptPrompt(self, origin: QUrl, words: str | None, default: str | None) -> tuple[bool, str]:  # noqa: N802 - Qt's name
        """Ask for nothing in a box."""
        return False, ""

    def javaScriptConsoleMessage(self, level: Any, words: str | None, line: int, source: str | None) -> None:  # noqa: N802 - Qt's name
        """Write nothing of a page to the log: it may hold what a resident typed."""


class Sieve(QObject):
    """Sees every event before its widget, and takes those that a kiosk does not have; jobs of other threads come in here, too."""

    job = pyqtSignal(object)

    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told
        self.job.connect(lambda work: work())

    def eventFilter(self, thing: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 - Qt's name
        """Tell whether an event is taken, so that nobody else sees it."""
        if isinstance(event, QKeyEvent):
            return not self._reaches(event)
        if event is None or not thing or not thing.isWidgetType():
            return False
        if event.type() in (QEvent.Type.ContextMenu, QEvent.Type.DragEnter, QEvent.Type.Drop, QEvent.Type.NativeGesture):
            return True
        if event.type() == QEvent.Type.Wheel:
            return bool(QGuiApplication.keyboardModifiers() & HELD)
        return isinstance(event, QMouseEvent) and self._pressed(event)

    def _reaches(self, event: QKeyEvent) -> bool:
        name = Qt.Key(event.key()).name.removeprefix("Key_")
        name = NAMES.get(name, name)
        return reaches_page(name if name in MOVING else "", event.text(), held=bool(event.modifiers() & HELD))

    def _pressed(self, event: QMouseEvent) -> bool:
        """Count a tap; other buttons than the first do nothing."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton):
            return True
        if event.type() == QEvent.Type.MouseButtonPress:
            at = event.globalPosition()
            self._told.tapped(at.x(), at.y())
        return False


class QtEngine:
    """One Qt view in pywebview's window."""

    def __init__(self, told: Told) -> None:
        flags = [*FLAGS, "--no-sandbox"] if is_root() else FLAGS  # Chromium refuses to start its sandbox as root
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join([os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", ""), *flags]).strip()
        self._application = QApplication.instance() or QApplication(sys.argv)
        QWebEngineProfile.defaultProfile()  # reads the flags now, before pywebview adds one that grants every page camera and microphone
        self._told = told
        self._sieve = Sieve(told)
        self._view: Any = None
        self._page: LocalPage | None = None
        self._timers: list[QTimer] = []

    def lock_down(self, window: webview.Window) -> None:
        """Take pywebview's page and its bridge away, and put a page of ours in their place."""
        sys.excepthook = sys.__excepthook__ if sys.excepthook is not sys.__excepthook__ else _log_and_live
        self._view = BrowserView.instances[window.uid]
        old = self._view.webview.page()
        old.loadFinished.disconnect(self._view.on_load_finished)
        old.setWebChannel(None)
        self._view.setAcceptDrops(False)
        self._fresh_page()
        old.deleteLater()
        self._application.installEventFilter(self._sieve)

    def _fresh_page(self) -> None:
        """Put a page with a profile of its own into the view; the one before goes, and its profile after it."""
        old, self._page = self._page, LocalPage(self._told, self._view)
        self._view.webview.setPage(self._page)
        if old is not None:
            old.renderProcessTerminated.disconnect()
            old.loadingChanged.disconnect()
            old.destroyed.connect(old.profile_of_visit.deleteLater)
            old.deleteLater()

    def load(self, url: str) -> None:
        """Show a page."""
        self._page and self._page.load(QUrl(url))

    def wipe(self, entry: Callable[[], str], done: Callable[[], None]) -> None:
        """Throw page and profile away and come in anew with others."""
        clipboard = QGuiApplication.clipboard()
        if clipboard:
            clipboard.clear()
        self._fresh_page()
        self.load(entry())
        done()

    def ask(self, script: str, answer: Callable[[str], None]) -> None:
        """Have the page's answer to a script, in a world of its own; a frozen page never answers."""
        self._page and self._page.runJavaScript(script, WORLD, lambda said: answer(str(said)))

    def renderers(self) -> list[int]:
        """Return the process that holds the page."""
        pid = self._page.renderProcessPid() if self._page else 0
        return [pid] if pid > 0 else []

    def kill_renderer(self) -> None:
        """End the process that holds the page; `gone` follows."""
        for pid in self.renderers():
            kill(pid)

    def close(self) -> None:
        """Close the window."""
        self._view.close()

    def soon(self, job: Callable[[], None]) -> None:
        """Do a job on Qt's thread."""
        self._sieve.job.emit(job)

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Do a job on Qt's thread again and again."""
        timer = QTimer(self._sieve)
        timer.timeout.connect(job)
        timer.start(int(seconds * 1000))
        self._timers.append(timer)


def kill(pid: int) -> None:
    """End a process at once; none is 0."""
    if pid > 0:
        os.kill(pid, signal.SIGKILL)


def is_root() -> bool:
    """Tell whether we run as root, as containers do."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _log_and_live(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """Log an error inside Qt's own call; with Python's own hook PyQt would end the process."""
    sys.__excepthook__(kind, error, trace)
