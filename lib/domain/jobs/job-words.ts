/** What each job is called, and what it is for; pure. */

interface JobWords {
  label: string;
  /** What stays undone while it fails. */
  undone: string;
}

const words: Record<string, JobWords> = {
  "connection.sync": {
    label: "Start of a sync",
    undone: "The sync does not begin; the data of the connection gets older.",
  },
  "sync.step": {
    label: "Step of a sync",
    undone: "The sync stands still at this step; what came before is kept.",
  },
  "sync.schedule": { label: "Look for syncs that are due", undone: "No sync starts by itself." },
  "sync.after_cancel": {
    label: "Plan after a stopped sync",
    undone: "The connection whose sync was stopped has no next one.",
  },
  "mirror.schedule": { label: "Look for checks that are due", undone: "No mirror is checked by night." },
  "mirror.reconcile": {
    label: "Check of a mirror",
    undone: "What is incomplete at the connection is not found and not read again.",
  },
  "mirror.totals": {
    label: "Recompute of totals",
    undone: "Nobody checks that the totals of the connection are those of its statements.",
  },
  "token.revoke": {
    label: "Disconnect at Finch",
    undone:
      "Finch still counts the connection as open. After 7 days the token is destroyed and staff are told.",
  },
  "connection.delete_data": {
    label: "Delete data of a connection",
    undone: "Data of a disconnected connection stays longer than it should; it is hidden.",
  },
  "document.sync": {
    label: "Fetch of W-4 forms",
    undone: "Finch is not asked for the rest of the forms; those that came stay.",
  },
  "pay_item.rule": {
    label: "Change of a rule at Finch",
    undone: "Finch does not know of the change; the page of the rules shows it as on its way.",
  },
  "providers.refresh": {
    label: "Fetch the list of providers",
    undone: "New providers are missing where people connect.",
  },
  "retention.daily": { label: "Daily retention", undone: "Data is kept longer than the settings say." },
  "audit.sign": {
    label: "Check and sign the audit",
    undone: "The newest audit entries are not sealed.",
  },
  "mail.send": { label: "Send a mail", undone: "A person waits for this mail, perhaps to sign in." },
  "sign-in.clean": {
    label: "Clean up sign-ins",
    undone: "Nothing that anybody notices: rows that are over stay.",
  },
};

/** The name of a job; one that this release does not know is named as it stands. */
export function jobLabel(job: string): string {
  return Object.hasOwn(words, job) ? (words[job]?.label ?? job) : job;
}

/** What stays undone while it fails. */
export function jobUndone(job: string): string {
  const known = Object.hasOwn(words, job) ? words[job] : undefined;
  return known?.undone ?? "What it was for stays undone.";
}

export const describedJobs = Object.keys(words);
