"use client";

import { useEffect, useState, type RefObject } from "react";

/** Rows above and below the window that are drawn too, so that scrolling finds them there. */
const spare = 12;

/** Which rows of a scroll box are in sight. @param rowHeight pixels, the same for each row */
export function useWindow(
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): { first: number; last: number } {
  const [place, setPlace] = useState({ top: 0, height: 800 });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let frame = 0;
    const look = () => {
      frame = 0;
      setPlace((before) =>
        before.top === element.scrollTop && before.height === element.clientHeight
          ? before
          : { top: element.scrollTop, height: element.clientHeight },
      );
    };
    const later = () => {
      if (frame === 0) frame = window.requestAnimationFrame(look);
    };
    look();
    element.addEventListener("scroll", later, { passive: true });
    const resized = new ResizeObserver(later);
    resized.observe(element);
    return () => {
      window.cancelAnimationFrame(frame);
      element.removeEventListener("scroll", later);
      resized.disconnect();
    };
  }, [box]);

  const first = Math.max(0, Math.floor(place.top / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((place.top + place.height) / rowHeight) + spare);
  return { first, last };
}
