/** The tablet's life: paired or not, what it knows, what it noted, and telling it when there is a network. */
import { useCallback, useEffect, useState } from "react";
import { call } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { localDay } from "@/ui";
import type { Sheet } from "../types";
import { keyOfTablet } from "./codes";
import {
  type Found,
  familyOf,
  type Greeting,
  greet,
  holderOf,
  isCard,
  isFamilyCard,
  momentsOf,
  normal,
  proofOf,
} from "./reading";
import {
  type Deed,
  drop,
  dropFaces,
  forget,
  isDeed,
  keep,
  type Liked,
  likedFaces,
  markSent,
  type NewDeed,
  note,
  noted,
  putFaces,
  read,
  type Scan,
} from "./store";
import { inTurn } from "./turns";

const EVERY = 60_000;
const SOON = 5_000;
const AT_ONCE = 200;
/** A turn has an end, whatever is noted meanwhile. */
const PATIENCE = 40;

export interface DeviceState {
  loading: boolean;
  /** Undefined while it is not paired. */
  sheet: Sheet | undefined;
  scans: Scan[];
  deeds: Deed[];
  faces: Liked[];
  offset: number;
  syncedAt: number | undefined;
  /** Why the last telling failed: `unreachable` is no network. */
  fault: string | undefined;
}

const EMPTY: DeviceState = {
  loading: true,
  sheet: undefined,
  scans: [],
  deeds: [],
  faces: [],
  offset: 0,
  syncedAt: undefined,
  fault: undefined,
};

export type Device = ReturnType<typeof useDevice>;

export function useDevice() {
  const [state, setState] = useState(EMPTY);

  const load = useCallback(async (fault?: string) => {
    const [sheet, offset = 0, syncedAt] = [await read("sheet"), await read("offset"), await read("syncedAt")];
    const today = localDay(new Date(Date.now() + offset));
    // A sheet lies on the table for its day.
    if (sheet && sheet.day !== today && sheet.expected.length + sheet.families.length > 0) {
      sheet.expected = [];
      sheet.families = [];
      await keep({ sheet });
    }
    const all = await noted();
    const isPast = (one: { at: number }) => localDay(new Date(one.at + offset)) !== today;
    const past = all.filter((one) => one.sent && isPast(one));
    if (past.length > 0) await drop(past.map((one) => one.uid));
    const faces = await likedFaces();
    const told = faces.filter((one) => !one.face && isPast(one));
    if (told.length > 0) await dropFaces(told);
    const kept = all.filter((one) => !past.includes(one));
    const [deeds, scans] = [kept.filter(isDeed), kept.filter((one): one is Scan => !isDeed(one))];
    setState({ loading: false, sheet, scans, deeds, faces, offset, syncedAt, fault });
  }, []);

  const tell = useCallback(async () => {
    const token = await read("token");
    if (!token) return load();
    let fault: string | undefined;
    try {
      for (let turns = 0, more = true; more && turns < PATIENCE; turns += 1) {
        const waiting = (await noted()).filter((one) => !one.sent).slice(0, AT_ONCE);
        const now = Date.now();
        const { data } = await call.POST("/api/device/sync", {
          headers: { Authorization: `Bearer ${token}` },
          body: {
            now: moment(now),
            events: waiting.flatMap((one) => {
              if (isDeed(one)) return [];
              const { uid, counter, card } = one;
              return { uid, counter, card, at: moment(one.at) };
            }),
            children: waiting.filter(isDeed).map(({ uid, counter, at, kind, booking, proof, guardian, card }) => ({
              uid,
              counter,
              at: moment(at),
              kind,
              booking,
              proof: proof ?? "",
              guardian: guardian ?? "",
              card: card ?? "",
            })),
          },
        });
        if (!data) break;
        await markSent(data.taken);
        await keep({ sheet: data, offset: Date.parse(data.now) - now, syncedAt: now });
        more = waiting.length === AT_ONCE;
        if (more) await load();
      }
      // Faces that are not taken keep nobody from coming and going; they are told again with the next turn.
      await tellFaces(token).catch(() => undefined);
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

  // Codes that the server has not made ready yet follow in a moment.
  const { sheet, syncedAt } = state;
  useEffect(() => {
    if (!syncedAt || sheet?.complete !== false) return;
    const timer = setTimeout(() => void sync().catch(() => undefined), SOON);
    return () => clearTimeout(timer);
  }, [sheet, syncedAt, sync]);

  const pair = async (code: string) => {
    const { data } = await call.POST("/api/device/pair", { body: { code: code.replace(/\s/g, "") } });
    if (!data) return;
    await keep({ token: data.token, codeKey: await keyOfTablet(data.code_key) });
    await sync();
  };

  /** A greeting for a volunteer; a family, whose children are asked about next. */
  const scan = async (text: string): Promise<Greeting | Found> => {
    const card = normal(text);
    const { sheet, offset } = state;
    const family = sheet && (await familyOf(card, sheet));
    if (family) return family;
    if (isFamilyCard(card)) return { kind: "family_unknown" };
    if (!sheet || !isCard(card)) return { kind: "unreadable" };
    const at = Date.now();
    const person = await holderOf(card, sheet);
    const before = person ? momentsOf(person, state.scans, offset) : [];
    await tellOf([{ uid: uuid(), card, proof: await proofOf(card), at }]);
    return greet(person, before, at + offset);
  };

  /** On disk before anybody is told so. */
  const tellOf = async (what: Parameters<typeof note>[0]) => {
    await note(what);
    await load(state.fault);
    void sync().catch(() => undefined);
  };

  const noteFaces = async (said: Liked[]) => {
    await putFaces(said);
    await load(state.fault);
    void sync().catch(() => undefined);
  };

  return { state, pair, scan, noteChildren: (deeds: NewDeed[]) => tellOf(deeds), noteFaces };
}

/** What they were is forgotten once it is told. */
async function tellFaces(token: string): Promise<void> {
  const said = (await likedFaces()).filter((one) => one.face).slice(0, AT_ONCE);
  if (said.length === 0) return;
  await call.POST("/api/device/faces", {
    headers: { Authorization: `Bearer ${token}` },
    body: { taps: said.flatMap(({ booking, face }) => (face ? { booking, face } : [])) },
  });
  await putFaces(said.map(({ booking, at }) => ({ booking, at })));
}

const moment = (at: number): string => new Date(at).toISOString();

/** crypto.randomUUID is newer than some tablets. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
