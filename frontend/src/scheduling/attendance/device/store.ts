/**
 * What the tablet keeps: its token and the day's sheet under `kept`, what it noted under `events` until the server has it
 * (and until the day is over, to show who came). IndexedDB, since it survives a reload and a flat battery.
 */
import type { Sheet } from "../types";

export interface Kept {
  token: string;
  /** The sheet as last told; its people are cleared when its day is over. */
  sheet: Sheet;
  /** How far this clock is behind the server's, in milliseconds. */
  offset: number;
  syncedAt: number;
  counter: number;
}

export interface Scan {
  uid: string;
  counter: number;
  card: string;
  /** SHA-256 of what the card says. */
  proof: string;
  /** By this clock. */
  at: number;
  sent: boolean;
}

const NAME = "renqi-device";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      request.result.createObjectStore("events", { keyPath: "uid" });
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
    }, again);
  }
  return opened;
}

/** One transaction; resolves once it is on disk. */
async function transact<Result>(
  write: boolean,
  work: (kept: IDBObjectStore, events: IDBObjectStore) => IDBRequest<Result> | undefined,
): Promise<Result | undefined> {
  const transaction = (await database()).transaction(["kept", "events"], write ? "readwrite" : "readonly");
  const request = work(transaction.objectStore("kept"), transaction.objectStore("events"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export async function read<Name extends keyof Kept>(name: Name): Promise<Kept[Name] | undefined> {
  return (await transact(false, (kept) => kept.get(name))) as Kept[Name] | undefined;
}

export async function keep(values: Partial<Kept>): Promise<void> {
  await transact(true, (kept) => {
    for (const [name, value] of Object.entries(values)) kept.put(value, name);
    return undefined;
  });
}

/** All but what was noted and never arrived. */
export async function forget(): Promise<void> {
  await transact(true, (kept) => {
    for (const name of ["token", "sheet", "offset", "syncedAt"] satisfies (keyof Kept)[]) kept.delete(name);
    return undefined;
  });
}

/** The scan and the count it has, in one transaction: two tabs never count alike. */
export function note(noted: Pick<Scan, "uid" | "card" | "proof" | "at">): Promise<Scan | undefined> {
  let scan: Scan | undefined;
  return transact(true, (kept, events) => {
    const last = kept.get("counter");
    last.onsuccess = () => {
      scan = { ...noted, counter: ((last.result as number | undefined) ?? 0) + 1, sent: false };
      kept.put(scan.counter, "counter");
      events.add(scan);
    };
    return undefined;
  }).then(() => scan);
}

export async function scans(): Promise<Scan[]> {
  const found = (await transact(false, (_, events) => events.getAll())) as Scan[] | undefined;
  return (found ?? []).sort((a, b) => a.counter - b.counter);
}

export async function markSent(uids: string[]): Promise<void> {
  await transact(true, (_, events) => {
    for (const uid of uids) {
      const request = events.get(uid);
      request.onsuccess = () => {
        if (request.result) events.put({ ...(request.result as Scan), sent: true });
      };
    }
    return undefined;
  });
}

export async function drop(uids: string[]): Promise<void> {
  await transact(true, (_, events) => {
    for (const uid of uids) events.delete(uid);
    return undefined;
  });
}
