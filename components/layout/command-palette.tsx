"use client";

import { Command } from "cmdk";
import { Keyboard, Moon, Search, Sun, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import * as Dialog from "radix-ui/dialog";
import { useState, type ReactNode } from "react";
import { overlayStyles } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { StatusChip } from "@/components/ui/status-chip";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import { Kbd } from "./shell-tools";
import type { PaletteGroup, PaletteItem, PaletteSearch } from "./shell-types";
import { usePaletteSearch } from "./use-palette-search";

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onHelp: () => void;
  groups: PaletteGroup[];
  search?: PaletteSearch;
}

export function CommandPalette({ open, onOpenChange, onHelp, groups, search }: CommandPaletteProps) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyles} />
        <Dialog.Content
          {...returnFocus}
          aria-describedby={undefined}
          className="fixed top-[min(96px,12dvh)] left-1/2 z-50 w-[calc(100%-24px)] max-w-[560px] -translate-x-1/2 animate-appear overflow-hidden rounded-xl border border-line-strong bg-surface-raised text-sm shadow-dialog focus:outline-none"
        >
          <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
          <Palette onOpenChange={onOpenChange} onHelp={onHelp} groups={groups} search={search} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ onOpenChange, onHelp, groups, search }: Omit<CommandPaletteProps, "open">) {
  const [query, setQuery] = useState("");
  const found = usePaletteSearch(search, query);
  const router = useRouter();

  function go(href: string) {
    onOpenChange(false);
    router.push(href);
  }

  return (
    <Command label="Search or jump to" loop>
      <div className="flex h-[46px] items-center gap-2.5 border-b border-line px-4">
        <Search size={16} aria-hidden="true" className="text-muted" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={search ? "Pages, employers, people, actions" : "Pages, employers, actions"}
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none max-md:text-lg"
        />
        {found.pending ? <Spinner className="text-muted" /> : null}
        <Kbd>esc</Kbd>
      </div>
      <Command.List className="max-h-[min(400px,60dvh)] overflow-y-auto pb-1.5">
        <Command.Empty className="px-4 py-6 text-center text-secondary">
          {found.pending ? "Searching…" : `Nothing is called “${query}”`}
        </Command.Empty>
        {groups.map((group) => (
          <Group key={group.heading} heading={group.heading}>
            {group.items.map((item) => (
              <Row key={item.id} item={item} query={query} onSelect={() => go(item.href)} />
            ))}
          </Group>
        ))}
        {search && found.items.length > 0 ? (
          <Group heading={search.heading} forceMount>
            {found.items.map((item) => (
              <Row
                key={item.id}
                forceMount
                item={{ ...item, icon: <UserRound size={16} aria-hidden="true" /> }}
                query={query}
                onSelect={() => go(item.href)}
              />
            ))}
          </Group>
        ) : null}
        <Actions query={query} onDone={() => onOpenChange(false)} onHelp={onHelp} />
      </Command.List>
      <div className="flex gap-4 border-t border-line bg-surface-sunken px-4 py-2 text-xs text-muted">
        <span className="flex items-center gap-1">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>
          choose
        </span>
        <span className="flex items-center gap-1">
          <Kbd>↵</Kbd>
          open
        </span>
        {found.failed ? (
          <span className="ml-auto text-failing-text">The search did not answer. Try again.</span>
        ) : null}
      </div>
    </Command>
  );
}

function Group({
  heading,
  forceMount,
  children,
}: {
  heading: string;
  forceMount?: boolean;
  children: ReactNode;
}) {
  return (
    <Command.Group
      heading={heading}
      forceMount={forceMount}
      className="[&_[cmdk-group-heading]]:px-4 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  );
}

interface RowProps {
  item: Omit<PaletteItem, "href">;
  query: string;
  forceMount?: boolean;
  onSelect: () => void;
}

function Row({ item, query, forceMount, onSelect }: RowProps) {
  return (
    <Command.Item
      value={`${item.label} ${item.id}`}
      keywords={item.keywords}
      forceMount={forceMount}
      onSelect={onSelect}
      className="flex min-h-[34px] cursor-pointer items-center gap-2.5 px-4 data-[selected=true]:bg-surface-selected data-[selected=true]:shadow-[inset_2px_0_0_var(--accent)] max-md:min-h-11"
    >
      <span aria-hidden="true" className="text-muted [&_svg]:size-4">
        {item.icon}
      </span>
      <span className="min-w-0 truncate">
        <Match text={item.label} query={query} />
      </span>
      {item.status ? <StatusChip status={item.status} plain className="ml-auto" /> : null}
      {item.hint ? <span className="ml-auto truncate text-xs text-muted">{item.hint}</span> : null}
    </Command.Item>
  );
}

function Match({ text, query }: { text: string; query: string }) {
  const needle = query.trim().toLowerCase();
  const at = needle ? text.toLowerCase().indexOf(needle) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="bg-transparent font-semibold text-accent">{text.slice(at, at + needle.length)}</mark>
      {text.slice(at + needle.length)}
    </>
  );
}

function Actions({ query, onDone, onHelp }: { query: string; onDone: () => void; onHelp: () => void }) {
  const { resolvedTheme, setTheme } = useTheme();
  const dark = resolvedTheme === "dark";
  return (
    <Group heading="Actions">
      <Row
        query={query}
        item={{
          id: "theme",
          label: dark ? "Use light colors" : "Use dark colors",
          keywords: ["theme", "appearance", "mode"],
          icon: dark ? <Sun size={16} aria-hidden="true" /> : <Moon size={16} aria-hidden="true" />,
        }}
        onSelect={() => {
          setTheme(dark ? "light" : "dark");
          onDone();
        }}
      />
      <Row
        query={query}
        item={{
          id: "keys",
          label: "Keyboard shortcuts",
          hint: "?",
          icon: <Keyboard size={16} aria-hidden="true" />,
        }}
        onSelect={onHelp}
      />
    </Group>
  );
}
