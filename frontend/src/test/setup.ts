import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { loadTexts, switchLanguage } from "@/i18n";

// happy-dom has no media queries of its own worth asking; Mantine asks for the color scheme.
window.matchMedia ??= vi.fn().mockReturnValue({ matches: false, addEventListener() {}, removeEventListener() {} });
// Nor fonts, which fields that grow wait for.
Object.defineProperty(document, "fonts", { value: { addEventListener() {}, removeEventListener() {} } });

beforeEach(async () => {
  localStorage.clear();
  await loadTexts("ui");
  await switchLanguage("zh-Hans");
});

afterEach(cleanup);
