"""What the store raises to those who use it.

StoreUnavailableError       it cannot be read or written now; the bot goes on without it

A file that must not be used at all is `bot.store.file.UnusableDatabaseError`.
"""


class StoreUnavailableError(Exception):
    """The store cannot be read or written now; the reason, without a word of a member."""
