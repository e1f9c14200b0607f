"use client";

import { useState, type ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "./shell-tools";
import { setSingleKeys, singleKeysOn } from "./single-keys";

export interface GoKey {
  key: string;
  label: string;
  href: string;
}

export interface KeyboardHelpProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  goKeys: GoKey[];
  apple: boolean;
}

export function KeyboardHelp({ open, onOpenChange, goKeys, apple }: KeyboardHelpProps) {
  const [single, setSingle] = useState(singleKeysOn);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keyboard shortcuts" width="lg">
        <div className="grid gap-x-9 gap-y-5 sm:grid-cols-2">
          <Keys title="Everywhere">
            <Key keys={[apple ? "⌘K" : "Ctrl K"]}>Search or jump to</Key>
            <Key keys={["/"]}>Search this page</Key>
            <Key keys={["?"]}>These shortcuts</Key>
            <Key keys={["Esc"]}>Close what is open</Key>
          </Keys>
          <Keys title="In a table, after Tab">
            <Key keys={["↓", "↑"]}>Next and previous row</Key>
            <Key keys={["↵"]}>Open the row</Key>
            <Key keys={["x"]}>Select the row</Key>
          </Keys>
          {goKeys.length > 0 ? (
            <Keys title="Go to">
              {goKeys.map((each) => (
                <Key key={each.href} keys={["g", each.key]}>
                  {each.label}
                </Key>
              ))}
            </Keys>
          ) : null}
        </div>
        <div className="mt-5 border-t border-line pt-3.5">
          <Checkbox
            checked={single}
            onChange={(event) => {
              setSingle(event.target.checked);
              setSingleKeys(event.target.checked);
            }}
            label="Single keys work everywhere"
            hint="Turn off if you dictate, or press keys by accident. Keys with a modifier stay."
          />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Keys({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="border-b border-line-strong pb-1.5">{title}</h3>
      <dl className="text-sm">{children}</dl>
    </section>
  );
}

function Key({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-3 border-b border-line">
      <dt className="order-last flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd className="text-secondary">{children}</dd>
    </div>
  );
}
