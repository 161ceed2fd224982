import "./ui/mantine.css";
import "@mantine/notifications/styles.css";
import "./ui/theme.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { loadTexts, switchLanguage } from "./i18n";
import { storedLanguage } from "./i18n/language";
import { closeTop } from "./ui/closeTop";
import { restoreElder } from "./ui/elder";
import { keepFocus } from "./ui/keepFocus";

async function start(root: HTMLElement): Promise<void> {
  restoreElder();
  keepFocus();
  closeTop();
  await loadTexts("ui");
  await switchLanguage(storedLanguage());
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) void start(root);
