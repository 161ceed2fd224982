/** The tablet's life: paired or not, what it knows, what it noted, and telling it when there is a network. */
import { useCallback, useEffect, useState } from "react";
import { call } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { localDay } from "@/ui";
import type { Sheet } from "../types";
import { type Greeting, greet, holderOf, isCard, momentsOf, normal, proofOf } from "./reading";
import { drop, forget, keep, markSent, note, read, type Scan, scans } from "./store";
import { inTurn } from "./turns";

const EVERY = 60_000;
const AT_ONCE = 200;

export interface DeviceState {
  loading: boolean;
  /** Undefined while it is not paired. */
  sheet: Sheet | undefined;
  scans: Scan[];
  offset: number;
  syncedAt: number | undefined;
  /** Why the last telling failed: `unreachable` is no network. */
  fault: string | undefined;
}

const EMPTY: DeviceState = {
  loading: true,
  sheet: undefined,
  scans: [],
  offset: 0,
  syncedAt: undefined,
  fault: undefined,
};

export function useDevice() {
  const [state, setState] = useState(EMPTY);

  const load = useCallback(async (fault?: string) => {
    const [sheet, offset = 0, syncedAt] = [await read("sheet"), await read("offset"), await read("syncedAt")];
    const today = localDay(new Date(Date.now() + offset));
    // A sheet lies on the table for its day.
    if (sheet && sheet.day !== today && sheet.expected.length > 0) {
      sheet.expected = [];
      await keep({ sheet });
    }
    const all = await scans();
    const past = all.filter((scan) => scan.sent && localDay(new Date(scan.at + offset)) !== today);
    if (past.length > 0) await drop(past.map((scan) => scan.uid));
    const kept = all.filter((scan) => !past.includes(scan));
    setState({ loading: false, sheet, scans: kept, offset, syncedAt, fault });
  }, []);

  const tell = useCallback(async () => {
    const token = await read("token");
    if (!token) return load();
    let fault: string | undefined;
    try {
      for (let more = true; more; ) {
        const waiting = (await scans()).filter((scan) => !scan.sent).slice(0, AT_ONCE);
        const now = Date.now();
        const { data } = await call.POST("/api/device/sync", {
          headers: { Authorization: `Bearer ${token}` },
          body: {
            now: new Date(now).toISOString(),
            events: waiting.map(({ uid, counter, card, at }) => ({
              uid,
              counter,
              card,
              at: new Date(at).toISOString(),
            })),
          },
        });
        if (!data) break;
        await markSent(data.taken);
        await keep({ sheet: data, offset: Date.parse(data.now) - now, syncedAt: now });
        more = waiting.length === AT_ONCE;
      }
    } catch (error) {
      fault = error instanceof Refusal ? error.code : "unreachable";
      // What was noted stays: a tablet that is paired anew tells it then.
      if (fault === "device_revoked" || fault === "device_unknown") await forget();
    }
    await load(fault);
  }, [load]);

  const [sync] = useState(() => inTurn(tell));

  useEffect(() => {
    // What failed is tried again with the next turn.
    const turn = () => void sync().catch(() => undefined);
    load().then(turn, turn);
    const timer = setInterval(turn, EVERY);
    window.addEventListener("online", turn);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", turn);
    };
  }, [load, sync]);

  const pair = async (code: string) => {
    const { data } = await call.POST("/api/device/pair", { body: { code: code.replace(/\s/g, "") } });
    if (!data) return;
    await keep({ token: data.token });
    await sync();
  };

  const scan = async (text: string): Promise<Greeting> => {
    const card = normal(text);
    const { sheet, offset } = state;
    if (!sheet || !isCard(card)) return { kind: "unreadable" };
    const at = Date.now();
    const person = await holderOf(card, sheet);
    const before = person ? momentsOf(person, await scans(), offset) : [];
    await note({ uid: uuid(), card, proof: await proofOf(card), at });
    await load(state.fault);
    void sync().catch(() => undefined);
    return greet(person, before, at + offset);
  };

  return { state, pair, scan, sync };
}

/** crypto.randomUUID is newer than some tablets. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
