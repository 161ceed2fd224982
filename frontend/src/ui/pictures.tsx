/** Pictures for empty and failed states, drawn in two inks so that they hold in dark mode and in print. */
const pictures = {
  /** An empty bench under a lamp. */
  bench: (
    <>
      <path d="M30 92h84M38 92v18M106 92v18M34 76h76M40 76v16M104 76v16" />
      <path d="M132 110V34c0-10-14-10-14 0" />
      <path d="M110 34h16l-3 10h-10z" className="accent" />
      <path d="M16 110h128" />
    </>
  ),
  /** A snail carrying a book. */
  snail: (
    <>
      <path d="M22 104h96c12 0 20-8 20-20V70" />
      <path d="M138 70l-6-10M138 70l8-9" />
      <circle cx="74" cy="72" r="32" />
      <path d="M74 72m-20 0a20 20 0 0 1 20-20 20 20 0 0 1 20 20 14 14 0 0 1-14 14 9 9 0 0 1-9-9" />
      <path d="M56 34c7-4 13-4 18 0 5-4 11-4 18 0V16c-7-4-13-4-18 0-5-4-11-4-18 0zM74 16v18" className="accent" />
    </>
  ),
  /** A page of a calendar with nothing on it. */
  calendar: (
    <>
      <path d="M36 30h88v78H36zM36 50h88M58 20v18M102 20v18" />
      <path d="M54 66h8M76 66h8M98 66h8M54 82h8M98 82h8M54 96h8M76 96h8" />
      <circle cx="80" cy="83" r="9" className="accent" />
    </>
  ),
  /** A bridge with a missing plank: the line is broken. */
  bridge: (
    <>
      <path d="M14 84h50M96 84h50M30 84v26M130 84v26M14 60c20 26 36 26 48 24M146 60c-20 26-36 26-48 24" />
      <path d="M72 92l14 16" className="accent" />
      <path d="M20 118c8-4 12 4 20 0s12 4 20 0 12 4 20 0 12 4 20 0 12 4 20 0 12 4 20 0" />
    </>
  ),
  /** A closed door with a key beside it. */
  door: (
    <>
      <path d="M50 112V26h50v86M36 112h92M90 70h.01" />
      <circle cx="118" cy="66" r="7" className="accent" />
      <path d="M118 73v20M118 86h6M118 93h6" className="accent" />
    </>
  ),
} as const;

export type PictureName = keyof typeof pictures;

export function Picture({ name }: { name: PictureName }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 160 128"
      width="160"
      height="128"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="picture"
    >
      {pictures[name]}
    </svg>
  );
}
