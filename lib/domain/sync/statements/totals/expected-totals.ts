/** Year-to-date totals in plain JavaScript over what was sent: written apart from the product, for its tests. */

export interface Slip {
  person: string;
  gross: { amount: number | null; currency: string | null } | null;
  net: { amount: number | null; currency: string | null } | null;
  hours: string | null;
  lines: {
    category: "earning" | "tax" | "deduction" | "contribution";
    type: string | null;
    name: string | null;
    amount: number | null;
    currency: string | null;
    hours: string | null;
    preTax: boolean | null;
    employer: boolean | null;
  }[];
}

export interface SentPayment {
  payDate: string | null;
  isThere: boolean;
  /** Slips by person and place. */
  slips: Map<string, Slip>;
}

export type Totals = Record<string, Record<string, unknown>>;

interface Sum {
  [column: string]: unknown;
  hours: number;
  first: string | null;
  last: string | null;
}

/** Every total that should be there, by a readable key. Hours in ten-thousandths. */
export function expectedTotals(payments: ReadonlyMap<string, SentPayment>): Totals {
  const totals = new Map<string, Sum>();
  const at = (key: string, payDate: string | null, columns: string[]) => {
    const sum = totals.get(key) ?? {
      ...Object.fromEntries(columns.map((column) => [column, 0])),
      ...{ hours: 0, first: null, last: null },
    };
    if (payDate !== null && (sum.first === null || payDate < sum.first)) sum.first = payDate;
    if (payDate !== null && (sum.last === null || payDate > sum.last)) sum.last = payDate;
    totals.set(key, sum);
    return (column: string, n: number) => {
      sum[column] = Number(sum[column]) + n;
    };
  };
  const yearColumns = ["gross", "net", "statements", "withoutGross", "withoutNet", "withoutHours"];
  for (const { payDate, isThere, slips } of payments.values()) {
    if (!isThere) continue;
    const year = payDate === null ? "0" : payDate.slice(0, 4);
    for (const { person, gross, net, hours, lines } of slips.values()) {
      const small = (currency: string | null | undefined) => (currency ?? "").toLowerCase();
      const add = at([person, year, small(gross?.currency ?? net?.currency)].join("/"), payDate, yearColumns);
      add("statements", 1);
      if (hours === null) add("withoutHours", 1);
      else add("hours", Math.round(Number(hours) * 10_000));
      for (const [name, money] of [
        ["Gross", gross],
        ["Net", net],
      ] as const) {
        const amount = money?.amount ?? null;
        if (amount === null) add(`without${name}`, 1);
        else
          at(
            [person, year, small(money?.currency)].join("/"),
            payDate,
            yearColumns,
          )(name.toLowerCase(), amount);
      }
      for (const part of lines) {
        const { category, type, name, preTax, employer, amount } = part;
        const key = [
          person,
          year,
          small(part.currency),
          JSON.stringify([category, type, name, preTax, employer]),
        ];
        const addLine = at(key.join("/"), payDate, ["amount", "lines", "withoutAmount"]);
        addLine("lines", 1);
        if (amount === null) addLine("withoutAmount", 1);
        else addLine("amount", amount);
        addLine("hours", Math.round(Number(part.hours ?? "0") * 10_000));
      }
    }
  }
  return Object.fromEntries(totals);
}
