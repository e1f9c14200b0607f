"use client";

import * as Primitive from "radix-ui/popover";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { floatStyles } from "./float-styles";

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

export interface PopoverContentProps extends ComponentProps<typeof Primitive.Content> {
  /** Its accessible name. */
  label: string;
}

export function PopoverContent({
  label,
  className,
  sideOffset = 6,
  align = "start",
  ...props
}: PopoverContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        aria-label={label}
        sideOffset={sideOffset}
        align={align}
        collisionPadding={8}
        className={cn(
          floatStyles,
          "max-h-(--radix-popover-content-available-height) w-[280px] overflow-y-auto p-3 text-sm",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}
