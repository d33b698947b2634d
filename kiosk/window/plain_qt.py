"""A screen of plain words, by Qt alone."""

import sys

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QApplication, QLabel


class Cover(QLabel):
    """A label that nobody in front of it can close."""

    def closeEvent(self, event: QCloseEvent | None) -> None:  # noqa: N802 - Qt's name
        """Stay."""
        if event:
            event.ignore()


def cover(sentences: list[str], style: str) -> None:
    """Cover the first screen with sentences."""
    application = QApplication(sys.argv)
    label = Cover("\n".join(sentences))
    label.setStyleSheet(style)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWindowTitle("LobbyDesk")
    label.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
    screen = application.primaryScreen()
    if screen:
        label.setGeometry(screen.geometry())
    label.show()
    application.exec()
