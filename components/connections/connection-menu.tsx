"use client";

import { Ellipsis } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { useLazy } from "@/components/ui/use-lazy";

const loadItems = () => import("./connection-menu-items").then((module) => module.ConnectionMenuItems);

export const menuButton = {
  label: "More actions",
  className: "size-8 border border-line-strong",
  children: <Ellipsis size={16} aria-hidden="true" />,
};

/** What is rarely done with a connection, behind three dots. Its code comes when it is opened. */
export function ConnectionMenu({ connectionId }: { connectionId: string }) {
  const items = useLazy(loadItems);
  const Items = items.loaded;
  if (Items) return <Items connectionId={connectionId} />;
  return <IconButton {...menuButton} aria-haspopup="menu" aria-expanded="false" {...items.triggerProps} />;
}
