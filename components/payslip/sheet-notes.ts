import type { PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { formatDate } from "@/lib/format/dates";

/** What must be known before the figures are read. */
export interface SheetNote {
  key: "scheduled" | "undated" | "negative" | "adjustment" | "closed" | "reading" | "failed";
  tone: "attention" | "waiting" | "neutral";
  title: string;
  means: string;
}

export function notesOf(view: PayslipView): SheetNote[] {
  const { payDate, marks, net, payment, provider } = view;
  const notes: (SheetNote | false)[] = [
    marks.isScheduled &&
      payDate !== null && {
        key: "scheduled",
        tone: "waiting",
        title: `Scheduled for ${formatDate(payDate)}`,
        means: "It is not paid yet, may still change, and counts in year-to-date wages from that day on.",
      },
    payDate === null && {
      key: "undated",
      tone: "attention",
      title: `${provider} gives no pay date`,
      means: "It is in no year's wages until there is one; nothing is guessed.",
    },
    net.amountCents !== null &&
      net.amountCents < 0n && {
        key: "negative",
        tone: "attention",
        title: "Net pay is below zero",
        means: "More was taken than was earned, or something paid before is taken back.",
      },
    marks.isPriorYearAdjustment && {
      key: "adjustment",
      tone: "neutral",
      title: "Prior-year adjustment",
      means: `It is about an earlier year and counts in the year of its pay date${payDate ? `, ${payDate.slice(0, 4)}` : ""}.`,
    },
    marks.closedYears.length > 0 && {
      key: "closed",
      tone: "attention",
      title: `May need a W-2c for ${marks.closedYears.join(" and ")}`,
      means: "A line of a closed year was taken back in another year.",
    },
    (payment?.state === "pending" || payment?.state === "unread") && {
      key: "reading",
      tone: "waiting",
      title: `${provider} is still fetching this payment's statements`,
      means: "What stands here was read before and is shown until the new answer is there.",
    },
    payment?.state === "failed" && {
      key: "failed",
      tone: "attention",
      title: `${provider} did not give this payment's statements when they were last asked for`,
      means: "What stands here was read before. The next sync asks again.",
    },
  ];
  return notes.filter((note) => note !== false);
}
