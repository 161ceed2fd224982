import { expect, test } from "vitest";
import type { Expected, Sheet } from "../types";
import { doorAddress } from "./door";
import { greet, holderOf, isCard, momentsOf, normal, seenFor } from "./reading";

const at = (time: string) => Date.parse(`2026-12-14T${time}:00+08:00`);
const place = (starts: string, ends: string, came: string | null = null): Expected["places"][number] => ({
  title: "共读",
  role: "讲故事",
  starts_at: `2026-12-14T${starts}:00+08:00`,
  ends_at: `2026-12-14T${ends}:00+08:00`,
  signed_in_at: came && `2026-12-14T${came}:00+08:00`,
  signed_out_at: null,
});
const CARD = "RQ46677241ABCDEF0123456789ABCD";
const zhang: Expected = {
  name: "张桂兰",
  number: "46677241",
  proof: "68e28c7e782af8420fa5c3dad8f52bdad7855be31aab14387b0103b7d67fd25a",
  places: [place("09:00", "10:30"), place("10:45", "12:00")],
};
const sheet: Sheet = {
  now: "2026-12-14T00:00:00Z",
  hub: { id: 3, name: "双龙" },
  device: 5,
  door_key: "0123456789abcdef0123456789abcdef",
  door: "https://renqi.example/in/",
  taken: [],
  day: "2026-12-14",
  expected: [zhang],
  rounds: 1,
  families: [],
  complete: true,
};

test("the tablet signs the door's code as the server does", async () => {
  expect(await doorAddress(sheet, Number.parseInt("hsk2f1", 36) * 30_000)).toBe(
    "https://renqi.example/in/3.5.hsk2f1.UEjOPODx_bciPn6LszG6YA",
  );
});

test("a card is read however it is written, and a slip of the finger is none", () => {
  expect([normal("4667 7241"), normal("rq46677241"), isCard("RQ46677241"), isCard(CARD)]).toEqual([
    "RQ46677241",
    "RQ46677241",
    true,
    true,
  ]);
  expect([isCard("RQ46677242"), isCard("RQ46767241"), isCard("https://a.b"), isCard(CARD.slice(0, -1))]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("a card with another code is not theirs; a typed number is", async () => {
  expect(await holderOf(CARD, sheet)).toBe(zhang);
  expect(await holderOf(`${CARD.slice(0, -1)}E`, sheet)).toBeUndefined();
  expect(await holderOf("RQ46677241", sheet)).toBe(zhang);
});

test("first seen is coming, seen again at once is the same, seen later is going", () => {
  const [first] = zhang.places;
  if (!first) throw new Error();
  const seen = (...times: string[]) => seenFor(first, times.map(at));
  expect(seen("08:55")).toEqual({ came: at("08:55"), went: undefined });
  expect(seen("08:55", "08:57")).toEqual({ came: at("08:55"), went: undefined });
  expect(seen("08:20", "08:55", "10:31", "11:00")).toEqual({ came: at("08:55"), went: at("10:31") });
  expect(seen("10:40")).toEqual({ came: undefined, went: undefined });
  // What the server knew counts too.
  expect(seenFor(place("09:00", "10:30", "08:50"), [at("10:31")])).toEqual({ came: at("08:50"), went: at("10:31") });
});

test("people are greeted by what their card came to", () => {
  const said = (before: string[], time: string) => greet(zhang, before.map(at), at(time)).kind;
  expect(said([], "08:00")).toBe("early");
  expect(said([], "08:55")).toBe("in");
  expect(said(["08:55"], "08:56")).toBe("again");
  expect(said(["08:55"], "10:00")).toBe("out");
  // Between two sessions: the one that begins.
  expect(said(["08:55"], "10:31")).toBe("in");
  expect(said(["08:55", "10:31"], "12:01")).toBe("out");
  expect(said(["08:55", "10:31", "12:01"], "12:10")).toBe("gone");
  // Nobody noted that they came.
  expect(said([], "12:01")).toBe("late");
  expect(said([], "23:00")).toBe("not_today");
  expect(greet(undefined, [], at("09:00")).kind).toBe("unknown");
});

test("moments are told by the server's clock", () => {
  const scan = { uid: "a", counter: 1, card: CARD, proof: zhang.proof, at: at("08:50"), sent: false };
  const typed = { ...scan, card: "RQ46677241", proof: "", at: at("08:51") };
  const others = [
    { ...scan, card: "RQ11111111" },
    { ...scan, card: `${CARD.slice(0, -1)}E`, proof: "another" },
  ];
  expect(momentsOf(zhang, [scan, typed, ...others], 300_000)).toEqual([at("08:55"), at("08:56")]);
});
