"use client";

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useConnectLauncher } from "./connect-launcher";
import { menuButton } from "./connection-menu";

/** The menu itself, open from the press that fetched it. */
export function ConnectionMenuItems({ connectionId }: { connectionId: string }) {
  const { repair, phase } = useConnectLauncher();
  const isBusy = phase !== "idle";
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <IconButton {...menuButton} />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem disabled={isBusy} onSelect={() => repair(connectionId)}>
          Reconnect
        </DropdownMenuItem>
        <DropdownMenuItem disabled={isBusy} onSelect={() => repair(connectionId, "redirect")}>
          Reconnect on a page of its own
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
