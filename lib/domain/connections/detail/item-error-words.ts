/** Why Finch gave nothing for one person or payment, and what helps: its codes in words. Pure. */

export interface ItemErrorFacts {
  product: string;
  /** As in HTTP; 0 where the answer left the item out. */
  code: number | null;
  name: string | null;
  finchCode: string | null;
  providerName: string;
}

export interface ItemErrorWords {
  happened: string;
  todo: string;
}

const waits = "Nothing now; each sync asks again.";

const byCode: Record<string, (provider: string) => ItemErrorWords> = {
  missing: () => ({ happened: "Finch's answer left it out.", todo: waits }),
  malformed: () => ({
    happened: "Finch answered in a form that could not be read.",
    todo: "Give the Finch request of that time to support.",
  }),
  w4_sync_required: () => ({
    happened: "Finch has not fetched this form yet.",
    todo: "Ask for a W-4 fetch of this person at Finch; the next sync then reads it.",
  }),
};

function byStatus(code: number, provider: string): ItemErrorWords {
  if (code === 202) return { happened: `Finch is still fetching it from ${provider}.`, todo: waits };
  if (code === 401 || code === 403) {
    return {
      happened: `The account that was connected may not see it at ${provider}.`,
      todo: `Reconnect as an administrator, or widen what this account may see at ${provider}.`,
    };
  }
  if (code === 404) {
    return {
      happened: `${provider} no longer knows it.`,
      todo: `Look for it at ${provider}. If it is there, sync again; if it was removed, nothing is to do.`,
    };
  }
  if (code === 429) return { happened: `${provider} asked Finch to slow down.`, todo: waits };
  if (code === 501)
    return { happened: `${provider} does not offer it.`, todo: "Nothing: it comes once it does." };
  if (code === 502 || code === 504) {
    return {
      happened: `${provider} did not answer Finch.`,
      todo: `${waits} If it stays for a day while ${provider} works for you, ask support.`,
    };
  }
  if (code >= 500) {
    return {
      happened: "Finch had an error of its own.",
      todo: `${waits} If it stays for a day, ask support.`,
    };
  }
  return { happened: "Finch refused to give it.", todo: "Give the Finch request of that time to support." };
}

/** @returns one sentence for what happened and one for what to do */
export function itemErrorWords({ code, name, finchCode, providerName }: ItemErrorFacts): ItemErrorWords {
  const known = byCode[finchCode ?? ""] ?? byCode[name ?? ""];
  if (known) return known(providerName);
  return code === null || code === 0
    ? { happened: "Finch gave no reason.", todo: waits }
    : byStatus(code, providerName);
}
