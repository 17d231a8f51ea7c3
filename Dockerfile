# One image for the code location, the webserver and the daemon. Build: docker compose build
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=0 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 TZ=Asia/Shanghai
# Old Word files are opened by LibreOffice; without it they are quarantined with that reason.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui libgl1 libglib2.0-0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/jixiao
COPY pyproject.toml constraints.txt ./
COPY orchestration ./orchestration
# compileall grumbles about template files of libraries; a failed installation ends the build.
RUN python -m pip install -c constraints.txt -e '.[postgres]' \
    && { python -m compileall -qq -j 2 /usr/local/lib/python3.11/site-packages || true; }
COPY dbt_project ./dbt_project
COPY expectations ./expectations
COPY workspace.yaml deploy/workspace.docker.yaml ./

# Nobody's reports and nobody's rights: an account of its own, two folders from outside.
RUN useradd --system --create-home --uid 10001 jixiao \
    && mkdir -p /data/home /data/raw dbt_project/target dbt_project/logs \
    && chown -R jixiao /data dbt_project
USER jixiao
ENV JIXIAO_HOME=/data/home JIXIAO_RAW=/data/raw DAGSTER_HOME=/data/home/dagster
VOLUME ["/data/home", "/data/raw"]
ENTRYPOINT ["jixiao"]
CMD ["--help"]
