# Ladderbot. `make run` talks to the bot in this terminal; `make test` runs every test.
.PHONY: run serve test check format bench attack chaos scale fuzz bench-search quality ablation package pictures audit vectors fit lock clean
.SILENT:

PY = .venv/bin/python
# What `make quality` measures; give other files with QUESTIONS="a.tsv b.tsv".
QUESTIONS = tests/questions/*.tsv

run:
	scripts/install && $(PY) app.py chat

serve:
	scripts/install && $(PY) app.py serve

# On every core, a file at a time; psutil would count one core where two share it, so `logical`.
test: .venv-dev
	$(PY) -m pytest -p tests.support.slow_first -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: .venv-dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) app.py check

format: .venv-dev
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

package:
	scripts/install && $(PY) app.py package

# The pictures of docs/members.md, as Teams would draw the cards; needs Node and Chromium.
pictures: .venv-dev
	$(PY) -m tests.browser.pictures

bench: .venv-dev
	$(PY) bench/endpoint.py

# What attacks cost, and what another member notices: on a process of this machine only; two minutes.
attack: .venv-dev
	$(PY) bench/attack.py

# Faults of every kind to real processes, counted by who was told; writes docs/reliability.md. A quarter of an hour.
chaos: .venv-dev
	$(PY) -m bench.chaos

# What ten and a hundred thousand subscribers take; writes docs/scale.md. Some minutes.
scale: .venv-dev
	$(PY) bench/scale.py

# Odd input for all that reads, for a minute each; what breaks something is kept in tests/seeds.
fuzz: .venv-dev
	python3 -m venv bench/.venvs/fuzz
	bench/.venvs/fuzz/bin/pip install -q -r requirements.txt
	bench/.venvs/fuzz/bin/pip install -q -r bench/peers/fuzz.txt
	bench/.venvs/fuzz/bin/python bench/fuzz.py

quality: .venv-dev
	$(PY) bench/quality.py $(QUESTIONS)

audit: .venv-dev
	$(PY) scripts/audit

vectors: .venv-dev
	$(PY) scripts/vectors

# Fits what the search's scores are worth, after a change of what it learns from or how; some minutes.
fit: .venv-dev
	$(PY) bench/calibrate.py --write

# What each ingredient of the search gives; a quarter of an hour.
ablation: .venv-dev
	$(PY) bench/ablation.py

# What one question costs beside four peers, which live in bench/.venvs only.
bench-search: .venv-dev
	python3 -m venv bench/.venvs/search
	bench/.venvs/search/bin/pip install -q -r requirements.txt
	bench/.venvs/search/bin/pip install -q -r bench/peers/search.txt
	bench/.venvs/search/bin/python bench/search_speed.py

lock:
	scripts/lock

.PHONY: .venv-dev
.venv-dev:
	scripts/install dev

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/shots
