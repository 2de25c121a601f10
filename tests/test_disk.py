"""A file that is replaced is the old one or the new one, whatever breaks meanwhile."""

import pytest

from bot.disk import keep_private, replacing


def test_what_breaks_while_it_is_written_leaves_the_old_one_and_nothing_else(tmp_path):
    path = tmp_path / "x"
    path.write_text("oud")

    def cut():
        with replacing(path) as beside:
            beside.write_text("half")
            raise ValueError("cut")

    with pytest.raises(ValueError, match="cut"):
        cut()

    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("x", "oud")]


def test_two_at_the_same_time_do_not_meet(tmp_path):
    path = tmp_path / "x"
    with replacing(path) as first, replacing(path) as second:
        first.write_text("first")
        second.write_text("second")

    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("x", "first")]


def test_what_the_group_may_is_left_to_the_operator(tmp_path):
    path = tmp_path / "x"
    keep_private(path)
    modes = [path.stat().st_mode & 0o777]
    for mode in (0o660, 0o666, 0o604):
        path.chmod(mode)
        keep_private(path)
        modes.append(path.stat().st_mode & 0o777)

    assert modes == [0o600, 0o660, 0o660, 0o600]
