/** What stands on a shelf, at a glance: one drawing for each class that children's books are in, a book for the rest. */
const drawings: Record<string, string> = {
  /** A fairy-tale castle. */
  I: "M8 40V20h8v6h16v-6h8v20zM8 20l4-8 4 8M32 20l4-8 4 8M20 40v-7a4 4 0 0 1 8 0v7M24 26V14l6 3-6 3",
  /** A satchel and a pencil. */
  G: "M10 18h28v22H10zM18 18v-4a6 6 0 0 1 12 0v4M10 27h28M21 27v4h6v-4",
  /** A speech balloon with a character. */
  H: "M7 10h34v22H23l-9 8v-8H7zM16 17h16M24 17v9M17 26c4-1 6-4 7-9M31 26c-4-1-6-4-7-9",
  /** A palette. */
  J: "M24 9C14 9 7 16 7 24s7 15 15 15c4 0 4-4 2-6s0-5 4-5h6c4 0 7-2 7-6 0-8-8-13-17-13zM16 20h.1M24 16h.1M32 20h.1M14 28h.1",
  /** A pagoda. */
  K: "M24 6v5M12 18c6 0 10-3 12-7 2 4 6 7 12 7M9 28c8 0 12-4 15-10 3 6 7 10 15 10M14 28v12h20V28M21 40v-7h6v7",
  /** A magnifying glass over a leaf. */
  N: "M21 8a13 13 0 1 0 0 26 13 13 0 0 0 0-26M30.500 30.500 41 41M15 26c0-7 4-10 11-11 0 7-3 11-11 11zM15 26l6-6",
  /** A set square and a circle. */
  O: "M8 39V13l26 26zM15 32v-4l4 4zM35 8a6 6 0 1 0 0 12 6 6 0 0 0 0-12",
  /** A planet with its ring. */
  P: "M24 13a11 11 0 1 0 0 22 11 11 0 0 0 0-22M14 29C6 34 3 38 5 40s12-2 23-11 17-18 15-21-8 0-14 5",
  /** A panda. */
  Q: "M24 12c-9 0-15 6-15 14s6 14 15 14 15-6 15-14-6-14-15-14zM12 17a5 5 0 1 1 5-6M36 17a5 5 0 1 0-5-6M18 24v4M30 24v4M22 31h4M24 31v3",
  /** A heart with a pulse. */
  R: "M24 40C10 30 6 24 8 17s12-9 16-1c4-8 14-6 16 1s-2 13-16 23zM10 26h8l3-6 5 11 3-5h9",
  /** A gear. */
  T: "M24 17a7 7 0 1 0 0 14 7 7 0 0 0 0-14M24 7v6M24 35v6M7 24h6M35 24h6M12 12l4 4M32 32l4 4M12 36l4-4M32 16l4-4",
  /** Many books. */
  Z: "M9 10h7v30H9zM16 14h7v26h-7zM25 12l7-2 7 28-7 2z",
  B: "M24 8c-8 0-13 6-13 13 0 8 6 9 6 15h14c0-6 6-7 6-15 0-7-5-13-13-13zM19 40h10M24 36V24M20 21l4 3 4-3",
};
const open = "M24 15c-4-3-9-4-15-3v23c6-1 11 0 15 3 4-3 9-4 15-3V12c-6-1-11 0-15 3zM24 15v23";

export function ShelfPicture({ code }: { code: string }) {
  return (
    <svg
      aria-hidden="true"
      className="picture"
      width="48"
      height="48"
      viewBox="0 0 48 48"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={drawings[code] ?? open} />
    </svg>
  );
}
