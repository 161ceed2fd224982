/** Mantine, dressed in the tokens of theme.css; sizes come from variables so that elder mode is one attribute. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const persimmon: MantineColorsTuple = [
  "#fdf3ed",
  "#f9e2d5",
  "#f3c3aa",
  "#eda17b",
  "#e68455",
  "#da6731",
  "#c8501e",
  "#ad4215",
  "#8c3510",
  "#6d290c",
];

/** Mantine's own grays are bluish; ink and paper are warm. */
const warmGray: MantineColorsTuple = [
  "#f7f4ee",
  "#f1ede4",
  "#e7e1d5",
  "#dfd9cd",
  "#8d8577",
  "#7d7568",
  "#6e675b",
  "#5a544a",
  "#423d36",
  "#24211d",
];

const warmDark: MantineColorsTuple = [
  "#ece8e0",
  "#cfc9be",
  "#b0a99d",
  "#8d8679",
  "#847c70",
  "#3b3833",
  "#242320",
  "#1f1e1b",
  "#1b1a18",
  "#141311",
];

const textSizes = {
  xs: "var(--text-small)",
  sm: "var(--text-small)",
  md: "var(--text-body)",
  lg: "var(--text-large)",
  xl: "var(--text-title)",
};

const dialogTitle = { fontSize: "var(--text-large)", fontWeight: 600, lineHeight: 1.4 };
const dialogClose = { flex: "none", width: "var(--target)", height: "var(--target)" };

export const theme = createTheme({
  primaryColor: "persimmon",
  primaryShade: 6,
  colors: { persimmon, gray: warmGray, dark: warmDark },
  fontFamily: "var(--font)",
  fontSizes: textSizes,
  lineHeights: { xs: "1.5", sm: "1.5", md: "1.6", lg: "1.5", xl: "1.3" },
  headings: {
    fontFamily: "var(--font)",
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "var(--text-title)", lineHeight: "1.3" },
      h2: { fontSize: "var(--text-large)", lineHeight: "1.4" },
      h3: { fontSize: "var(--text-body)", lineHeight: "1.5" },
    },
  },
  spacing: { xs: "0.25rem", sm: "0.5rem", md: "1rem", lg: "1.5rem", xl: "2.5rem" },
  defaultRadius: "md",
  radius: { sm: "4px", md: "8px", lg: "12px" },
  shadows: { xs: "none", sm: "none" },
  cursorType: "pointer",
  // Plain objects: `Button.extend` would pull every component named here into the first load.
  components: {
    Button: {
      vars: () => ({
        root: {
          "--button-height": "var(--target)",
          "--button-fz": "var(--text-body)",
          "--button-padding-x": "1.25rem",
        },
      }),
    },
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray" },
      vars: () => ({ root: { "--ai-size": "var(--target)" } }),
    },
    Input: { vars: () => ({ wrapper: { "--input-height": "var(--target)", "--input-fz": "var(--text-body)" } }) },
    InputWrapper: {
      vars: () => ({
        label: { "--input-label-size": "var(--text-body)" },
        description: { "--input-description-size": "var(--text-small)" },
        error: { "--input-error-size": "var(--text-small)" },
      }),
      styles: { label: { marginBottom: "0.25rem" }, description: { marginBottom: "0.375rem" } },
    },
    // Two arrows that nobody hits; the keyboard's do the same.
    NumberInput: { defaultProps: { hideControls: true } },
    Checkbox: { defaultProps: { size: "md" } },
    Radio: { defaultProps: { size: "md" } },
    // A dialog's head is no banner of the page.
    Drawer: {
      defaultProps: { attributes: { header: { role: "presentation" } } },
      styles: { title: dialogTitle, close: dialogClose },
    },
    Modal: {
      defaultProps: { attributes: { header: { role: "presentation" } } },
      styles: {
        title: dialogTitle,
        content: { border: "1px solid var(--line)" },
        close: dialogClose,
      },
    },
    Notification: {
      styles: {
        description: { color: "var(--ink)", fontSize: "var(--text-body)" },
        closeButton: { width: "var(--target)", height: "var(--target)" },
      },
    },
    SegmentedControl: {
      styles: { label: { minHeight: "calc(var(--target) - 8px)", fontSize: "var(--text-body)", lineHeight: 1.9 } },
    },
    Switch: {
      styles: {
        body: { alignItems: "center" },
        label: { display: "flex", alignItems: "center", minHeight: "var(--target)", fontSize: "var(--text-body)" },
      },
    },
    Table: { vars: () => ({ table: { "--table-border-color": "var(--line)" } }) },
    Tabs: { styles: { tab: { minHeight: "var(--target)", fontSize: "var(--text-body)" } } },
  },
});

const shared = {
  "--mantine-color-body": "var(--paper)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-soft)",
  "--mantine-color-default": "var(--card)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-hover": "var(--brand-wash)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-anchor": "var(--brand-ink)",
  "--mantine-color-error": "var(--empty)",
  "--mantine-color-placeholder": "var(--ink-soft)",
  "--mantine-color-persimmon-light": "var(--brand-wash)",
  "--mantine-color-persimmon-light-color": "var(--brand-ink)",
  "--mantine-color-persimmon-outline": "var(--brand-ink)",
  "--mantine-color-persimmon-text": "var(--brand-ink)",
  "--mantine-color-gray-light-color": "var(--ink)",
};

export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
