import type { Config } from "tailwindcss";

const tone = (name: string) => ({
  text: `var(--${name}-text)`,
  bg: `var(--${name}-bg)`,
  line: `var(--${name}-line)`,
  solid: `var(--${name}-solid)`,
});

/** Maps the tokens of app/tokens.css to utilities; values live there only. */
const config: Config = {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  theme: {
    // 860 px is where the navigation turns into a sheet; 1120 px is where the rail moves below.
    screens: { sm: "560px", md: "861px", lg: "1121px", xl: "1440px" },
    colors: {
      inherit: "inherit",
      transparent: "transparent",
      current: "currentColor",
      canvas: "var(--canvas)",
      surface: {
        DEFAULT: "var(--surface)",
        raised: "var(--surface-raised)",
        sunken: "var(--surface-sunken)",
        hover: "var(--surface-hover)",
        selected: "var(--surface-selected)",
      },
      overlay: "var(--overlay)",
      line: { DEFAULT: "var(--line)", strong: "var(--line-strong)", field: "var(--line-field)" },
      ink: "var(--text)",
      secondary: "var(--text-secondary)",
      muted: "var(--text-muted)",
      "on-solid": "var(--text-on-solid)",
      accent: {
        DEFAULT: "var(--accent)",
        hover: "var(--accent-hover)",
        solid: "var(--accent-solid)",
        "solid-hover": "var(--accent-solid-hover)",
        subtle: "var(--accent-subtle)",
        line: "var(--accent-line)",
      },
      breast: "var(--brand-breast)",
      // The tone of the nearest data-tone, for parts that come in all of them.
      tone: { text: "var(--c-text)", bg: "var(--c-bg)", line: "var(--c-line)", solid: "var(--c-solid)" },
      healthy: tone("healthy"),
      attention: tone("attention"),
      failing: tone("failing"),
      waiting: tone("waiting"),
      neutral: tone("neutral"),
      danger: {
        solid: "var(--danger-solid)",
        "solid-hover": "var(--danger-solid-hover)",
        "on-solid": "var(--danger-on-solid)",
      },
      sandbox: {
        text: "var(--env-sandbox-text)",
        bg: "var(--env-sandbox-bg)",
        line: "var(--env-sandbox-line)",
      },
      chart: { 1: "var(--chart-1)", 2: "var(--chart-2)", 3: "var(--chart-3)", 4: "var(--chart-4)" },
      focus: "var(--focus)",
    },
    fontFamily: { sans: "var(--font-sans)", mono: "var(--font-mono)" },
    fontSize: {
      xs: ["var(--text-xs)", { lineHeight: "var(--leading-snug)" }],
      sm: ["var(--text-sm)", { lineHeight: "var(--leading-snug)" }],
      base: ["var(--text-base)", { lineHeight: "var(--leading-body)" }],
      lg: ["var(--text-lg)", { lineHeight: "1.5" }],
      xl: ["var(--text-xl)", { lineHeight: "1.3" }],
      "2xl": ["var(--text-2xl)", { lineHeight: "1.25" }],
      "3xl": ["var(--text-3xl)", { lineHeight: "1.2" }],
    },
    fontWeight: {
      normal: "var(--weight-regular)",
      medium: "var(--weight-medium)",
      semibold: "var(--weight-semibold)",
    },
    letterSpacing: {
      normal: "0",
      title: "var(--tracking-title)",
      figure: "var(--tracking-figure)",
      mask: "0.06em",
    },
    borderRadius: {
      none: "0",
      sm: "var(--radius-1)",
      md: "var(--radius-2)",
      lg: "var(--radius-3)",
      xl: "var(--radius-4)",
      full: "9999px",
    },
    boxShadow: {
      none: "none",
      control: "var(--shadow-control)",
      float: "var(--shadow-float)",
      dialog: "var(--shadow-dialog)",
    },
    extend: {
      spacing: { gutter: "var(--page-gutter)" },
      height: { row: "var(--row)", "row-compact": "var(--row-compact)", "row-relaxed": "var(--row-relaxed)" },
      maxWidth: { measure: "var(--measure)" },
      transitionTimingFunction: { perch: "var(--ease)" },
      transitionDuration: {
        instant: "var(--motion-instant)",
        quick: "var(--motion-quick)",
        calm: "var(--motion-calm)",
      },
    },
  },
};

export default config;
