"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";

interface PanelKeysProps {
  closeHref: string;
  /** Id of the element that opened the panel. */
  returnTo: string;
  children: ReactNode;
}

const edgePx = 12;

/** Moves a panel that would stand out of the window back into it. */
function keepInside(panel: Element | null | undefined): void {
  if (!(panel instanceof HTMLElement)) return;
  const over = panel.getBoundingClientRect().right + edgePx - document.documentElement.clientWidth;
  if (over > 0) panel.style.translate = `${-over}px 0`;
}

/** What a script adds to the panel: it takes the focus, and Escape or a press outside closes it. */
export function PanelKeys({ closeHref, returnTo, children }: PanelKeysProps) {
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    keepInside(box.current?.firstElementChild);
    box.current?.querySelector<HTMLElement>("input:not([type=hidden]), button")?.focus();
    const close = () => router.push(closeHref, { scroll: false });
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      close();
      document.getElementById(returnTo)?.focus();
    };
    const onPointerDown = (event: PointerEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      // A link goes where it leads by itself; anything else outside only closes.
      if (target && !box.current?.contains(target) && !target.closest("a, button, input")) close();
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("pointerdown", onPointerDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("pointerdown", onPointerDown);
    };
  }, [closeHref, returnTo, router]);

  return <div ref={box}>{children}</div>;
}
