"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Section, Sections } from "@/components/ui/section";
import { Tag, Tags } from "@/components/ui/tag";
import { answerOf } from "@/lib/client/answer-of";
import type { LinkSideView, LinksView, LinkView } from "@/lib/domain/payroll/links/list-links";
import { formatDate } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import { seamWords } from "./seam-words";
import type { DecideLink } from "./ytd-actions";

interface LinksBoardProps {
  customerId: string;
  view: Pick<LinksView, "suggested" | "hasMore" | "confirmed" | "others">;
  decide: DecideLink;
}

const evidenceWords: Record<string, string> = {
  ssn: "same SSN",
  birth_date: "same birth date",
  name: "same name",
  email: "same work mail",
  finch_id: "same Finch id",
};

/** Records that are or may be one person: whoever sees all connections decides, and nothing is automatic. */
export function LinksBoard({ customerId, view, decide }: LinksBoardProps) {
  const isEmpty = view.suggested.length + view.confirmed.length + view.others.length === 0;
  if (isEmpty)
    return (
      <EmptyState art="none" title="No records look like one person">
        Records are suggested here when they hold the same SSN, or the same birth date and a name, mail or
        Finch id.
      </EmptyState>
    );
  const parts = [
    {
      title: "Suggested",
      note: view.hasMore
        ? `the first ${view.suggested.length}: the next ones come as you decide`
        : "nobody has decided on these yet",
      links: view.suggested,
    },
    { title: "One person", note: "counted together where that is chosen", links: view.confirmed },
    { title: "Decided otherwise", note: "two people, or a link that was undone", links: view.others },
  ];
  return (
    <Sections>
      {parts
        .filter(({ links }) => links.length > 0)
        .map(({ title, note, links }) => (
          <Section key={title} title={title} note={note}>
            <ul>
              {links.map((link) => (
                <LinkItem
                  key={link.sides.map(({ individualId }) => individualId).join(" ")}
                  customerId={customerId}
                  link={link}
                  decide={decide}
                />
              ))}
            </ul>
          </Section>
        ))}
    </Sections>
  );
}

type Decision = Parameters<DecideLink>[0]["decision"];

const choices: Record<string, { decision: Decision; label: string }[]> = {
  suggested: [
    { decision: "confirm", label: "One person" },
    { decision: "dismiss", label: "Two people" },
  ],
  confirmed: [{ decision: "undo", label: "Undo the link" }],
  dismissed: [
    { decision: "confirm", label: "One person" },
    { decision: "undo", label: "Take back" },
  ],
  undone: [
    { decision: "confirm", label: "One person" },
    { decision: "dismiss", label: "Two people" },
  ],
};

function LinkItem({ customerId, link, decide }: { customerId: string; link: LinkView; decide: DecideLink }) {
  const router = useRouter();
  const [pending, setPending] = useState<Decision | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [a, b] = link.sides;

  async function choose(decision: Decision) {
    if (pending) return;
    setPending(decision);
    setProblem(null);
    const ids = { individualId: a.individualId, otherIndividualId: b.individualId };
    const result = await answerOf(
      decide({ customerId, ...ids, decision, version: link.version }),
      "Perch did not answer, so nothing was changed. Try again.",
    );
    setPending(null);
    if (result.ok) router.refresh();
    else setProblem(result.error.message);
  }

  return (
    <li className="grid gap-3 border-b border-line py-4">
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2">
        <Side side={a} />
        <Side side={b} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Tags>
          {link.evidence.map((each) => (
            <Tag key={each}>{evidenceWords[each] ?? each}</Tag>
          ))}
        </Tags>
        <p
          className={link.seam.kind === "overlap" ? "text-sm text-attention-text" : "text-sm text-secondary"}
        >
          {seamWords(link.seam)}
        </p>
        {link.decidedAt ? (
          <p className="text-sm text-muted">
            {link.state === "undone" ? "Undone" : "Decided"} by {link.decidedByName ?? "somebody who left"}
          </p>
        ) : null}
        <span className="ml-auto flex flex-wrap gap-2">
          {(choices[link.state] ?? []).map(({ decision, label }, at) => (
            <Button
              key={decision}
              size="sm"
              variant={at === 0 && decision === "confirm" ? "primary" : "default"}
              pending={pending === decision}
              onClick={() => void choose(decision)}
            >
              {label}
              <span className="sr-only">{`: ${nameOf(a)} and ${nameOf(b)}`}</span>
            </Button>
          ))}
        </span>
      </div>
      {problem ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="Nothing was changed" stacked>
          {problem}
        </Banner>
      ) : null}
    </li>
  );
}

const nameOf = ({ name, hidden }: LinkSideView) => (hidden ? "Name hidden" : (name ?? "Unnamed person"));

function Side({ side }: { side: LinkSideView }) {
  const paid =
    side.firstPayDate && side.lastPayDate
      ? `${formatCount(side.statements, "statement")}, ${formatDate(side.firstPayDate)} to ${formatDate(side.lastPayDate)}`
      : "no pay with a date";
  const place = [side.entityName, side.providerName].filter(Boolean).join(", ");
  return (
    <div className="min-w-0 text-sm">
      <p className="truncate font-medium">{nameOf(side)}</p>
      <p className="text-secondary">
        {side.hidden ? place : side.ein ? `${place}, EIN ${side.ein}` : `${place}, no EIN`}
      </p>
      <p className="text-secondary">
        {side.hidden
          ? "Your role does not include who people are"
          : side.startDate
            ? `Hired ${formatDate(side.startDate)}`
            : "No hire date"}
        {side.endDate ? `, left ${formatDate(side.endDate)}` : null}
      </p>
      <p className="text-secondary">{paid}</p>
    </div>
  );
}
