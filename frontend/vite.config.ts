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

export default defineConfig(({ command }) => ({
  // Django serves the build's files under /static/ and index.html for every page.
  base: command === "build" ? "/static/" : "/",
  plugins: [compileCatalogs(), react()],
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
      "/api": backend,
      "/_allauth": backend,
      "/ws": { target: backend, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
  },
}));
