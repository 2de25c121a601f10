"""A card as the official renderer draws it, in each theme of Teams."""

import asyncio
import json

from bot.teams import cards
from tests.browser import clients

CONFIGS = clients.MODULES / "adaptivecards-designer" / "lib" / "hostConfigs"
DESIGNER = clients.MODULES / "adaptivecards-designer" / "dist" / "containers"
PAGES = 3
"""Drawn on at the same time."""
LIBRARIES = ("adaptivecards/dist/adaptivecards.min.js", "markdown-it/dist/markdown-it.min.js")
_DRAW = """
([card, config]) => {
  const AC = window.AdaptiveCards, complaints = [];
  AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = window.markdownit().render(text);
    result.didProcess = true;
  };
  const made = new AC.AdaptiveCard();
  made.hostConfig = new AC.HostConfig(config);
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  made.parse(card, context);
  const host = document.getElementById('host');
  host.replaceChildren(made.render());
  for (let i = 0; i < context.eventCount; i++) complaints.push(context.getEventAt(i).message);
  for (const event of made.validateProperties().validationEvents) complaints.push(event.message);
  // The parser's pattern for `lang` is global, so it forgets to begin anew and refuses every second card.
  const heard = complaints.filter(text => !/for property "lang"/.test(text));
  const edge = host.getBoundingClientRect().right + 1;
  const wide = [...host.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > edge);
  const cut = [...host.querySelectorAll('.ac-textBlock, button > *')].filter(e => e.scrollWidth > e.clientWidth + 1);
  return {complaints: heard, wide: wide.map(e => e.innerText.slice(0, 60)), cut: cut.map(e => e.innerText.slice(0, 60))};
}
"""


def look(theme):
    """Host config, style sheet and background of a theme.

    Microsoft publishes no host config for high contrast: black, white and yellow on the dark one.
    """
    base = "light" if theme == "light" else "dark"
    config = json.loads((CONFIGS / f"microsoft-teams-{base}.json").read_text("utf-8"))
    css = (DESIGNER / f"teams-container-{base}.css").read_text("utf-8")
    ground = {"light": "#ffffff", "dark": "#292929", "contrast": "#000000"}[theme]
    if theme == "contrast":
        colors = config["containerStyles"]["default"]["foregroundColors"]
        for color in colors.values():
            color |= {"default": "#ffffff", "subtle": "#ffffff"}
        css += "#host, #host * {color:#fff !important; background:#000 !important; border-color:#fff !important}"
        css += "#host a {color:#ffff01 !important} #host button {border:1px solid #fff !important}"
    return config, css, ground


async def draw(every, theme, pixels, file_of, *, scale=1.5):
    """Draw each card into the file of its name, equal ones once; what is wrong with it by its name.

    Args:
        every: name → card.
        theme: light, dark or contrast.
        pixels: how wide a card is.
        file_of: the file for a name.
        scale: pixels of the picture for one of the card.
    """
    config, css, ground = look(theme)
    page_html = (
        # As Teams' own sheet has it; without it every list is wider than its block.
        f"<style>*{{box-sizing:border-box}} {css} body{{margin:16px;background:{ground};"
        f"font-family:'Segoe UI','Liberation Sans',sans-serif}} #host{{width:{pixels}px}}</style>"
        "<div id=host class=teams-card></div>"
    )
    wrong = {}
    left = iter({card: name for name, card in reversed(every.items())}.items())

    async def draw_some(page):
        await page.set_content(page_html)
        for library in LIBRARIES:
            await page.add_script_tag(path=clients.MODULES / library)
        for card, name in left:
            faults = await page.evaluate(_DRAW, [cards.adaptive(card), config])
            if any(faults.values()):
                wrong[name] = faults
            await page.locator("#host").screenshot(path=file_of(name))

    async with clients.browser() as chrome:
        viewport = {"width": pixels + 32, "height": 600}
        pages = [
            await chrome.new_page(viewport=viewport, device_scale_factor=scale)
            for _ in range(PAGES)
        ]
        await asyncio.gather(*map(draw_some, pages))
    return wrong
