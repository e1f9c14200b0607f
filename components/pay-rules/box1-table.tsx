import { Table, SubLine, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { Box1RuleView } from "@/lib/domain/payroll/box1/get-box1-table";
import { formatMoney } from "@/lib/format/money";

/** The rules of one category of lines, in the order in which they are asked. */
export function Box1Table({ label, rules }: { label: string; rules: readonly Box1RuleView[] }) {
  return (
    <Table label={label} density="compact">
      <THead>
        <TR>
          <TH>Type</TH>
          <TH wide>Pre-tax flag</TH>
          <TH>Low</TH>
          <TH>High</TH>
          <TH wide>Why</TH>
          <TH wide numeric>
            Criteria
          </TH>
        </TR>
      </THead>
      <TBody>
        {rules.map((rule) => (
          <TR key={rule.id} id={rule.id} className="align-top target:*:bg-surface-selected">
            <TD rowHeader wrap className="min-w-[132px] align-top md:w-[22%]">
              {typeWords(rule)}
              {rule.own ? <SubLine>by your classification</SubLine> : null}
              {rule.category === "deduction" ? (
                <SubLine className="md:hidden">{`pre-tax flag: ${flagWords(rule)}`}</SubLine>
              ) : null}
              <SubLine className="mt-1 md:hidden">{rule.reason}</SubLine>
            </TD>
            <TD wide wrap className="w-[13%] align-top text-secondary">
              {flagWords(rule)}
            </TD>
            <End end={rule.low} open={rule.low !== rule.high} />
            <End end={rule.high} open={rule.low !== rule.high} />
            <TD wide wrap className="align-top text-secondary">
              <Why rule={rule} />
            </TD>
            <TD wide numeric className="py-1.5 align-top text-muted">
              {rule.criteria.length > 0 ? rule.criteria.join(", ") : "–"}
            </TD>
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

function typeWords({ types, named }: Box1RuleView): string {
  const words = types.length > 0 ? types.join(", ") : "All others, and no type";
  return named ? `${words}, with “${named}” in the name` : words;
}

const flagWords = ({ category, flags }: Box1RuleView) =>
  flags.length > 0 ? flags.join(" or ") : category === "deduction" ? "any" : "–";

function End({ end, open }: { end: string; open: boolean }) {
  return (
    <TD wrap className={`w-[11%] py-1.5 align-top ${open ? "font-medium text-attention-text" : ""}`}>
      {end}
    </TD>
  );
}

function Why({ rule }: { rule: Box1RuleView }) {
  return (
    <>
      {rule.reason}
      {rule.assumed ? (
        <>
          {" "}
          <Tag>{rule.assumed === "always" ? "assumed" : "assumed without the flag"}</Tag>
        </>
      ) : null}
      {rule.conflict ? <SubLine>Conflict shown: {rule.conflict}</SubLine> : null}
      {rule.limit ? <SubLine>{limitWords(rule.limit)}</SubLine> : null}
    </>
  );
}

function limitWords({ per, years }: NonNullable<Box1RuleView["limit"]>): string {
  const figures = years.map(({ year, value }) =>
    value.kind === "known"
      ? `${year} ${formatMoney(value.amountCents, "USD").replace(/\.00$/, "")}`
      : `${year} ${value.kind === "missing" ? "not entered" : value.kind === "none" ? "none" : "not confirmed"}`,
  );
  return `Limit a ${per}: ${figures.join(" · ")}`;
}
