/** One box that scanners type into: codes are done one after the other, and what was done stands below, the newest first. */
import { Button, Group, Loader, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { call } from "@/api/client";
import { useText } from "@/i18n";
import { useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ScanButton } from "@/ui/ScanButton";
import styles from "../circulation.module.css";
import type { DeskCopy } from "../types";
import { useRefreshBooks } from "../useRefreshBooks";
import { Done, type Entry } from "./Done";
import type { Chosen, Mode } from "./page";

const SHOWN = 12;

/** For whom, as it stood when the code was read: whoever comes next may be chosen before its turn. */
interface Desk {
  mode: Mode;
  chosen?: Chosen;
}

export function Scanning({ hub, mode, chosen }: { hub: number; mode: Mode; chosen?: Chosen }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshBooks();
  const box = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const [several, setSeveral] = useState<DeskCopy[]>([]);
  const [hint, setHint] = useState("");
  const [missed, setMissed] = useState<string[]>([]);
  const [log, setLog] = useState<Entry[]>([]);
  const path = { params: { path: { hub_id: hub } } };
  const desk: Desk = { mode, chosen };
  /** What the camera did last: still in view, it must not be undone. */
  const held = useRef("");
  const add = (entry: Omit<Entry, "number">) => {
    setLog((before) => [{ ...entry, number: (before[0]?.number ?? 0) + 1 }, ...before].slice(0, SHOWN));
    return true;
  };
  const miss = (code: string, error: unknown) => {
    const said = `${code} ${words(error)}`;
    setMissed((before) => (before.includes(said) ? before : [...before, said]));
    return false;
  };
  const tell = (words: string) => {
    setHint(words);
    return false;
  };

  const act = useMutation({
    /** Whether anything was done. */
    mutationFn: async ({ copy, mode, chosen }: Desk & { copy: DeskCopy }): Promise<boolean> => {
      if (mode === "brought") {
        if (!chosen) return tell(t("counter.choose_child"));
        const body = { copy_id: copy.id, child: chosen.reader.id, said: chosen.said };
        await call.POST("/api/lending/hubs/{hub_id}/credit", { ...path, body });
        return add({ how: "brought", copy, who: chosen.reader.name });
      }
      if (copy.loan || copy.state === "lost") {
        const { data } = await call.POST("/api/lending/hubs/{hub_id}/take-back", {
          ...path,
          body: { copy_id: copy.id, damaged: false },
        });
        return data !== undefined && add({ how: "back", copy, who: data.loan.reader, back: data });
      }
      if (!chosen) return tell(t("counter.choose_reader", { book: copy.book.name }));
      const body = { copy_id: copy.id, reader: chosen.reader.id, said: chosen.said };
      const { data } = await call.POST("/api/lending/hubs/{hub_id}/lend", { ...path, body });
      return data !== undefined && add({ how: "lent", copy, who: data.reader, due: data.due_on });
    },
    onSettled: refresh,
  });
  const scan = useMutation({
    /** Scanners don't wait for an answer: what comes meanwhile stands in line. */
    scope: { id: `counter ${hub}` },
    mutationFn: async ({ text, ...desk }: Desk & { text: string }) => {
      const params = { ...path.params, query: { code: text } };
      const { data = [] } = await call.GET("/api/lending/hubs/{hub_id}/copies", { params });
      const [only, ...others] = data;
      if (!only) return setHint(t("counter.unknown", { code: text }));
      if (others.length > 0) return setSeveral(data);
      const done = await act.mutateAsync({ copy: only, ...desk }).catch((error: unknown) => miss(text, error));
      if (!done && held.current === text) held.current = "";
    },
    onError: (error, { text }) => {
      if (held.current === text) held.current = "";
      miss(text, error);
    },
  });
  const read = (text: string) => {
    // What came to nothing is there to be read until all in line is done.
    if (!scan.isPending) {
      setHint("");
      setMissed([]);
      setSeveral([]);
      act.reset();
    }
    held.current = text;
    scan.mutate({ text, ...desk });
  };
  return (
    <>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault();
          const text = code.trim();
          setCode("");
          box.current?.focus();
          if (text) read(text);
        }}
      >
        <TextInput
          ref={box}
          label={t("counter.scan")}
          description={t("counter.scan_hint")}
          value={code}
          maxLength={200}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setCode(value)}
          enterKeyHint="done"
          rightSection={(scan.isPending || act.isPending) && <Loader size="xs" />}
        />
        <Group gap="sm">
          {/* Never out of use while one is done: a form whose button is would drop the next code's Enter. */}
          <Button type="submit">{t(mode === "lend" ? "counter.verb" : "counter.verb_brought")}</Button>
          <ScanButton lasting onText={(text) => text !== held.current && read(text)} />
        </Group>
        {hint && <span role="status">{hint}</span>}
        {missed.map((one) => (
          <span key={one} role="alert" className={rows.error}>
            {one}
          </span>
        ))}
        {several.length > 0 && (
          <>
            <span role="status">{t("counter.which")}</span>
            <div className={styles.choices}>
              {several.map((copy) => (
                <Button
                  key={copy.id}
                  variant="default"
                  onClick={() => {
                    setSeveral([]);
                    act.mutate({ copy, ...desk }, { onError: (error) => miss(copy.sticker, error) });
                  }}
                >
                  {t("counter.one_of", {
                    sticker: copy.sticker || t("counter.no_sticker"),
                    state: copy.loan?.reader ?? t(`copy.${copy.state}`),
                  })}
                </Button>
              ))}
            </div>
          </>
        )}
      </form>
      {log.length > 0 && (
        <ul className={styles.log} aria-label={t("counter.done")} aria-live="polite">
          {log.map((entry) => (
            <Done key={entry.number} entry={entry} hub={hub} />
          ))}
        </ul>
      )}
    </>
  );
}
