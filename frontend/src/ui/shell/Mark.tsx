/** The product's mark: a ring of people with the last place just taken. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <g fill="currentColor">
        <circle cx="16" cy="5.5" r="3.5" />
        <circle cx="26" cy="12.8" r="3.5" />
        <circle cx="22.2" cy="24.5" r="3.5" />
        <circle cx="6" cy="12.8" r="3.5" />
      </g>
      <circle cx="9.8" cy="24.5" r="4.5" fill="var(--brand)" />
    </svg>
  );
}
