"use client";

import { Fingerprint, Pencil, Smartphone, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import type { FactorView } from "@/lib/domain/second-factor/views";
import { FactorNameForm } from "./factor-name-form";
import type { SecurityActions } from "./security-actions";

interface FactorRowProps {
  factor: FactorView;
  now: Date;
  rename: SecurityActions["rename"];
  onRemove: () => void;
}

/** One factor: what it is called, since when it is here, when it was last used. */
export function FactorRow({ factor, now, rename, onRemove }: FactorRowProps) {
  const [editing, setEditing] = useState(false);
  const { kind, name, createdAt, lastUsedAt, synced } = factor;
  const Icon = kind === "passkey" ? Fingerprint : Smartphone;
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line py-3 last:border-0">
      <Icon size={18} aria-hidden="true" className="text-muted" />
      {editing ? (
        <FactorNameForm factor={factor} rename={rename} onDone={() => setEditing(false)} />
      ) : (
        <>
          <div className="min-w-0">
            <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
            <p className="text-xs leading-normal text-muted">
              {kind === "passkey" ? "Passkey" : "Authenticator app"}
              {synced ? ", kept in sync by its provider" : ""} · added{" "}
              <RelativeTime value={createdAt} now={now} zone={null} />
              {" · "}
              {lastUsedAt ? (
                <>
                  last used <RelativeTime value={lastUsedAt} now={now} zone={null} />
                </>
              ) : (
                "not used yet"
              )}
            </p>
          </div>
          <div className="flex items-center gap-1">
            <IconButton label={`Rename ${name}`} size="sm" onClick={() => setEditing(true)}>
              <Pencil size={14} aria-hidden="true" />
            </IconButton>
            <Button variant="danger-quiet" size="sm" aria-label={`Remove ${name}`} onClick={onRemove}>
              <Trash2 size={14} aria-hidden="true" />
              <span className="max-md:sr-only">Remove</span>
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
