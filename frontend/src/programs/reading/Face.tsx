/** Five faces, drawn: each has its word beside it, and a mouth of its own without any color. */
import type { Mood } from "./types";

export const moods: Mood[] = ["delighted", "glad", "calm", "tired", "sad"];

const features: Record<Mood, React.ReactNode> = {
  delighted: <path d="M11 17q2.500-4 5 0M24 17q2.500-4 5 0M11 22h18q-1 9-9 9t-9-9z" />,
  glad: <path d="M13.500 16v1M26.500 16v1M12 24q8 7 16 0" />,
  calm: <path d="M13.500 16v1M26.500 16v1M13 26h14" />,
  tired: <path d="M10 17h7M23 17h7M17 27a3 3 0 1 0 6 0 3 3 0 1 0-6 0" />,
  sad: <path d="M13.500 16v1M26.500 16v1M13 28q7-6 14 0M29 20q-3 4 0 4t0-4" />,
};

export function Face({ mood, size = 28 }: { mood: Mood; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 40 40"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <circle cx="20" cy="20" r="17" />
      {features[mood]}
    </svg>
  );
}
