"""The bot's own words in every language: the only place where a sentence for a member comes from."""

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from typing import Any

from faq.language import DEFAULT, LANGUAGES, Language


class Texts:
    """Texts by key (`help.title`), read from a file for each language in `dialogs/texts/`."""

    def __init__(self, files: Mapping[Language, str], **always: str) -> None:
        """Read the files' content; `always` fills placeholders such as `{contact}` everywhere."""
        self._files = files
        self._texts: Mapping[Language, Mapping[str, Any]] = {
            language: _flat(tomllib.loads(text)) for language, text in files.items()
        }
        self._always = {"at": ""} | always
        self._lists: dict[tuple[Language, str], tuple[str, ...]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    @cached_property
    def mentioning(self) -> "Texts":
        """The same where others talk too: before what a member can type, `{at}` is the bot's mention."""
        mention = f"@{self.get(DEFAULT, 'manifest.name')} "
        return Texts(self._files, **self._always | {"at": mention})

    def get(self, language: Language, key: str, **values: object) -> str:
        """The text of `key` with its placeholders filled.

        Raises:
            KeyError: for a key or a placeholder that does not exist; a test reads every key.
        """
        text = self._texts[language][key]
        if not isinstance(text, str):
            raise KeyError(key)
        return self.fill(text, **values).strip()

    def fill(self, text: str, **values: object) -> str:
        """`text` with `{name}` replaced; anything else in braces stays as it is."""
        for name, value in (self._always | values).items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def get_list(self, language: Language, key: str) -> tuple[str, ...]:
        """The list of texts of `key`."""
        # Every message is held against every list of commands, so each is filled once.
        texts = self._lists.get((language, key))
        if texts is None:
            texts = tuple(self.fill(item) for item in self._texts[language][key])
            self._lists[language, key] = texts
        return texts

    def words(self, key: str) -> frozenset[str]:
        """The lists of texts of `key` in every language, together: members mix them."""
        texts = self._words.get(key)
        if texts is None:
            lists = (self.get_list(language, key) for language in LANGUAGES)
            texts = self._words[key] = frozenset(chain.from_iterable(lists))
        return texts

    def pattern(self, key: str) -> re.Pattern[str]:
        """The regular expression of `key`, or a list of them, in every language, as one."""
        pattern = self._patterns.get(key)
        if pattern is None:
            patterns = [self._texts[language][key] for language in LANGUAGES]
            listed = chain.from_iterable([p] if isinstance(p, str) else p for p in patterns)
            pattern = re.compile("|".join(f"(?:{one})" for one in listed))
            self._patterns[key] = pattern
        return pattern

    def is_list(self, language: Language, key: str) -> bool:
        """Whether `key` holds a list of texts."""
        return isinstance(self._texts[language][key], list)

    def keys(self, language: Language) -> frozenset[str]:
        """Every key of a language."""
        return frozenset(self._texts[language])


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = value
    return flat
