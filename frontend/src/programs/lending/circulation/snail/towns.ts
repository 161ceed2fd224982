/** The district's streets and towns in the order of the snail's way, roughly where they lie. */
export const towns = [
  { code: "gunan", x: 222, y: 208 },
  { code: "wenlong", x: 286, y: 196 },
  { code: "tonghui", x: 246, y: 148 },
  { code: "hengshan", x: 278, y: 92 },
  { code: "xinsheng", x: 338, y: 52 },
  { code: "sanjiao", x: 366, y: 132 },
  { code: "longsheng", x: 470, y: 84 },
  { code: "yongcheng", x: 428, y: 158 },
  { code: "shijiao", x: 440, y: 226 },
  { code: "sanjiang", x: 316, y: 262 },
  { code: "zhuantang", x: 258, y: 336 },
  { code: "yongxin", x: 82, y: 288 },
  { code: "zhongfeng", x: 62, y: 356 },
  { code: "guofu", x: 160, y: 432 },
  { code: "dingshan", x: 178, y: 536 },
  { code: "dongxi", x: 272, y: 458 },
  { code: "fuhuan", x: 348, y: 402 },
  { code: "ganshui", x: 376, y: 494 },
  { code: "anwen", x: 348, y: 590 },
  { code: "datong", x: 306, y: 650 },
  { code: "shihao", x: 250, y: 706 },
] as const;

export type Town = (typeof towns)[number];

/** A gentle way from town to town. */
export function wayThrough(some: readonly { x: number; y: number }[]): string {
  return some
    .map((town, index) => {
      const before = some[index - 1];
      if (!before) return `M${town.x} ${town.y}`;
      const bend = index % 2 === 0 ? 14 : -14;
      const [across, down] = [town.x - before.x, town.y - before.y];
      const length = Math.hypot(across, down) || 1;
      const middle = [
        (before.x + town.x) / 2 - (down / length) * bend,
        (before.y + town.y) / 2 + (across / length) * bend,
      ];
      return `Q${middle.map(Math.round).join(" ")} ${town.x} ${town.y}`;
    })
    .join("");
}
