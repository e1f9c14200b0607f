import type { Field } from "@/lib/domain/individuals/field";
import type { PayGroupView } from "@/lib/domain/pay-groups/views";
import { fieldCell, nothingCell, numberCell, yesNo } from "./cells";
import type { MemberRow, PayDateRow } from "./export-pay-groups";
import type { ExportColumn } from "./table";

const listed = (field: Field<string[]>) =>
  field.kind === "value" ? field.value.join("; ") : nothingCell(field);
const counted = (field: Field<number>) =>
  field.kind === "value" ? numberCell(field.value) : nothingCell(field);
const words = (text: string | null) => text?.replaceAll("_", " ") ?? null;

/** Which group a row is of. */
const groupColumns: readonly ExportColumn<PayGroupView>[] = [
  {
    title: "Pay group",
    cell: ({ name, payGroupId }) => (payGroupId === null ? "(no pay groups)" : fieldCell(name)),
  },
  { title: "Frequencies", cell: ({ frequencies }) => listed(frequencies) },
  { title: "Entity", cell: ({ entity }) => entity },
  { title: "Provider", cell: ({ source }) => source.providerName },
];

const ofGroup = <Row extends { group: PayGroupView }>(): ExportColumn<Row>[] =>
  groupColumns.map((column) => ({ title: column.title, cell: ({ group }) => column.cell(group) }));

export const payGroupColumns: readonly ExportColumn<PayGroupView>[] = [
  ...groupColumns,
  { title: "People", cell: ({ members }) => counted(members) },
  { title: "Last pay date", cell: ({ lastPayDate }) => lastPayDate },
  { title: "Next pay date", cell: ({ nextPayDate }) => nextPayDate?.payDate ?? null },
  { title: "Next pay date is", cell: ({ nextPayDate }) => nextPayDate?.source ?? "unknown" },
  { title: "Confidence", cell: ({ confidence }) => confidence },
  { title: "Why unknown", cell: ({ reason }) => words(reason) },
  { title: "Pay group id", cell: ({ payGroupId }) => payGroupId },
];

export const memberColumns: readonly ExportColumn<MemberRow>[] = [
  { title: "Name", cell: ({ member }) => member.name },
  { title: "Title", cell: ({ member }) => fieldCell(member.title) },
  { title: "Department", cell: ({ member }) => fieldCell(member.department) },
  { title: "Type", cell: ({ member }) => fieldCell(member.type) },
  { title: "Status", cell: ({ member }) => fieldCell(member.status) },
  { title: "Active", cell: ({ member }) => yesNo(member.isActive) },
  { title: "Left the directory", cell: ({ member }) => yesNo(member.gone) },
  ...ofGroup<MemberRow>(),
  { title: "Person id", cell: ({ member }) => member.id },
];

export const payDateColumns: readonly ExportColumn<PayDateRow>[] = [
  { title: "Pay date", cell: ({ date }) => date.payDate },
  { title: "Is", cell: ({ date }) => date.source },
  { title: "Period start", cell: ({ date }) => date.payPeriodStart },
  { title: "Period end", cell: ({ date }) => date.payPeriodEnd },
  { title: "Moved because of", cell: ({ date }) => date.movedBy },
  { title: "Closes at (UTC)", cell: ({ date }) => date.close?.at.toISOString() ?? null },
  { title: "Close estimated", cell: ({ date }) => date.close && yesNo(date.close.estimated) },
  { title: "Changes until (UTC)", cell: ({ date }) => date.close?.changesUntil.toISOString() ?? null },
  ...ofGroup<PayDateRow>(),
];
