import Form from "next/form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select } from "@/components/ui/select";
import type { YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { paths } from "@/lib/paths";
import { monthNames } from "./period-words";
import { firstPage, ytdEntries, ytdHref } from "./ytd-url";

interface YtdDefinitionProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
}

/** What counts, of when, as of which day: links and one plain form, so that all of it works without a script. */
export function YtdDefinition({ customerId, query, view }: YtdDefinitionProps) {
  const href = (change: Partial<YtdQuery>) => ytdHref(customerId, query, change);
  const together = { apart: "Each record", ein: "By EIN", together: "One person" } as const;
  // A W-2 is of a person and an EIN (DOMAIN §3), whichever records its pay stands at.
  const ofEin = view.hasLinks && query.together === "apart" ? ({ together: "ein" } as const) : {};
  const showsRecords = view.hasLinks || query.together !== "apart";
  const showsPay = view.hasContracts || query.pay === "nonemployee";
  return (
    <section aria-label="What is counted" className="mb-5 grid gap-3">
      <div className="flex flex-wrap gap-2">
        <Segmented
          label="Definition"
          value={query.definition}
          items={[
            { value: "gross", label: "Gross", href: href({ definition: "gross" }) },
            { value: "plan", label: "Plan compensation", href: href({ definition: "plan", sort: "name" }) },
            {
              value: "box1",
              label: "Box 1 range",
              href: href({ definition: "box1", sort: "name", ...ofEin }),
            },
          ]}
        />
        <Segmented
          label="Period"
          value={query.period}
          items={[
            { value: "year", label: "Calendar year", href: href({ period: "year" }) },
            { value: "plan", label: "Plan year", href: href({ period: "plan" }) },
            { value: "range", label: "Dates", href: href({ period: "range" }) },
          ]}
        />
        {showsPay ? (
          <Segmented
            label="Kind of pay"
            value={query.pay}
            items={[
              { value: "employees", label: "Wages", href: href({ pay: "employees" }) },
              { value: "nonemployee", label: "Non-employee (1099)", href: href({ pay: "nonemployee" }) },
            ]}
          />
        ) : null}
        {showsRecords ? (
          <Segmented
            label="Records of one person"
            value={query.together}
            items={Object.entries(together).map(([value, label]) => ({
              value,
              label,
              href: href({ together: value as keyof typeof together }),
            }))}
          />
        ) : null}
      </div>
      <Dates customerId={customerId} query={query} view={view} />
    </section>
  );
}

const formFields = new Set(["year", "start", "from", "to", "asof", "name"]);

function Dates({ customerId, query, view }: YtdDefinitionProps) {
  const { period } = view;
  const thisYear = Number(view.today.slice(0, 4));
  const year = period.year ?? thisYear;
  const years = [...new Set([...Array.from({ length: 7 }, (_, at) => thisYear - at), year])].sort(
    (a, b) => b - a,
  );
  const kept = ytdEntries({ ...query, ...firstPage }).filter(([name]) => !formFields.has(name));
  return (
    <Form action={paths.ytd(customerId)} scroll={false} className="relative flex flex-wrap items-end gap-3">
      {kept.map(([name, value], at) => (
        <input key={`${name}-${at}`} type="hidden" name={name} value={value} />
      ))}
      {query.period === "plan" ? (
        <Field label="Plan year begins" className="w-[150px]">
          <Select
            name="start"
            defaultValue={String(query.planStart)}
            options={monthNames.map((label, at) => ({ value: String(at + 1), label }))}
          />
        </Field>
      ) : null}
      {query.period === "year" || query.period === "plan" ? (
        <Field label="Year" className="w-[104px]">
          <Select
            name="year"
            defaultValue={String(year)}
            options={years.map((each) => ({ value: String(each), label: String(each) }))}
          />
        </Field>
      ) : null}
      {query.period === "range" ? (
        <>
          <Field label="From" className="w-[150px]">
            <Input type="date" name="from" defaultValue={period.from ?? ""} />
          </Field>
          <Field label="To" className="w-[150px]">
            <Input type="date" name="to" defaultValue={period.to ?? ""} />
          </Field>
        </>
      ) : null}
      <Field label="As of" className="w-[150px]">
        <Input type="date" name="asof" defaultValue={query.asOf ?? ""} title="Left empty: today" />
      </Field>
      {query.definition === "plan" ? <Names query={query} view={view} /> : null}
      <Button type="submit">Show</Button>
    </Form>
  );
}

function Names({ query, view }: Pick<YtdDefinitionProps, "query" | "view">) {
  const chosen = query.names.length;
  return (
    // Another choice closes it.
    <details key={query.names.join("\n")} className="md:relative">
      <summary className="flex h-8 cursor-pointer items-center rounded-md border border-line-field px-3 text-sm max-md:h-9">
        {chosen === 0
          ? "All earnings count"
          : `${chosen} ${chosen === 1 ? "earning counts" : "earnings count"}`}
      </summary>
      <fieldset className="absolute top-full left-0 z-20 mt-1.5 max-h-[320px] w-[280px] max-md:w-full overflow-y-auto rounded-lg border border-line-strong bg-surface-raised p-2 shadow-float">
        <legend className="sr-only">Earnings that count</legend>
        <p className="px-2 py-1 text-xs text-muted">None ticked: all of them count.</p>
        {view.earningNames.map(({ name, lines }) => (
          <label
            key={name ?? ""}
            className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm hover:bg-surface-hover"
          >
            <input
              type="checkbox"
              name="name"
              value={name ?? ""}
              defaultChecked={query.names.includes(name)}
            />
            <span className="min-w-0 flex-1 truncate">{name ?? "Without a name"}</span>
            <span className="text-xs text-muted tabular-nums">{lines.toLocaleString("en-US")}</span>
          </label>
        ))}
        {view.earningNames.length === 0 ? (
          <p className="px-2 py-1 text-sm text-muted">No earnings in this period.</p>
        ) : null}
      </fieldset>
    </details>
  );
}
