"""Takes the README's pictures from a freshly filled demonstration, in a real browser."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PORT = 8765
PICTURES = {"ledger": ("Maya", "/ideas?standing=explained"), "home": ("Maya", "/home"), "shortlist": ("Sam", "/people")}


def main() -> None:
    """Fill, serve, look, save."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "DEMO": "true",
            "COMPANY_NAME": "Lumen & Loom",
            "TIME_ZONE": "Europe/Berlin",
            "DATA_FOLDER": folder,
            "BASE_URL": f"http://127.0.0.1:{PORT}",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", "portal", "demo"]
        portal = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        try:
            links = read_links(portal)
            time.sleep(3)
            shoot(links)
        finally:
            portal.terminate()
            portal.wait()


def read_links(portal: "subprocess.Popen[str]") -> dict[str, str]:
    """The one-time links that the portal prints, by first name."""
    links: dict[str, str] = {}
    assert portal.stdout is not None
    for line in portal.stdout:
        found = re.search(r"As (\w+), .*?(http\S+)", line)
        if found:
            links[found[1]] = found[2]
        if len(links) == 2:
            break
    return links


def shoot(links: dict[str, str]) -> None:
    """Save each picture as docs/pictures/<name>.png."""
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("HEARD_BROWSER"), args=["--no-sandbox"])
        pages = {}
        for name, link in links.items():
            page = browser.new_page(viewport={"width": 1280, "height": 960}, reduced_motion="reduce")
            page.goto(link)
            with page.expect_navigation():
                page.get_by_role("button", name="Sign in").click()
            pages[name] = page
        for picture, (name, path) in PICTURES.items():
            pages[name].goto(f"http://127.0.0.1:{PORT}{path}")
            pages[name].evaluate("document.fonts.ready")
            pages[name].screenshot(path=folder / f"{picture}.png")
        browser.close()


if __name__ == "__main__":
    main()
