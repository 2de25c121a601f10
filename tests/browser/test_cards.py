"""The cards as the official renderer draws them: three themes, a desktop and a phone."""

import json

import pytest

from bot.teams import cards
from tests.browser import clients
from tests.support.cards import every_card

pytestmark = pytest.mark.browser

CONFIGS = clients.MODULES / "adaptivecards-designer" / "lib" / "hostConfigs"
DESIGNER = clients.MODULES / "adaptivecards-designer" / "dist" / "containers"
WIDTHS = {"desktop": 500, "phone": 320 - 32}
"""Pixels of the card; a phone of 320 px keeps 16 px free on both sides."""
THEMES = ("light", "dark", "contrast")
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


def picture(name, theme, width):
    """The file of the picture of a card."""
    return clients.SHOTS / "cards" / f"{theme}-{width}" / f"{name.replace(' ', '-')}.png"


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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
async def test_every_card_is_drawn_whole(theme, width):
    config, css, ground = look(theme)
    pixels = WIDTHS[width]
    page_html = (
        # As Teams' own sheet has it; without it every list is wider than its block.
        f"<style>*{{box-sizing:border-box}} {css} body{{margin:16px;background:{ground};"
        f"font-family:'Segoe UI','Liberation Sans',sans-serif}} #host{{width:{pixels}px}}</style>"
        "<div id=host class=teams-card></div>"
    )
    picture("", theme, width).parent.mkdir(parents=True, exist_ok=True)
    wrong = {}
    async with clients.browser() as chrome:
        page = await chrome.new_page(
            viewport={"width": pixels + 32, "height": 600}, device_scale_factor=1.5
        )
        await page.set_content(page_html)
        for library in (
            "adaptivecards/dist/adaptivecards.min.js",
            "markdown-it/dist/markdown-it.min.js",
        ):
            await page.add_script_tag(path=clients.MODULES / library)
        for name, card in every_card().items():
            faults = await page.evaluate(_DRAW, [cards.adaptive(card), config])
            if any(faults.values()):
                wrong[name] = faults
            await page.locator("#host").screenshot(path=picture(name, theme, width))

    assert wrong == {}
