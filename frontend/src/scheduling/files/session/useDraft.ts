/** A record as it is typed: saved a moment after the last key, one save at a time, and once more when the page is left. */
import { useCallback, useEffect, useRef, useState } from "react";
import { call } from "@/api/client";
import type { Record, Words } from "../types";

const PAUSE = 1000;
export const fields = ["aim", "process", "noticed", "follow_up"] as const satisfies (keyof Words)[];
type Saving = "untouched" | "saved" | "typing" | "failed";

const wordsOf = ({ aim, process, noticed, follow_up }: Record): Words => ({ aim, process, noticed, follow_up });

export function useDraft(session: number, record: Record, aim: string) {
  const [words, show] = useState<Words>(() => ({ ...wordsOf(record), aim: record.aim || aim }));
  const [state, setState] = useState<Saving>("untouched");
  const [error, setError] = useState<unknown>(null);
  const held = useRef({ words, revision: record.revision, changed: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef<Promise<boolean> | null>(null);

  const send = useCallback(async (): Promise<boolean> => {
    const { words: body, revision } = held.current;
    held.current.changed = false;
    try {
      const { data } = await call.PUT("/api/files/sessions/{session_id}/record", {
        params: { path: { session_id: session } },
        body: { ...body, revision },
      });
      if (data) held.current.revision = data.revision;
      setError(null);
      setState(held.current.changed ? "typing" : "saved");
      return true;
    } catch (fault) {
      held.current.changed = true;
      setError(fault);
      setState("failed");
      return false;
    }
  }, [session]);

  /** Whether all that was typed is saved now. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (busy.current) await busy.current;
    if (!held.current.changed) return true;
    busy.current = send();
    const done = await busy.current;
    busy.current = null;
    return done && (held.current.changed ? flush() : true);
  }, [send]);

  const type = (field: keyof Words, text: string) => {
    const next = { ...held.current.words, [field]: text };
    held.current.words = next;
    held.current.changed = true;
    show(next);
    setState("typing");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), PAUSE);
  };

  useEffect(() => {
    const leave = () => void flush();
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", leave);
      leave();
    };
  }, [flush]);

  return { words, type, state, error, flush };
}
