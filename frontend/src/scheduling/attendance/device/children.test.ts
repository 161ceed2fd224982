import { expect, test } from "vitest";
import type { Family, Sheet } from "../types";
import { childrenNow, standingOf, toAsk, triesLeft } from "./children";
import { checkCode, keyOfTablet, proofOfCode } from "./codes";
import { familyOf, isFamilyCard, normal } from "./reading";
import type { Deed } from "./store";

const at = (time: string) => Date.parse(`2026-12-14T${time}:00+08:00`);
const place = (booking: number, came: string | null = null, left: string | null = null) => ({
  booking,
  title: "共读",
  starts_at: "2026-12-14T09:00:00+08:00",
  ends_at: "2026-12-14T10:30:00+08:00",
  arrived_at: came && `2026-12-14T${came}:00+08:00`,
  left_at: left && `2026-12-14T${left}:00+08:00`,
});
const CARD = "RF46677241ABCDEF0123456789ABCD";
const family: Family = {
  number: "46677241",
  proof: "baeb8c1a3624185d382d41c08f9e4c7828aa142efc52a395997a66a62e781599",
  guardians: [{ id: "g1", relation: "爸爸" }],
  salt: "SALT",
  codes: ["6c2b70f8967b25427ed0d8167ea3f30209ca61e1744e0c0c32236e7b02ea4dd9"],
  children: [
    { name: "小李", may_go_alone: false, places: [place(1)] },
    { name: "小雨", may_go_alone: true, places: [place(2, "08:55")] },
  ],
};
const sheet: Sheet = {
  now: "2026-12-14T00:00:00Z",
  hub: { id: 3, name: "双龙" },
  device: 5,
  door_key: "",
  door: "",
  taken: [],
  day: "2026-12-14",
  expected: [],
  rounds: 9_000,
  families: [family],
  complete: true,
};
let counter = 0;
const deed = (booking: number, kind: Deed["kind"], time: string, sent = false): Deed => {
  counter += 1;
  return { uid: String(counter), counter, booking, kind, at: at(time), sent };
};

test("a family's card opens by what it says, a typed number by itself", async () => {
  expect([isFamilyCard(CARD), isFamilyCard("RQ46677241"), normal("4667 7241")]).toEqual([true, false, "RQ46677241"]);
  expect(await familyOf(CARD, sheet)).toEqual({ family, card: CARD });
  expect(await familyOf(`${CARD.slice(0, -1)}E`, sheet)).toBeUndefined();
  expect(await familyOf("RQ46677241", sheet)).toEqual({ family, card: undefined });
  expect(await familyOf(`RQ${CARD.slice(2)}`, sheet)).toBeUndefined();
  const none = { ...sheet, families: [{ ...family, number: "", proof: "" }] };
  expect(await familyOf("RF", none)).toBeUndefined();
});

test("a code is the family's only as this tablet, this day and these rounds make it", async () => {
  const key = await keyOfTablet("KEY");
  const stretched = await checkCode("204816", family, sheet, key);
  if (!stretched) throw new Error("refused");
  expect(await proofOfCode(stretched, "6f9619ff-8b86-4011-b42d-00c04fc964ff")).toBe(
    "3ff3520c60f117763e58ca126d393e41e2607f9ed96c170de2b4de2d3839a075",
  );
  expect(await checkCode("204817", family, sheet, key)).toBeUndefined();
  expect(await checkCode("204816", family, { ...sheet, day: "2026-12-15" }, key)).toBeUndefined();
  expect(await checkCode("204816", family, sheet, await keyOfTablet("0".repeat(32)))).toBeUndefined();
  expect(key.extractable).toBe(false);
});

test("what the server knows, and what it was not told yet", () => {
  expect(standingOf(place(1), [deed(1, "in", "08:50", true)], 0)).toEqual({ came: undefined, left: undefined });
  const noted = [deed(1, "in", "08:50"), deed(1, "in", "08:52"), deed(2, "out", "09:00"), deed(1, "out", "10:00")];
  expect(standingOf(place(1), noted, 300_000)).toEqual({ came: at("08:55"), left: at("10:05") });
  expect(standingOf(place(1, "08:40"), noted, 0)).toEqual({ came: at("08:40"), left: at("10:00") });
  expect(standingOf(place(1, "08:40", "09:30"), noted, 0)).toEqual({ came: at("08:40"), left: at("09:30") });
  expect(standingOf(place(1), [deed(1, "out", "10:00"), deed(1, "try", "10:01")], 0).left).toBeUndefined();
});

test("who may come and who may go now", () => {
  const now = (time: string, deeds: Deed[] = []) =>
    childrenNow(family, deeds, 0, at(time)).map(({ awaited, here }) => [awaited, here]);
  expect(now("08:00")).toEqual([
    [[], []],
    [[], [2]],
  ]);
  expect(now("08:30")[0]).toEqual([[1], []]);
  expect(now("09:10", [deed(1, "in", "09:00")])[0]).toEqual([[], [1]]);
  expect(now("10:31")[0]).toEqual([[], []]);
  // Gone is gone: nobody is asked whether they come again.
  expect(now("09:30", [deed(1, "in", "09:00"), deed(1, "out", "09:20")])[0]).toEqual([[], []]);
});

test("five wrong codes, then a while of none", () => {
  const wrong = ["10:00", "10:01", "10:02", "10:03", "10:04"].map((time) => deed(2, "try", time, true));
  expect(triesLeft(family, wrong.slice(1), at("10:05")).left).toBe(1);
  expect(triesLeft(family, [...wrong, deed(9, "try", "10:04")], at("10:05"))).toEqual({ left: 0, until: at("10:10") });
  expect(triesLeft(family, wrong, at("10:11")).left).toBe(2);
});

test("brothers and sisters say once how a session was, once it has begun", () => {
  const said = [{ booking: 1, at: 0 }];
  const another = { ...place(3), starts_at: "2026-12-14T08:00:00+08:00" };
  const both = { ...family, children: [...family.children, { name: "小禾", may_go_alone: false, places: [another] }] };
  expect(toAsk(both, [1, 2], [], at("09:00"))).toEqual([1, 2]);
  expect(toAsk(both, [2, 3], said, at("09:00"))).toEqual([3]);
  expect(toAsk(both, [2], [], at("08:59"))).toEqual([]);
});
