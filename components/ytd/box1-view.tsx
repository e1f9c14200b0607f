import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { SubLine, Table, TBody, TD, TFoot, TH, THead, TR } from "@/components/ui/table";
import type { Box1Estimate, Box1Line } from "@/lib/domain/payroll/box1/estimate-box1";
import { formatCount, formatMoney } from "@/lib/format/money";
import { payCategoryLabels, payTypeLabel } from "@/lib/format/pay-types";
import { paths } from "@/lib/paths";

interface Box1ViewProps {
  customerId: string;
  year: number | null;
  box1: { estimate: Box1Estimate } | { reason: string };
  /** Gross that was entered for the time before the statements, in US cents; 0 where there is none. */
  enteredCents: bigint;
}

const treatments: Record<Box1Line["treatment"], string> = {
  in: "counts",
  out: "does not count",
  subtract: "subtracted",
  not_subtracted: "not subtracted",
  unknown: "unknown",
  partly: "up to a limit",
};

/** As on the page of the rules: what counts first, what never does last. */
const order: readonly Box1Line["line"]["category"][] = ["earning", "deduction", "contribution", "tax"];

const dollars = (cents: bigint) => formatMoney(cents, "usd", { symbol: false });

/** The estimate of box 1 with the reason of each kind of line; a range where lines leave it open. */
export function Box1View({ customerId, year, box1, enteredCents }: Box1ViewProps) {
  if ("reason" in box1)
    return (
      <Section title="W-2 box 1 estimate">
        <p className="py-3 text-sm text-secondary">No estimate. {box1.reason}</p>
      </Section>
    );
  const { lines, lowCents, highCents, leftOut, withoutAmount } = box1.estimate;
  const open = lines.filter((line) => line.lowCents !== line.highCents).length;
  return (
    <Section
      title="W-2 box 1 estimate"
      note={year === null ? undefined : `${year}, federal income tax only`}
      aside={<TextLink href={paths.box1Rules(customerId)}>The rules</TextLink>}
    >
      <Table label="Box 1 line by line">
        <THead>
          <TR>
            <TH>Kind of line</TH>
            <TH wide>What it does</TH>
            <TH numeric>Low</TH>
            <TH numeric>High</TH>
          </TR>
        </THead>
        <TBody>
          {order.flatMap((category) =>
            lines
              .filter(({ line }) => line.category === category)
              .map((line, at) => <Box1Row key={`${category} ${at}`} line={line} />),
          )}
        </TBody>
        <TFoot>
          <TR className="[&>*]:font-medium">
            <TD rowHeader>Box 1, estimate</TD>
            <TD wide className="text-secondary">
              {open === 0
                ? "nothing leaves it open"
                : `${formatCount(open, "kind of line opens", "kinds of lines open")} the range`}
            </TD>
            <TD numeric>{dollars(lowCents)}</TD>
            <TD numeric>{dollars(highCents)}</TD>
          </TR>
        </TFoot>
      </Table>
      <p className="pt-2.5 text-xs text-secondary">
        An estimate to compare against, never the form itself.
        {leftOut.length > 0
          ? ` ${formatCount(leftOut.length, "line is", "lines are")} not in US dollars and not in it.`
          : null}
        {withoutAmount > 0
          ? ` ${formatCount(withoutAmount, "line")} without an amount: in neither end, so that the truth may lie outside of the range.`
          : null}
        {enteredCents !== 0n
          ? ` ${formatMoney(enteredCents, "usd")} of gross pay was entered for the time before: nobody knows what of it counts, so that none of it is in the estimate.`
          : null}
      </p>
    </Section>
  );
}

function Box1Row({
  line: { line, count, withoutAmount, treatment, lowCents, highCents, reason, assumed, conflict },
}: {
  line: Box1Line;
}) {
  const label = payTypeLabel(line.category, line.type) ?? "no type";
  return (
    <TR>
      <TD rowHeader wrap>
        {line.name ?? payCategoryLabels[line.category]}
        <SubLine>{`${payCategoryLabels[line.category]}, ${label}, ${formatCount(count, "line")}`}</SubLine>
        {withoutAmount > 0 ? (
          <span className="block text-xs text-attention-text">
            {`${formatCount(withoutAmount, "line")} without an amount: in neither end`}
          </span>
        ) : null}
      </TD>
      <TD wide wrap className="max-w-[420px]">
        {treatments[treatment]}
        {assumed ? ", assumed" : null}
        <SubLine>{reason}</SubLine>
        {conflict ? <span className="block text-xs text-attention-text">{conflict}</span> : null}
      </TD>
      <TD numeric>{dollars(lowCents)}</TD>
      <TD numeric>{dollars(highCents)}</TD>
    </TR>
  );
}
