"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { overlayStyles } from "./dialog";
import { IconButton } from "./icon-button";
import { useReturnFocus } from "./use-return-focus";

export const Sheet = Primitive.Root;

export interface SheetContentProps {
  title: string;
  /** Hides the head; the title is still read. */
  bare?: boolean;
  side?: "left" | "right";
  className?: string;
  children: ReactNode;
}

/** A panel from the side: navigation on phones, the reasoning behind one row. */
export function SheetContent({ title, bare, side = "right", className, children }: SheetContentProps) {
  const returnFocus = useReturnFocus();
  const right = side === "right";
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayStyles} />
      <Primitive.Content
        {...returnFocus}
        aria-describedby={undefined}
        className={cn(
          "fixed inset-y-0 z-50 flex w-[min(380px,calc(100%-44px))] animate-slide-in flex-col bg-surface-raised shadow-dialog focus:outline-none",
          right
            ? "right-0 border-l border-line-strong [--slide-from:24px]"
            : "left-0 border-r border-line-strong",
          className,
        )}
      >
        {bare ? (
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
        ) : (
          <div className="flex items-center gap-2.5 border-b border-line px-4 py-3">
            <Primitive.Title className="min-w-0 flex-1 text-base font-semibold">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label="Close" size="sm">
                <X size={14} aria-hidden="true" />
              </IconButton>
            </Primitive.Close>
          </div>
        )}
        <div className={cn("min-h-0 flex-1 overflow-y-auto", bare ? "flex flex-col px-2.5" : "px-4 py-3")}>
          {children}
        </div>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
