/** Three faces, told apart by the mouth alone. The word stands beside it. */
import type { FaceKind } from "./types";

const mouths: Record<FaceKind, string> = {
  good: "M8 18c2 6 14 6 16 0",
  fair: "M9 20h14",
  bad: "M8 23c2-6 14-6 16 0",
};

export function Face({ kind, size = "2rem" }: { kind: FaceKind; size?: string }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      <circle cx="16" cy="16" r="14" />
      <path d={`M11 11v2M21 11v2${mouths[kind]}`} />
    </svg>
  );
}
