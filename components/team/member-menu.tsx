"use client";

import { Ellipsis } from "lucide-react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { MemberRoleView, MemberView } from "@/lib/domain/team/list-members";
import { memberName, roleWords } from "./member-words";

export interface MemberMenuProps {
  member: MemberView;
  onGive: (member: MemberView) => void;
  onRemove: (member: MemberView, role: MemberRoleView) => void;
  onRecover: (member: MemberView) => void;
}

/** What can be done about one person. What cannot stays in sight and says why. */
export function MemberMenu({ member, onGive, onRemove, onRecover }: MemberMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label={`Actions for ${memberName(member)}`}>
          <Ellipsis size={16} aria-hidden="true" />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-[290px] max-w-[calc(100vw-32px)] text-left whitespace-normal">
        <Item label="Give another role…" onSelect={() => onGive(member)} />
        <DropdownMenuSeparator />
        {member.roles.map((role) => (
          <Item
            key={`${role.role}:${role.connectionId}:${role.individualId}`}
            label={`Remove ${roleWords(role)}…`}
            obstacle={role.kept}
            danger
            onSelect={() => onRemove(member, role)}
          />
        ))}
        <DropdownMenuSeparator />
        <Item
          label="Recover account…"
          obstacle={member.notRecoverable}
          danger
          onSelect={() => onRecover(member)}
        />
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

interface ItemProps {
  label: string;
  /** Why it cannot be done now. The entry can still be reached by keyboard, so that everybody learns it. */
  obstacle?: string | null;
  danger?: boolean;
  onSelect: () => void;
}

function Item({ label, obstacle = null, danger, onSelect }: ItemProps) {
  return (
    <DropdownMenuItem
      danger={danger && obstacle === null}
      aria-disabled={obstacle !== null || undefined}
      className={obstacle === null ? undefined : "cursor-not-allowed text-muted"}
      onSelect={(event) => {
        if (obstacle === null) onSelect();
        else event.preventDefault();
      }}
    >
      <span className="min-w-0">
        {label}
        {obstacle ? <span className="block text-xs leading-[1.4] text-secondary">{obstacle}</span> : null}
      </span>
    </DropdownMenuItem>
  );
}
