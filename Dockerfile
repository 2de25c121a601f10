# Ladderbot in a container: no root, nothing to write but /data.
# Build:  docker build -t ladderbot .
#         podman and buildah: with --format docker, else the image has no HEALTHCHECK (scripts/image)
# Run:    docker compose up -d   (compose.yaml; docs/install.md)

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements.txt .
# Only wheels, and only those whose hashes are in the lock file.
RUN python -m venv /venv \
 && /venv/bin/pip install --require-hashes --only-binary :all: -r requirements.txt \
 && /venv/bin/pip uninstall --yes pip

FROM python:3.13-slim-bookworm
# 10001: a number that no user of the host has, so that a mounted /data is nobody else's.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin ladderbot \
 && install -d -o ladderbot -g ladderbot /data
COPY --from=build /venv /venv
WORKDIR /app
COPY pyproject.toml app.py ./
COPY faq faq
COPY dialogs dialogs
COPY bot bot
# Compiled here: at run time the file system is read-only.
RUN /venv/bin/python -m compileall -q .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=3978 \
    DATABASE_PATH=/data/ladderbot.sqlite3
USER 10001
VOLUME /data
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
# No shell in between: SIGTERM reaches the bot, which finishes the turns under way within 10 s.
CMD ["python", "app.py", "serve"]
