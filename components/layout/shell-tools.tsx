"use client";

import { CircleHelp, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { GoKey } from "./keyboard-help";
import type { PaletteGroup, PaletteSearch } from "./shell-types";
import { isTyping, singleKeysOn } from "./single-keys";

const loadPalette = () => import("./command-palette").then((module) => module.CommandPalette);
const CommandPalette = dynamic(loadPalette, { ssr: false });
const KeyboardHelp = dynamic(() => import("./keyboard-help").then((module) => module.KeyboardHelp), {
  ssr: false,
});

export interface ShellToolsProps {
  groups: PaletteGroup[];
  search?: PaletteSearch;
  goKeys: GoKey[];
}

type Open = "palette" | "help" | null;

const sequenceMs = 900;
const never = () => () => {};
const isApple = () => /Mac|iP(hone|ad|od)/.test(navigator.platform);

/** The top bar's search and help, and the keys that work on every page. Both open lazily. */
export function ShellTools({ groups, search, goKeys }: ShellToolsProps) {
  const [open, setOpen] = useState<Open>(null);
  const [used, setUsed] = useState<{ palette?: boolean; help?: boolean }>({});
  const apple = useSyncExternalStore(never, isApple, () => true);

  function show(next: Open) {
    if (next) setUsed((before) => ({ ...before, [next]: true }));
    setOpen(next);
  }

  useShellKeys(goKeys, show);

  return (
    <>
      <button
        type="button"
        onClick={() => show("palette")}
        onPointerEnter={() => void loadPalette()}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-[30px] w-[220px] items-center gap-2 rounded-md border border-line-strong bg-surface-sunken pr-[5px] pl-[9px] text-sm text-muted hover:bg-surface-hover max-md:hidden"
      >
        <Search size={14} aria-hidden="true" />
        Search or jump to
        <Kbd className="ml-auto">{apple ? "⌘K" : "Ctrl K"}</Kbd>
      </button>
      <IconButton label="Search or jump to" onClick={() => show("palette")} className="size-9 md:hidden">
        <Search size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label="Keyboard shortcuts" onClick={() => show("help")} className="max-md:hidden">
        <CircleHelp size={16} aria-hidden="true" />
      </IconButton>
      {used.palette ? (
        <CommandPalette
          open={open === "palette"}
          onOpenChange={(next) => show(next ? "palette" : null)}
          onHelp={() => show("help")}
          groups={groups}
          search={search}
        />
      ) : null}
      {used.help ? (
        <KeyboardHelp
          open={open === "help"}
          onOpenChange={(next) => show(next ? "help" : null)}
          goKeys={goKeys}
          apple={apple}
        />
      ) : null}
    </>
  );
}

export function Kbd({ className = "", children }: { className?: string; children: string }) {
  return (
    <kbd
      className={`inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line-strong bg-surface px-[5px] font-sans text-[11px] leading-none font-medium text-secondary ${className}`}
    >
      {children}
    </kbd>
  );
}

function useShellKeys(goKeys: GoKey[], show: (open: Open) => void) {
  const router = useRouter();
  const goAt = useRef(0);
  const latest = useRef({ goKeys, show });
  useEffect(() => {
    latest.current = { goKeys, show };
  });

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if ((event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        latest.current.show("palette");
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') || !singleKeysOn()) return;
      const going = Date.now() - goAt.current < sequenceMs;
      goAt.current = 0;
      const target = going ? latest.current.goKeys.find((each) => each.key === event.key) : undefined;
      if (target) {
        router.push(target.href);
      } else if (event.key === "g") {
        goAt.current = Date.now();
      } else if (event.key === "?") {
        event.preventDefault();
        latest.current.show("help");
      } else if (event.key === "/") {
        const field = document.querySelector<HTMLInputElement>("[data-page-search]");
        if (!field) return;
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [router]);
}
