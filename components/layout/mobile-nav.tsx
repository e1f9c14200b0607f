"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useLazy } from "@/components/ui/use-lazy";

const loadSheet = () => import("./mobile-nav-sheet").then((module) => module.MobileNavSheet);

/** The navigation as a sheet, behind the menu button of narrow screens. Going somewhere closes it. */
export function MobileNav({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  // Open at one address only: a new address is a closed sheet, without an effect.
  const [openAt, setOpenAt] = useState<string | null>(null);
  const sheet = useLazy(loadSheet, () => setOpenAt(pathname));
  const NavSheet = sheet.loaded;
  const open = openAt === pathname;
  return (
    <>
      <IconButton
        label="Open navigation"
        aria-haspopup="dialog"
        aria-expanded={open}
        className="-ml-2 size-9 md:hidden"
        {...sheet.triggerProps}
      >
        <Menu size={16} aria-hidden="true" />
      </IconButton>
      {NavSheet ? (
        <NavSheet open={open} onOpenChange={(next) => setOpenAt(next ? pathname : null)}>
          {children}
        </NavSheet>
      ) : null}
    </>
  );
}
