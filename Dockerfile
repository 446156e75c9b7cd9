# The released program alone on a small system. Build: docker build -t photovault .
FROM rust:1.95-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends cmake nasm pkg-config ca-certificates curl gnupg xz-utils \
 && curl -fsSL https://nodejs.org/dist/v22.12.0/node-v22.12.0-linux-$(dpkg --print-architecture | sed 's/amd64/x64/').tar.xz | tar -xJ -C /usr/local --strip-components=1 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# the same command that makes a release anywhere; the caches stay between builds
RUN --mount=type=cache,target=/root/.cache/photovault \
    --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/root/.npm \
    make release && cp dist/photovault /photovault

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin photovault \
 && install -d -o photovault -g photovault -m 700 /data /backup
COPY --from=build /photovault /usr/local/bin/photovault
USER 10001:10001
WORKDIR /data
# only these two are ever written: the root may be read-only
VOLUME ["/data", "/backup"]
ENV PHOTOVAULT_DATA=/data LEPTOS_SITE_ADDR=0.0.0.0:3000 LOG_FORMAT=json
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["photovault", "health"]
ENTRYPOINT ["photovault"]
CMD ["serve"]
