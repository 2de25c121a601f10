"""The real clients: what they need, how they are started, and how a person uses them.

Node's packages are locked beside this file; Chromium is Debian's. Nothing here reaches further than loopback.
"""

import asyncio
import base64
import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.async_api import async_playwright

from tests.support import ROOT
from tests.support.content import CONTACT, CONTENT, LEARNED
from tests.support.process import free_port, served, started, wait_for_port

HERE = Path(__file__).resolve().parent
SHOTS = ROOT / "tests" / "shots"
MODULES = HERE / "node_modules"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
# Nothing but loopback resolves: the Playground's page asks a Microsoft CDN for fonts.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
WEB_CHAT = "botframework-webchat@4.18.1"
WEB_CHAT_HASH = (
    "7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg=="
)
"""Its bundle alone: installed with all it was built from it takes 534 MB."""
PATIENCE = 15.0
"""Seconds until something that should appear is said to be missing."""


def missing() -> str:
    """Why the browser tests cannot run here; empty when they can."""
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            return f"{tool} is not installed"
    if not CHROMIUM:
        return "chromium is not installed"
    # Another worker may be installing them.
    with FileLock(HERE / ".installing.lock"):
        return _install()


def _install() -> str:
    """Install Node's packages where that was not done before; why that was not possible."""
    stamp = MODULES / ".installed"
    lock = (HERE / "package-lock.json").read_bytes()
    if stamp.exists() and stamp.read_bytes() == lock:
        return ""
    done = subprocess.run(
        ["npm", "ci", "--silent"], cwd=HERE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return f"npm ci failed: {done.stderr.strip()[-200:]}"
    if why := _web_chat():
        return why
    stamp.write_bytes(lock)
    return ""


def needed() -> None:
    """Skip the test, with a word why, where the tools are missing; fail it where they are required."""
    why = missing()
    if why and os.environ.get("LADDERBOT_BROWSER") == "required":
        pytest.fail(why)
    if why:
        pytest.skip(f"no real clients: {why}")


def _web_chat() -> str:
    """Unpack Web Chat's bundle beside the other modules; why that was not possible."""
    command = ["npm", "pack", WEB_CHAT, "--silent", "--pack-destination", str(MODULES)]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"npm pack failed: {done.stderr.strip()[-200:]}"
    packed = MODULES / done.stdout.strip()
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if digest != WEB_CHAT_HASH:
        return f"{WEB_CHAT} is not the file it was: sha512-{digest}"
    with tarfile.open(packed) as tar:
        bundle = tar.extractfile("package/dist/webchat-es5.js")
        (MODULES / "webchat.js").write_bytes(bundle.read())
    return ""


@contextlib.asynccontextmanager
async def bot(folder, content=CONTENT):
    """The bot as its operator runs it; what the search learned is there already, for a quick start.

    Of another content than what is shipped, whoever writes it puts that into `folder / "learned"`.
    """
    if content == CONTENT:
        shutil.copytree(LEARNED, folder / "learned")
    with served(folder / "bot.sqlite3", content, CONTACT=CONTACT) as running:
        yield running.url


@contextlib.asynccontextmanager
async def browser():
    """Headless Chromium."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=CHROMIUM_ARGS
        )
        try:
            yield running
        finally:
            await running.close()


@contextlib.asynccontextmanager
async def browser_beside(port, folder, *command, **environment):
    """Headless Chromium, and a client's own server that listens on this port."""
    with (
        (folder / "client.log").open("ab") as log,
        started(*command, env={**os.environ, **environment}, cwd=folder, log=log) as server,
    ):
        wait_for_port(port, server)
        async with browser() as chrome:
            yield chrome


@contextlib.asynccontextmanager
async def playground(bot_url, folder):
    """The Microsoft 365 Agents Playground, opened in Chromium and talking to the bot."""
    port = free_port()
    environment = {
        # Without both switches it looks for telemetry servers.
        "APPLICATION_INSIGHTS_NO_STATSBEAT": "true",
        "TEAMSAPPTESTER_BROWSER": "none",
        "TZ": "Europe/Amsterdam",
    }
    command = [
        *("node", str(MODULES / ".bin" / "agentsplayground"), "start"),
        *("-e", f"{bot_url}/api/messages", "-c", "msteams", "-p", str(port)),
        *("--service-url", f"http://127.0.0.1:{port}/_connector", "--disable-telemetry"),
    ]
    async with browser_beside(port, folder, *command, **environment) as chrome:
        page = await chrome.new_page(viewport={"width": 1280, "height": 900})
        await page.goto(f"http://127.0.0.1:{port}", wait_until="domcontentloaded")
        member = Playground(page, f"http://127.0.0.1:{port}")
        await member.ready()
        yield member


@contextlib.asynccontextmanager
async def web_chat(bot_url, folder):
    """Web Chat in Chromium, through an offline Direct Line: its page."""
    port = free_port()
    command = [
        *("node", str(MODULES / ".bin" / "directline")),
        *("-d", str(port), "-b", f"{bot_url}/api/messages"),
    ]
    async with browser_beside(port, folder, *command) as chrome:
        page = await chrome.new_page(viewport={"width": 700, "height": 900})
        await page.set_content(
            "<style>html,body,#chat{height:100%;margin:0}</style><div id=chat></div>"
        )
        await page.add_script_tag(path=MODULES / "webchat.js")
        await page.evaluate(_START_WEB_CHAT, f"http://127.0.0.1:{port}/directline")
        await page.get_by_placeholder("Type your message").wait_for(timeout=PATIENCE * 1000)
        # What is sent before it has polled once is lost.
        await page.wait_for_timeout(2_500)
        yield page


_START_WEB_CHAT = """
domain => window.WebChat.renderWebChat({
  directLine: window.WebChat.createDirectLine({domain, webSocket: false, secret: 'x', pollingInterval: 300}),
  userID: 'dl_anna', username: 'Anna', locale: 'en-US',
}, document.getElementById('chat'))
"""

# What the bot wrote, in both layouts: a chat's messages, and the cards of a channel's threads.
_SAID = """
() => {
  const texts = [];
  for (const head of document.querySelectorAll('[aria-label="Message header"]')) {
    if (!head.querySelector('[aria-label="Message author"]')) continue;
    texts.push([...head.parentElement.children].filter(e => e !== head).map(e => e.innerText).join('\\n'));
  }
  for (const thread of document.querySelectorAll('.fui-Card[role=group]')) texts.push(thread.innerText);
  return texts;
}
"""
# The list says nothing of which conversation is open; its item alone has a look of its own.
_OPEN = """
() => {
  const items = [...document.querySelectorAll('[role=treeitem]')];
  const alone = items.filter(e => items.filter(other => other.className === e.className).length === 1);
  return alone.length === 1 ? alone[0].getAttribute('aria-label') : '';
}
"""
_LOGGED = """
() => {
  const panel = document.querySelector('[contenteditable=true][spellcheck=false]');
  return panel ? [...panel.children].map(e => e.innerText) : [];
}
"""


class Playground:
    """A person at the Playground: opens a chat, types, presses, reads."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self._before = ""

    async def ready(self):
        await self.page.get_by_role("treeitem", name="Personal Chat").wait_for(timeout=30_000)
        await self._box().wait_for(timeout=30_000)

    def _box(self):
        return self.page.locator('[data-lexical-editor="true"][role="textbox"]').first

    async def shown(self):
        """All text of the bot that is on the page."""
        blocks = await self.page.evaluate(_SAID)
        return re.sub(r"\s+", " ", "\n".join(blocks).replace("\xa0", " "))

    async def open(self, name):
        """Open a conversation by its name in the list."""
        items = self.page.locator("[role=treeitem]")
        labels = [await item.get_attribute("aria-label") or "" for item in await items.all()]
        label = next(x for x in labels if x == name or x.endswith(f"- {name}"))
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        # While a message arrives the page is drawn anew and a click can be lost.
        while await self.page.evaluate(_OPEN) != label:
            assert loop.time() < until, f"{label} did not open"
            await self.page.locator(f'[role=treeitem][aria-label="{label}"]').click()
            await self.page.wait_for_timeout(300)
        self._before = ""

    async def _type(self, box, text):
        await box.click()
        for part in re.split(r"(@bot\b)", text):
            if part == "@bot":
                await self.page.keyboard.type("@")
                await self.page.get_by_role("menuitem").first.click()
            elif part:
                await self.page.keyboard.type(part)

    async def say(self, text):
        """Type and send; `@bot` becomes a real mention. In a channel: a new post."""
        self._before = await self.shown()
        await self._type(self._box(), text)
        post = self.page.get_by_role("button", name="Post", exact=True)
        if await post.count():
            await post.click()
        else:
            await self.page.get_by_role("button", name="Send Message").last.click()

    async def press(self, label):
        """Press the newest button with this label."""
        self._before = await self.shown()
        button = self.page.locator("button, [role=button]").filter(
            has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")
        )
        await button.first.wait_for(timeout=PATIENCE * 1000)
        await button.last.click()

    async def press_first_row(self):
        """Press the first choice of the newest card that is a row: a question in full."""
        self._before = await self.shown()
        card = self.page.locator(".ac-adaptiveCard").last
        await card.locator(".ac-container.ac-selectable, .ac-container[role=button]").first.click()

    async def mock(self, item):
        """Choose an item of the menu that sends a made-up activity."""
        self._before = await self.shown()
        await self.page.locator("#mockActivityMenuButtonText").click()
        await (
            self.page.get_by_role("menuitem")
            .filter(has_text=re.compile(f"^{re.escape(item)}$"))
            .click()
        )
        dialog = self.page.get_by_role("dialog")
        if await dialog.count():
            await dialog.get_by_role("button", name="Send activity").click()

    async def custom(self, activity):
        """Send any activity to the bot, from the personal chat."""
        self._before = await self.shown()
        internal = f"{self.url}/_internal/v1"
        config = await (await self.page.request.get(f"{internal}/config")).json()
        conversation = config["config"]["personalChat"]["id"]
        where = f"{internal}/customActivities"
        made = await self.page.request.get(f"{where}/template?conversationId={conversation}")
        assert made.ok, await made.text()
        response = await self.page.request.post(where, data=await made.json() | activity)
        assert response.ok, await response.text()

    async def expect(self, *texts, seconds=PATIENCE):
        """Wait until the bot has written each text since the last thing that was done."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while True:
            shown = await self.shown()
            lacking = [t for t in texts if shown.count(t) <= self._before.count(t)]
            if not lacking:
                return
            if loop.time() > until:
                await self.shot("failed")
                raise AssertionError(f"never saw {lacking}; the bot's last words: {shown[-600:]!r}")
            await self.page.wait_for_timeout(50)

    async def expect_nothing(self, seconds=1.5):
        """Wait, and see that the bot writes nothing."""
        await self.page.wait_for_timeout(seconds * 1000)
        assert await self.shown() == self._before

    async def no_errors(self):
        """The Playground's own log shows no request that failed."""
        lines = [re.sub(r"^\[.*?\]", "", line) for line in await self.page.evaluate(_LOGGED)]
        assert [line for line in lines if re.search(r"\b[45]\d\d\b", line)] == []

    async def shot(self, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=SHOTS / f"{name}.png")
