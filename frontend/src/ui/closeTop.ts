/** Escape closes what lies on top alone: each dialog listens for itself, and one key would close those below as well, with
 * all that was filled in there. */
export function closeTop(): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.isComposing || opensSomething(event.target)) return;
    const open = document.querySelectorAll(".mantine-Modal-content, .mantine-Drawer-content");
    if (open.length < 2) return;
    event.stopImmediatePropagation();
    open[open.length - 1]?.querySelector<HTMLElement>(".mantine-Modal-close, .mantine-Drawer-close")?.click();
  };
  window.addEventListener("keydown", listen, { capture: true });
  return () => window.removeEventListener("keydown", listen, { capture: true });
}

/** A list that hangs open below a field: Escape is its own. */
const opensSomething = (target: EventTarget | null): boolean =>
  target instanceof Element && target.getAttribute("data-mantine-stop-propagation") === "true";
