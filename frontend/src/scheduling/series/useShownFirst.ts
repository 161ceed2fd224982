/** A deed that is posted twice: once to see how it comes out, once to save just that. Between the two, what clashes is
 * settled row by row. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Choice, Outcome, Settled } from "./types";

/** What is asked of the server beside the deed itself. */
export interface Asked extends Settled {
  seen: string;
  reason: string;
  borne_reason: string;
}
/** Why sessions are cancelled, and why what clashes is borne. */
export type Reasons = Pick<Asked, "reason" | "borne_reason">;
type Post = (asked: Asked) => Promise<Outcome>;

const UNSETTLED: Settled = { choices: [], borne: [] };

export function useShownFirst(post: Post, onSaved: (done: Outcome) => void) {
  const cache = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>();
  const [anew, setAnew] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [settled, setSettled] = useState(UNSETTLED);
  /** Of those who asked one after the other the last is answered, whoever's answer comes last. */
  const turn = useRef(0);
  const ask = async (how: Post, asked: Asked) => {
    turn.current += 1;
    const mine = turn.current;
    const isLast = () => mine === turn.current;
    setBusy(true);
    setError(null);
    try {
      const found = await how(asked);
      if (found.saved) {
        await cache.invalidateQueries();
        onSaved(found);
      } else if (isLast()) {
        setAnew(asked.seen !== "");
        setOutcome(found);
      }
    } catch (refused) {
      if (isLast()) setError(refused);
    } finally {
      if (isLast()) setBusy(false);
    }
  };
  const look = (how: Post = post, as = settled) => ask(how, { ...as, seen: "", reason: "", borne_reason: "" });
  const settle = (next: Settled) => {
    setSettled(next);
    void look(post, next);
  };
  return {
    outcome,
    /** A save was asked for, but something had changed since: `outcome` is how it would come out now. */
    anew,
    busy,
    error,
    look,
    save: (reasons: Reasons) => ask(post, { ...settled, ...reasons, seen: outcome?.seen ?? "" }),
    settling: {
      settled,
      /** One row: another room or hour, or what stands against it is borne; none: as it was. */
      choose: (row: string, choice?: Omit<Choice, "row">) =>
        settle({
          ...settled,
          choices: [...settled.choices.filter((one) => one.row !== row), ...(choice ? [{ row, ...choice }] : [])],
        }),
      /** All of a kind. */
      bear: (code: string, yes: boolean) =>
        settle({ ...settled, borne: [...settled.borne.filter((one) => one !== code), ...(yes ? [code] : [])] }),
    },
    reset: () => {
      turn.current += 1;
      setBusy(false);
      setOutcome(undefined);
      setAnew(false);
      setError(null);
      setSettled(UNSETTLED);
    },
  };
}

export type Settling = ReturnType<typeof useShownFirst>["settling"];
