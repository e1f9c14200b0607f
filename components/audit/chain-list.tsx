import { RelativeTime } from "@/components/ui/relative-time";
import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import type { ChainStateView } from "@/lib/domain/audit/chain-state";
import type { ChainListItem } from "@/lib/domain/audit/list-chain-states";
import { formatNumber } from "@/lib/format/money";

interface ChainListProps {
  chains: readonly ChainListItem[];
  hrefOf: (customerId: string) => string;
  now: Date;
}

const looks: Record<ChainStateView["status"], { tone: Tone; shape: ShapeName; label: string }> = {
  broken: { tone: "failing", shape: "octagon", label: "Broken" },
  late: { tone: "attention", shape: "clock", label: "Not signed in time" },
  waiting: { tone: "waiting", shape: "hourglass", label: "First signature to come" },
  verified: { tone: "healthy", shape: "check", label: "Verified" },
  empty: { tone: "neutral", shape: "dashed", label: "Nothing written" },
};

/** The audit chains of employers and where each stands; what needs a look comes first. */
export function ChainList({ chains, hrefOf, now }: ChainListProps) {
  return (
    <Table label="Audit chains" density="relaxed">
      <THead>
        <TR>
          <TH>Employer</TH>
          <TH>State</TH>
          <TH numeric wide>
            Entries
          </TH>
          <TH wide>Signed</TH>
          <TH wide>Every entry checked</TH>
        </TR>
      </THead>
      <TBody>
        {chains.map(({ customerId, name, state }) => {
          const look = looks[state.status];
          const [first] = state.problems;
          return (
            <TR key={customerId}>
              <TD rowHeader>
                <RowLink href={hrefOf(customerId)} prefetch={false}>
                  {name ?? "Platform"}
                </RowLink>
              </TD>
              <TD wrap>
                <Chip tone={look.tone} shape={look.shape} plain>
                  {look.label}
                </Chip>
                {first ? <SubLine>{first.text}</SubLine> : null}
              </TD>
              <TD numeric wide>
                {formatNumber(state.headSeq)}
              </TD>
              <TD wide className="text-secondary">
                {state.signed ? (
                  <>
                    #{formatNumber(state.signed.seq)},{" "}
                    <RelativeTime value={state.signed.at} now={now} zone={null} />
                    <SubLine>key {state.signed.keyId}</SubLine>
                  </>
                ) : (
                  <span className="text-muted">not yet</span>
                )}
              </TD>
              <TD wide className="text-secondary">
                {state.fullCheckedAt ? (
                  <RelativeTime value={state.fullCheckedAt} now={now} zone={null} />
                ) : (
                  <span className="text-muted">not yet</span>
                )}
              </TD>
            </TR>
          );
        })}
      </TBody>
    </Table>
  );
}
