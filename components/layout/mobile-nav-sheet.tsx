"use client";

import type { ReactNode } from "react";
import { Sheet, SheetContent } from "@/components/ui/sheet";

export interface MobileNavSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

export function MobileNavSheet({ open, onOpenChange, children }: MobileNavSheetProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent
        title="Navigation"
        side="left"
        bare
        className="w-[min(288px,calc(100%-44px))] bg-canvas pb-safe"
      >
        {children}
      </SheetContent>
    </Sheet>
  );
}
