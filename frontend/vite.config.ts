import { fileURLToPath } from "node:url";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vitest/config";

const backend = process.env.BACKEND_URL ?? "http://localhost:8000";

/** Catalogs are plain ICU JSON; they are parsed here, so that the browser needs no parser. */
function compileCatalogs(): Plugin {
  return {
    name: "compile-catalogs",
    enforce: "pre",
    transform(code, id) {
      if (!/\/locales\/[\w-]+\.json$/.test(id)) return null;
      const texts = Object.entries(JSON.parse(code) as Record<string, string>);
      return { code: JSON.stringify(Object.fromEntries(texts.map(([key, text]) => [key, compileMessage(text)]))) };
    },
  };
}

/** The backend's own page hands out the cookie that writing needs; here Vite serves the page. */
function fetchCookie(): Plugin {
  return {
    name: "fetch-cookie",
    apply: "serve",
    configureServer({ middlewares }) {
      middlewares.use(async (request, response, next) => {
        const isPage = request.headers.accept?.includes("text/html");
        if (isPage && !request.headers.cookie?.includes("csrftoken=")) {
          const page = await fetch(backend).catch(() => undefined);
          const cookies = page?.headers.getSetCookie() ?? [];
          if (cookies.length > 0) response.setHeader("Set-Cookie", cookies);
        }
        next();
      });
    },
  };
}

export default defineConfig(({ command }) => ({
  // Django serves the build's files under /static/ and index.html for every page.
  base: command === "build" ? "/static/" : "/",
  plugins: [compileCatalogs(), fetchCookie(), react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    // Chrome 87 and Safari 14 are what older phones' WeChat browsers still run.
    target: ["chrome87", "safari14"],
    // One step newer: lowering logical properties for Safari 14.0 would double every sheet.
    cssTarget: ["chrome87", "safari15"],
    // Inlined files would need data: in the content security policy.
    assetsInlineLimit: 0,
  },
  server: {
    proxy: {
      // The host stays the browser's: the backend compares it with where a request says it comes from.
      "/api": { target: backend },
      "/_allauth": { target: backend },
      "/ws": { target: backend, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
  },
}));
