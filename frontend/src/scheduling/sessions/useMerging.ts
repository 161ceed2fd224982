/** A form that others may save meanwhile: what only they changed comes in, what both changed is chosen. */
import { useState } from "react";
import type { components } from "@/api/schema";
import { merge, type Parts, take } from "./merging";

type Session = components["schemas"]["SessionPanel"];

export interface Merging<Value> {
  mine: Value;
  setMine: (value: Value) => void;
  /** A save is made from this revision. */
  revision: number;
  /** Parts to choose, of mine and of theirs. */
  clashes: { part: number; mine: Value; theirs: Value; choose: (whose: "mine" | "theirs") => void }[];
  /** Parts that came in, as they are now. */
  taken: { part: number; theirs: Value }[];
  /** Who saved last, where somebody did while this was open. */
  by: string | undefined;
}

/** `session`: the newest known; what it was when the form opened is remembered here. `begin`: what the form shows then. */
export function useMerging<Value>(
  session: Session,
  read: (session: Session) => Value,
  parts: Parts<Value>,
  begin?: Value,
): Merging<Value> {
  const [opened] = useState(session.revision);
  const [base, setBase] = useState(session);
  const [mine, setMine] = useState(() => begin ?? read(session));
  const [kept, setKept] = useState<ReadonlySet<number>>(new Set());
  const [taken, setTaken] = useState<Merging<Value>["taken"]>([]);
  const theirs = read(session);
  const moved = session.revision > base.revision;
  const found = moved ? merge({ base: read(base), mine, theirs }, parts, kept) : undefined;
  if (found && found.clashes.length === 0) {
    // Nothing is left to choose: on from what is there now.
    setBase(session);
    setMine(found.value);
    setKept(new Set());
    setTaken(found.taken.map((part) => ({ part, theirs })));
  }
  return {
    mine,
    setMine,
    revision: base.revision,
    clashes: (found?.clashes ?? []).map((part) => ({
      part,
      mine,
      theirs,
      choose: (whose) => {
        if (whose === "mine") setKept(new Set([...kept, part]));
        else setMine(take(mine, theirs, parts[part] ?? []));
      },
    })),
    taken,
    by: session.revision > opened ? (session.history[0]?.by ?? "") : undefined,
  };
}
