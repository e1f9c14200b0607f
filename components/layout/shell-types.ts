import type { ReactNode } from "react";
import type { ConnectionStatus } from "@/components/ui/status-chip";

export interface NavCount {
  value: number;
  /** What is counted, for people who hear it: "need attention". */
  label: string;
  tone?: "neutral" | "attention" | "failing";
}

export interface NavItem {
  href: string;
  label: string;
  /** A lucide icon of 16 px, rendered on the server. */
  icon: ReactNode;
  count?: NavCount;
  /** Current only at this very address, not below it. For the overview, which is above everything. */
  exact?: boolean;
  /** A name in the address that its link keeps: as which of one's own persons one looks. */
  keeps?: string;
  /** One letter: g and then it goes here. */
  goKey?: string;
}

export interface NavSection {
  title?: string;
  items: NavItem[];
}

export interface ShellEmployer {
  id: string;
  name: string;
  /** "214 people". */
  subtitle?: string;
}

export interface ShellUser {
  name: string | null;
  email: string;
  roleLabel: string;
}

export interface PaletteItem {
  id: string;
  label: string;
  href: string;
  hint?: string;
  icon?: ReactNode;
  status?: ConnectionStatus;
  /** Words it is also found by. */
  keywords?: string[];
}

export interface PaletteGroup {
  heading: string;
  items: PaletteItem[];
}

export interface PaletteSearch {
  /** Heading of what is found: "People". */
  heading: string;
  /** Called with `?q=`, answers `{ items: PaletteItem[] }` (without icons). */
  endpoint: string;
}

/** A server action, or the address of a page that asks and signs out. */
export type SignOut = (() => Promise<void>) | string;
