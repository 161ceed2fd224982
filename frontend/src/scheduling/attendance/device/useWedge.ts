import { useEffect, useRef } from "react";

const SLOW = 1000;

/** A scanner that acts as a keyboard: characters in quick succession and Enter, wherever on the page. A field for digits
 * (`data-digits`) keeps those that are typed; a card, which begins with a letter, goes past it. */
export function useWedge(onText: (text: string) => void): void {
  const latest = useRef(onText);
  latest.current = onText;
  useEffect(() => {
    let typed = "";
    let last = 0;
    const isCard = () => /^[a-z]/i.test(typed);
    const listen = (event: KeyboardEvent) => {
      const field =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]");
      if ((field && !field.matches("[data-digits]")) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.timeStamp - last > SLOW) typed = "";
      last = event.timeStamp;
      if (event.key === "Enter") {
        // Enter on a button presses it, unless a whole card came before.
        if (typed.length < 8 || (field && !isCard())) return;
        event.preventDefault();
        latest.current(typed);
        typed = "";
      } else if (event.key.length === 1) {
        typed += event.key;
        if (field && isCard()) event.preventDefault();
      }
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
