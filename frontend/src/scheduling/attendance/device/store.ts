/**
 * What the tablet keeps: its token, its key and the day's sheet under `kept`, what it noted under `events` until the server
 * has it (and until the day is over, to show who came), what families tapped under `faces`. IndexedDB, since it survives
 * a reload and a flat battery.
 */
import type { FaceKind } from "@/scheduling/files/types";
import type { Sheet } from "../types";

export interface Kept {
  token: string;
  /** What pick-up codes are bound to. Not extractable: no script reads it, ours included. */
  codeKey: CryptoKey;
  /** The sheet as last told; its people are cleared when its day is over. */
  sheet: Sheet;
  /** How far this clock is behind the server's, in milliseconds. */
  offset: number;
  syncedAt: number;
  counter: number;
}

interface Noted {
  uid: string;
  counter: number;
  /** By this clock. */
  at: number;
  sent: boolean;
}

/** A volunteer's card. */
export interface Scan extends Noted {
  card: string;
  /** SHA-256 of what the card says. */
  proof: string;
}

/** A child came or went; a wrong code was said for it. */
export interface Deed extends Noted {
  booking: number;
  kind: "in" | "out" | "try";
  /** With whom it went: by a code, proven to the server alone; or a guardian, by the family's card; else alone. */
  proof?: string;
  guardian?: string;
  card?: string;
}

/** What a family said of the session that a booking was for. Told, it is known that they did, not what. */
export interface Liked {
  booking: number;
  at: number;
  face?: FaceKind;
}

type New<Kind extends Noted> = Omit<Kind, "counter" | "sent">;
export type NewDeed = New<Deed>;

export const isDeed = (noted: Scan | Deed): noted is Deed => "booking" in noted;

const NAME = "renqi-device";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) {
        request.result.createObjectStore("kept");
        request.result.createObjectStore("events", { keyPath: "uid" });
      }
      request.result.createObjectStore("faces", { keyPath: "booking" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

let opened: Promise<IDBDatabase> | undefined;

/** Opened once; anew when that failed, or when the browser closed it. */
function database(): Promise<IDBDatabase> {
  const again = () => {
    opened = undefined;
  };
  if (!opened) {
    opened = open();
    opened.then((found) => {
      found.onclose = again;
      // A newer page in another tab wants other stores.
      found.onversionchange = () => {
        found.close();
        again();
      };
    }, again);
  }
  return opened;
}

type Stores = { [name in "kept" | "events" | "faces"]: IDBObjectStore };

/** One transaction; resolves once it is on disk. */
async function transact<Result>(
  write: boolean,
  work: (stores: Stores) => IDBRequest<Result> | undefined,
): Promise<Result | undefined> {
  const transaction = (await database()).transaction(["kept", "events", "faces"], write ? "readwrite" : "readonly");
  const request = work({
    kept: transaction.objectStore("kept"),
    events: transaction.objectStore("events"),
    faces: transaction.objectStore("faces"),
  });
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export async function read<Name extends keyof Kept>(name: Name): Promise<Kept[Name] | undefined> {
  return (await transact(false, ({ kept }) => kept.get(name))) as Kept[Name] | undefined;
}

export async function keep(values: Partial<Kept>): Promise<void> {
  await transact(true, ({ kept }) => {
    for (const [name, value] of Object.entries(values)) kept.put(value, name);
    return undefined;
  });
}

/** All but what was noted and never arrived. */
export async function forget(): Promise<void> {
  await transact(true, ({ kept }) => {
    for (const name of ["token", "codeKey", "sheet", "offset", "syncedAt"] satisfies (keyof Kept)[]) kept.delete(name);
    return undefined;
  });
}

/** What was noted at once, each with its count, in one transaction: two tabs never count alike. */
export async function note(noted: (New<Scan> | New<Deed>)[]): Promise<void> {
  await transact(true, ({ kept, events }) => {
    const last = kept.get("counter");
    last.onsuccess = () => {
      let counter = (last.result as number | undefined) ?? 0;
      for (const one of noted) {
        counter += 1;
        events.add({ ...one, counter, sent: false });
      }
      kept.put(counter, "counter");
    };
    return undefined;
  });
}

export async function noted(): Promise<(Scan | Deed)[]> {
  const found = (await transact(false, ({ events }) => events.getAll())) as (Scan | Deed)[] | undefined;
  return (found ?? []).sort((a, b) => a.counter - b.counter);
}

export async function markSent(uids: string[]): Promise<void> {
  await transact(true, ({ events }) => {
    for (const uid of uids) {
      const request = events.get(uid);
      request.onsuccess = () => {
        if (request.result) events.put({ ...(request.result as Scan | Deed), sent: true });
      };
    }
    return undefined;
  });
}

export async function drop(uids: string[]): Promise<void> {
  await transact(true, ({ events }) => {
    for (const uid of uids) events.delete(uid);
    return undefined;
  });
}

export async function putFaces(said: Liked[]): Promise<void> {
  await transact(true, ({ faces }) => {
    for (const one of said) faces.put(one);
    return undefined;
  });
}

export async function likedFaces(): Promise<Liked[]> {
  return ((await transact(false, ({ faces }) => faces.getAll())) as Liked[] | undefined) ?? [];
}

export async function dropFaces(past: Liked[]): Promise<void> {
  await transact(true, ({ faces }) => {
    for (const { booking } of past) faces.delete(booking);
    return undefined;
  });
}
