"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";

/** The navigation as a sheet, behind the menu button of narrow screens. Going somewhere closes it. */
export function MobileNav({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  // Open at one address only: a new address is a closed sheet, without an effect.
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <Sheet open={openAt === pathname} onOpenChange={(open) => setOpenAt(open ? pathname : null)}>
      <SheetTrigger asChild>
        <IconButton label="Open navigation" className="-ml-2 size-9 md:hidden">
          <Menu size={16} aria-hidden="true" />
        </IconButton>
      </SheetTrigger>
      <SheetContent
        title="Navigation"
        side="left"
        bare
        className="w-[min(288px,calc(100%-44px))] bg-canvas px-2.5 pb-safe"
      >
        {children}
      </SheetContent>
    </Sheet>
  );
}
