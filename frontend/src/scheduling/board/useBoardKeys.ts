/** Keys on the board: arrows move, Enter opens (a bar is a button), M moves the session, / searches, Escape closes. */
import { useEffect, useState } from "react";
import { neighbor, type Row } from "./arrange";

interface Options {
  board: React.RefObject<HTMLDivElement | null>;
  rows: Row[];
  selected: number | undefined;
  onOpen: (id: number | undefined) => void;
  onMove: (id: number) => void;
  searchRef: React.RefObject<HTMLInputElement | null>;
}

const idOf = (target: EventTarget): number | undefined => {
  const bar = target instanceof Element ? target.closest<HTMLElement>("[data-session]") : null;
  return bar ? Number(bar.dataset.session) : undefined;
};

const typing = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog]") !==
    null;

export function useBoardKeys({ board, rows, selected, onOpen, onMove, searchRef }: Options) {
  const [last, setLast] = useState<number>();
  const present = (id: number | undefined) => rows.some((row) => row.sessions.some((one) => one.id === id));
  const first = rows.find((row) => row.sessions.length > 0)?.sessions[0]?.id;
  const reachable = present(last) ? last : first;

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "/") {
        event.preventDefault();
        searchRef.current?.focus();
      } else if (event.key === "Escape" && selected !== undefined) {
        onOpen(undefined);
        board.current?.querySelector<HTMLElement>(`[data-session="${selected}"]`)?.focus();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });

  const onKeyDown = (event: React.KeyboardEvent) => {
    const id = idOf(event.target);
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = neighbor(rows, id, event.key);
      if (next === undefined) return;
      // Its site may not be filled yet: being reachable fills it, then it can be looked for.
      setLast(next);
      requestAnimationFrame(() => {
        const bar = board.current?.querySelector<HTMLElement>(`[data-session="${next}"]`);
        bar?.focus({ preventScroll: true });
        bar?.scrollIntoView({ block: "nearest", inline: "nearest" });
      });
    } else if (event.key === "m" || event.key === "M") {
      const session = rows.flatMap((row) => row.sessions).find((one) => one.id === id);
      if (session?.editable && session.state !== "cancelled") onMove(id);
    }
  };
  const onFocus = (event: React.FocusEvent) => {
    const id = idOf(event.target);
    if (id !== undefined) setLast(id);
  };
  return { reachable, onKeyDown, onFocus };
}
