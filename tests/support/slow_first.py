"""A plugin of pytest for `make test`, which runs the tests a file at a time on every core."""


def pytest_collection_modifyitems(items):
    """Files with a slow test first, so that at the end no worker is left alone with one."""
    slow = {
        item.path for item in items if {"slow", "browser"} & {m.name for m in item.iter_markers()}
    }
    items.sort(key=lambda item: item.path not in slow)
