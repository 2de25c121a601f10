"""Outer walls: what touches the world. HTTP, Bot Framework, SQLite, clock, files, console."""
