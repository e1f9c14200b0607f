"use client";

import { X } from "lucide-react";
import * as Primitive from "radix-ui/dialog";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { useReturnFocus } from "./use-return-focus";

export const Dialog = Primitive.Root;
export const DialogClose = Primitive.Close;

export const overlayStyles = "fixed inset-0 z-40 bg-overlay animate-appear";

export interface DialogContentProps {
  title: ReactNode;
  /** Read after the title; leave out where the body says it all. */
  description?: ReactNode;
  /** Buttons, right-aligned: the safe one first, the one that acts last. */
  footer?: ReactNode;
  width?: "md" | "lg";
  /** Stands on another dialog, which its shade covers. */
  stacked?: boolean;
  /** Only its own button closes it: what it shows cannot be had again. */
  mustAnswer?: boolean;
  className?: string;
  children?: ReactNode;
}

/** 460 px (lg: 640 px), raised; Esc and the cross close it, focus returns to the trigger. */
export function DialogContent({
  title,
  description,
  footer,
  width = "md",
  stacked,
  mustAnswer,
  className,
  children,
}: DialogContentProps) {
  const returnFocus = useReturnFocus();
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={cn(overlayStyles, stacked && "z-50")} />
      <Primitive.Content
        {...returnFocus}
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] w-[calc(100%-32px)] -translate-x-1/2 -translate-y-1/2 animate-appear flex-col overflow-hidden rounded-xl border border-line-strong bg-surface-raised shadow-dialog focus:outline-none",
          width === "md" ? "max-w-[460px]" : "max-w-[640px]",
          className,
        )}
      >
        <div className="flex items-start gap-3 px-5 pt-4">
          <div className="min-w-0 flex-1">
            <Primitive.Title className="text-lg leading-tight font-semibold">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="mt-1 text-sm text-secondary">
                {description}
              </Primitive.Description>
            ) : null}
          </div>
          {mustAnswer ? null : (
            <Primitive.Close asChild>
              <IconButton label="Close" size="sm" className="-mr-1">
                <X size={14} aria-hidden="true" />
              </IconButton>
            </Primitive.Close>
          )}
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
        {footer ? (
          <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
        ) : null}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
