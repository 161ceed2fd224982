/** Line icons, drawn here on a 24 px grid. Always beside a word or with an aria-label on the button. */
const drawings = {
  today:
    "M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
  week: "M4 6h16v14H4zM4 10h16M9 3v4M15 3v4M8 14h3M13 17h3",
  plan: "M4 18c4 0 4-6 8-6s4 6 8 6M4 6h6M14 6h6M4 12h2",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.3M18 14a6.5 6.5 0 0 1 3.5 6",
  more: "M5 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1M12 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1M19 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1",
  home: "M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-5h4v5",
  find: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20 20",
  shifts: "M5 4h14v17H5zM9 2v4M15 2v4M9 13l2.2 2.2L15.5 11",
  me: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 21a7.5 7.5 0 0 1 15 0",
  join: "M12 5v14M5 12h14",
  book: "M4 5c3-1 6-1 8 1 2-2 5-2 8-1v14c-3-1-6-1-8 1-2-2-5-2-8-1zM12 6v14",
  family:
    "M8 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6M16.5 13a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M2.5 20a5.5 5.5 0 0 1 11 0M13.5 20a4 4 0 0 1 7.5 0",
  check: "M5 12.5 10 17.5 19.5 7",
  report: "M6 3h9l4 4v14H6zM14 3v5h5M9 13h6M9 17h6",
  overview: "M4 20V10M10 20V4M16 20v-8M22 20H2",
  verify: "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2.2 2.2L15.5 10",
  import: "M12 3v11M8 10l4 4 4-4M4 17v4h16v-4",
  message: "M4 5h16v12H9l-5 4z",
  site: "M4 21V8l8-5 8 5v13zM9 21v-6h6v6",
  settings: "M4 7h10M18 7h2M16 5v4M4 17h2M10 17h10M8 15v4",
  phone: "M6 3h4l1.5 5-2.5 1.5a11 11 0 0 0 5.5 5.5L16 12.5l5 1.5v4c0 1.5-1 3-3 3C10 21 3 14 3 6c0-2 1.5-3 3-3",
  copy: "M9 9h11v12H9zM5 15H4V3h11v1",
  calendar: "M4 6h16v14H4zM4 10h16M9 3v4M15 3v4",
  download: "M12 3v12M7 11l5 5 5-5M4 20h16",
  camera: "M4 7h4l2-3h4l2 3h4v13H4zM12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7",
  print: "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20 20",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  up: "M5 15l7-7 7 7",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  bar: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12",
  swap: "M4 8h14l-3-3M20 16H6l3 3",
  warning: "M12 4 2.5 20h19zM12 10v5M12 17.5h.01",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5M12 8h.01",
  sign_out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  language: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = "1.5em" }: { name: IconName; size?: string | number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: "none" }}
    >
      <path d={drawings[name]} />
    </svg>
  );
}
