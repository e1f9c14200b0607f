import type { ReactNode } from "react";
import type { Tone } from "./tone";

/*
 * A store of its own instead of a toast library: those put style elements into the page without a nonce,
 * which the content security policy refuses.
 */

export type NoticeTone = Extract<Tone, "healthy" | "failing" | "attention" | "waiting">;

export interface Notice {
  id: number;
  tone: NoticeTone;
  title: ReactNode;
  /** The second line. */
  detail?: ReactNode;
}

const most = 3;
const listeners = new Set<() => void>();
let notices: Notice[] = [];
let lastId = 0;

function set(next: Notice[]) {
  notices = next;
  for (const listener of listeners) listener();
}

export function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function listNotices(): Notice[] {
  return notices;
}

/** Says what was just done. Never the only place where an error is told. Returns the id to dismiss it by. */
export function notify({
  tone = "healthy",
  ...rest
}: Omit<Notice, "id" | "tone"> & { tone?: NoticeTone }): number {
  lastId += 1;
  set([...notices, { ...rest, tone, id: lastId }].slice(-most));
  return lastId;
}

export function dismiss(id: number) {
  set(notices.filter((notice) => notice.id !== id));
}
