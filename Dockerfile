# syntax=docker/dockerfile:1

# Installs and builds with the same commands as a fresh clone.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN node scripts/run.mjs build

# The final image holds the bundle, the web app, the chat widget and the migrations, without sources or node_modules.
FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    BATON_ROOT=/app \
    HOST=0.0.0.0 \
    PORT=3000
COPY --from=build /app/package.json ./
COPY --from=build /app/apps/server/package.json ./apps/server/
COPY --from=build /app/apps/server/build ./apps/server/build
COPY --from=build /app/apps/web/package.json ./apps/web/
COPY --from=build /app/apps/web/build ./apps/web/build
COPY --from=build /app/packages/chat-widget/build ./packages/chat-widget/build
COPY --from=build /app/drizzle ./drizzle
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The image holds no PostgreSQL, so a missing DATABASE_URL fails at once. `exec` lets SIGTERM reach the server.
CMD ["sh", "-c", ": \"${DATABASE_URL:?DATABASE_URL is needed: the image holds no PostgreSQL}\" && exec node apps/server/build/main.js"]
