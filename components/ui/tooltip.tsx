"use client";

import * as Primitive from "radix-ui/tooltip";
import type { ReactNode } from "react";

/** A short remark on hover and focus. Never the only place where something is said. */
export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={300}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-[280px] animate-appear rounded-md border border-line-strong bg-surface-raised px-2.5 py-1.5 text-xs leading-[1.45] text-secondary shadow-float"
          >
            {content}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
