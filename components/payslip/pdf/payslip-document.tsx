import { Document, Page, Text, View } from "@react-pdf/renderer";
import type { PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { formatInstant } from "@/lib/format/dates";
import { formatMoney } from "@/lib/format/money";
import { toSheet, type Sheet, type SheetGroup } from "../sheet";
import { inFont } from "./fonts";
import { plainText } from "./plain-text";
import { styles } from "./styles";

const shown = (text: string) => inFont(plainText(text));

/** A payslip as a PDF: the sheet of the page, as text in an embedded font. */
export function PayslipDocument({ view }: { view: PayslipView }) {
  const sheet = toSheet(view);
  const of = (keys: readonly string[]) => sheet.groups.filter(({ key }) => keys.includes(key));
  return (
    <Document title={shown(`Pay statement of ${sheet.name}`)} producer="Perch" creator="Perch" language="en">
      <Page size="LETTER" style={styles.page}>
        <Head view={view} sheet={sheet} />
        <Facts sheet={sheet} />
        {sheet.notes.map(({ key, title, means }) => (
          <View key={key} style={styles.note}>
            <T bold>{title}</T>
            <T>{means}</T>
          </View>
        ))}
        <Equation sheet={sheet} />
        <Groups groups={of(["earnings"])} />
        <Columns
          left={of(["taxes", "unknown_taxes"])}
          right={of(["pre_tax", "post_tax", "unknown_deductions"])}
        />
        <Columns left={of(["employer_taxes"])} right={of(["contributions"])} />
        <Absent sheet={sheet} provider={view.provider} />
        <View style={styles.columns}>
          <View style={styles.column}>
            <Running sheet={sheet} />
          </View>
          <View style={styles.lastColumn}>
            <Year view={view} sheet={sheet} />
            <Checks sheet={sheet} />
          </View>
        </View>
        <Foot view={view} />
      </Page>
    </Document>
  );
}

/** Every text of the file goes through here. */
function T({ children, bold, quiet }: { children: string; bold?: boolean; quiet?: boolean }) {
  return <Text style={bold ? { fontWeight: 600 } : quiet ? styles.muted : {}}>{shown(children)}</Text>;
}

function Head({ view, sheet }: { view: PayslipView; sheet: Sheet }) {
  return (
    <View style={styles.head}>
      <View style={{ maxWidth: 330 }}>
        <Text style={styles.name}>{shown(sheet.name)}</Text>
        <T quiet>{sheet.subtitle}</T>
      </View>
      <View>
        <Text style={styles.employer}>{shown(view.employer.legalName ?? view.employer.name)}</Text>
        <Text style={[styles.muted, { textAlign: "right" }]}>{shown(sheet.payDate)}</Text>
      </View>
    </View>
  );
}

function Facts({ sheet }: { sheet: Sheet }) {
  return (
    <View style={styles.facts}>
      {sheet.facts.map(({ term, value }) => (
        <View key={term} style={styles.fact}>
          <T quiet>{term}</T>
          <T bold>{value ?? "none"}</T>
        </View>
      ))}
    </View>
  );
}

function Equation({ sheet }: { sheet: Sheet }) {
  return (
    <View style={styles.equation}>
      {sheet.equation.map(({ label, sign, amount, currency }, at) => (
        <View key={label} style={styles.term}>
          <T quiet>{label}</T>
          <Text style={at === sheet.equation.length - 1 ? styles.net : styles.figure}>
            {shown(`${sign} ${formatMoney(amount, currency) ?? "none"}`)}
          </Text>
        </View>
      ))}
    </View>
  );
}

function Columns({ left, right }: { left: SheetGroup[]; right: SheetGroup[] }) {
  if (left.length === 0 || right.length === 0) return <Groups groups={[...left, ...right]} />;
  return (
    <View style={styles.columns}>
      <View style={styles.column}>
        <Groups groups={left} />
      </View>
      <View style={styles.lastColumn}>
        <Groups groups={right} />
      </View>
    </View>
  );
}

function Groups({ groups }: { groups: SheetGroup[] }) {
  return groups.map((group) => <Group key={group.key} group={group} />);
}

function Group({ group }: { group: SheetGroup }) {
  const hasHours = group.key === "earnings";
  const hasYear = group.lines.some(({ year }) => year !== null);
  return (
    <View style={styles.group}>
      <Text style={styles.title}>{shown(group.title)}</Text>
      {group.note ? <T quiet>{group.note}</T> : null}
      <View style={styles.heading}>
        <Text style={styles.label}>Line</Text>
        {hasHours ? <Text style={styles.hours}>Hours</Text> : null}
        <Text style={styles.amount}>This pay</Text>
        {hasYear ? <Text style={styles.amount}>Year to date</Text> : null}
      </View>
      {group.lines.map((line) => (
        <View key={line.key} style={styles.row} wrap={false}>
          <View style={styles.label}>
            <Text>
              {shown(line.label)} <Text style={styles.sub}>{shown(line.sub)}</Text>
            </Text>
            {line.mark ? <Text style={styles.sub}>{shown(line.mark.text)}</Text> : null}
          </View>
          {hasHours ? (
            <Text style={styles.hours}>{shown(line.hours ?? (line.isOnSlip ? "none" : ""))}</Text>
          ) : null}
          <Text style={styles.amount}>{shown(line.amount ?? "none")}</Text>
          {hasYear ? <Text style={styles.amount}>{shown(line.year ?? "")}</Text> : null}
        </View>
      ))}
      {group.totals.map(({ label, amount, year }) => (
        <View key={amount} style={styles.total}>
          <Text style={styles.label}>{label}</Text>
          {hasHours ? <Text style={styles.hours} /> : null}
          <Text style={styles.amount}>{shown(amount)}</Text>
          {hasYear ? <Text style={styles.amount}>{shown(year ?? "")}</Text> : null}
        </View>
      ))}
    </View>
  );
}

function Absent({ sheet, provider }: { sheet: Sheet; provider: string }) {
  return sheet.absent.map(({ title, isNull }) => (
    <View key={title} style={styles.check}>
      <T quiet>
        {`${title}: ${isNull ? `${provider} gives no list of them` : `${provider} says that there are none on this statement`}`}
      </T>
    </View>
  ));
}

function Running({ sheet }: { sheet: Sheet }) {
  if (sheet.running.length === 0) return null;
  return (
    <View style={styles.group} wrap={false}>
      <Text style={styles.title}>Gross to net, step by step</Text>
      {sheet.running.map(({ label, amount, running, isNet }) => (
        <View key={label} style={isNet ? styles.total : styles.row}>
          <Text style={styles.label}>{shown(label)}</Text>
          <Text style={styles.amount}>{isNet ? "" : shown(amount)}</Text>
          <Text style={styles.amount}>{shown(running)}</Text>
        </View>
      ))}
    </View>
  );
}

function Year({ view, sheet }: { view: PayslipView; sheet: Sheet }) {
  if (!view.year || sheet.yearTotals.length === 0) return null;
  return (
    <View style={styles.group} wrap={false}>
      <Text style={styles.title}>Year to date</Text>
      {sheet.yearTotals.map(({ label, year }) => (
        <View key={label} style={styles.row}>
          <Text style={styles.label}>{label}</Text>
          <Text style={styles.amount}>{shown(year ?? "")}</Text>
        </View>
      ))}
    </View>
  );
}

function Checks({ sheet }: { sheet: Sheet }) {
  return (
    <View style={styles.group}>
      <Text style={styles.title}>Checks we made</Text>
      {sheet.checks.map(({ key, text }) => (
        <View key={key} style={styles.check}>
          <T>{`– ${text}`}</T>
        </View>
      ))}
    </View>
  );
}

function Foot({ view }: { view: PayslipView }) {
  const { asOf, now, timeZone, provider } = view;
  const origin = asOf
    ? `From ${provider}, as of ${formatInstant(asOf, timeZone, { showZone: true })}`
    : `From ${provider}`;
  return (
    <View style={styles.foot} fixed>
      <T>{`${origin}. Printed ${formatInstant(now, timeZone, { showZone: true })}.`}</T>
      <Text render={({ pageNumber, totalPages }) => `Page ${pageNumber} of ${totalPages}`} />
    </View>
  );
}
