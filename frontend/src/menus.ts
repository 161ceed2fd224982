/** What each role's menu holds, in order; the words are `menu.<key>` in ui/locales. Only pages that exist are shown. */
import type { Role } from "./roles";
import type { IconName } from "./ui/icons";

const icons = {
  home: "home",
  find_shift: "find",
  my_shifts: "shifts",
  me: "me",
  activities: "join",
  books: "book",
  book_desk: "book",
  family: "family",
  families: "family",
  today: "today",
  schedule: "week",
  series: "calendar",
  check_in: "check",
  records: "report",
  ledger: "report",
  reading: "book",
  files: "report",
  incidents: "warning",
  week: "week",
  planning: "plan",
  rounds: "message",
  people: "people",
  import: "import",
  sites: "site",
  messages: "message",
  robots: "message",
  calendars: "calendar",
  roles: "verify",
  settings: "settings",
  overview: "overview",
  review: "verify",
  reports: "report",
} as const satisfies Record<string, IconName>;

export type MenuKey = keyof typeof icons;

export const menuIcon = (menu: MenuKey): IconName => icons[menu];

/** The first five have a place of their own; the rest is behind "more". */
const coordinator: MenuKey[] = [
  "today",
  "week",
  "planning",
  "people",
  "records",
  "series",
  "families",
  "import",
  "check_in",
  "ledger",
  "reading",
  "files",
  "incidents",
  "book_desk",
  "rounds",
  "messages",
  "robots",
  "calendars",
  "sites",
  "roles",
  "reports",
  "settings",
];

export const menus: Record<Role, MenuKey[]> = {
  volunteer: ["home", "find_shift", "my_shifts", "me"],
  guardian: ["home", "activities", "books", "family"],
  social_worker: [
    "today",
    "schedule",
    "check_in",
    "reading",
    "records",
    "files",
    "ledger",
    "families",
    "book_desk",
    "incidents",
    "series",
    "calendars",
  ],
  coordinator,
  administrator: coordinator,
  regulator: ["overview", "review", "ledger", "reports", "planning", "roles"],
};
