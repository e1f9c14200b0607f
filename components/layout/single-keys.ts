const storageKey = "perch:single-keys";

/** Keys without a modifier can be switched off (WCAG 2.1.4), for people who dictate or press keys by accident. */
export function singleKeysOn(): boolean {
  try {
    return window.localStorage.getItem(storageKey) !== "off";
  } catch {
    return true; // storage refused: the default
  }
}

export function setSingleKeys(on: boolean) {
  try {
    window.localStorage.setItem(storageKey, on ? "on" : "off");
  } catch {
    // Without storage the choice cannot be kept; nothing to tell.
  }
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [role=menu]") !== null)
  );
}
