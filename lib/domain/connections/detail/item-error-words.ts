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

const nouns: Record<string, string> = {
  individual: "this person",
  employment: "this person",
  pay_groups: "this pay group",
  pay_statements: "this payment",
  benefits: "this deduction",
  documents: "this form",
};

const byCode: Record<string, (noun: string) => ItemErrorWords> = {
  missing: (noun) => ({ happened: `Finch's answer left ${noun} out.`, todo: waits }),
  malformed: (noun) => ({
    happened: `Finch's answer for ${noun} could not be read.`,
    todo: "Give the Finch request of that time to support.",
  }),
  w4_sync_required: () => ({
    happened: "Finch has not fetched this form yet.",
    todo: "Ask for a W-4 fetch of this person at Finch; the next sync then reads it.",
  }),
};

function byStatus(code: number, provider: string, noun: string): ItemErrorWords {
  if (code === 202) return { happened: `Finch is still fetching ${noun} from ${provider}.`, todo: waits };
  if (code === 401 || code === 403) {
    return {
      happened: `The account that was connected may not see ${noun} at ${provider}.`,
      todo: `Reconnect as an administrator, or widen what this account may see at ${provider}.`,
    };
  }
  if (code === 404) {
    return {
      happened: `${provider} no longer knows ${noun}.`,
      todo: `Look at ${provider}. If ${noun} is there, sync again; if not, nothing is to do.`,
    };
  }
  if (code === 429) return { happened: `${provider} asked Finch to slow down.`, todo: waits };
  if (code === 501)
    return { happened: `${provider} does not give ${noun}.`, todo: "Nothing: it comes once it does." };
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
  return {
    happened: `Finch refused to give ${noun}.`,
    todo: "Give the Finch request of that time to support.",
  };
}

/** @returns one sentence for what happened and one for what to do */
export function itemErrorWords(facts: ItemErrorFacts): ItemErrorWords {
  const { product, code, name, finchCode, providerName } = facts;
  const noun = nouns[product] ?? "it";
  const known = byCode[finchCode ?? ""] ?? byCode[name ?? ""];
  if (known) return known(noun);
  return code === null || code === 0
    ? { happened: "Finch gave no reason.", todo: waits }
    : byStatus(code, providerName, noun);
}
