"use client";

import { Avatar } from "@/components/ui/avatar";
import { RelativeTime } from "@/components/ui/relative-time";
import { Chip } from "@/components/ui/status-chip";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import { Tag, Tags } from "@/components/ui/tag";
import type { MemberView, TeamView } from "@/lib/domain/team/list-members";
import { MemberMenu, type MemberMenuProps } from "./member-menu";
import { memberAddress, memberName, roleWords } from "./member-words";

interface MembersTableProps extends Omit<MemberMenuProps, "member"> {
  team: TeamView;
}

/** Who has access, with which roles, and how well the account is guarded. */
export function MembersTable({ team, ...menu }: MembersTableProps) {
  return (
    <Table label="Members" density="relaxed">
      <THead>
        <TR>
          <TH>Person</TH>
          <TH wide>Roles</TH>
          <TH wide>Second factor</TH>
          <TH wide>Last here</TH>
          {team.manage ? (
            <TH>
              <span className="sr-only">Actions</span>
            </TH>
          ) : null}
        </TR>
      </THead>
      <TBody>
        {team.members.map((member) => (
          <TR key={member.userId}>
            <TD rowHeader wrap className="max-w-[340px] max-md:max-w-none">
              <Person member={member} />
              <Roles member={member} className="mt-1.5 mb-0.5 md:hidden" />
            </TD>
            <TD wrap wide className="py-2">
              <Roles member={member} />
            </TD>
            <TD wide>
              <SecondFactor member={member} />
            </TD>
            <TD wide className="text-secondary">
              <LastSeen member={member} team={team} />
            </TD>
            {team.manage ? (
              <TD className="w-10 text-right">
                <MemberMenu member={member} {...menu} />
              </TD>
            ) : null}
          </TR>
        ))}
      </TBody>
    </Table>
  );
}

/** A column of its own; on phones below the person. */
function Roles({ member, className }: { member: MemberView; className?: string }) {
  return (
    <Tags className={className}>
      {member.roles.map((role) => (
        <Tag
          key={`${role.role}:${role.connectionId}:${role.individualId}`}
          kind={role.limit?.disconnected ? "missing" : "default"}
          className="h-auto min-h-5 py-px leading-[1.35] font-normal whitespace-normal"
        >
          {roleWords(role)}
        </Tag>
      ))}
    </Tags>
  );
}

function Person({ member }: { member: MemberView }) {
  const address = memberAddress(member);
  return (
    <span className="flex items-center gap-2.5">
      <Avatar name={memberName(member)} className="max-md:hidden" />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 [overflow-wrap:anywhere]">
          {memberName(member)}
          {member.isYou ? <Tag className="font-normal">You</Tag> : null}
          {member.disabled ? (
            <Tag kind="missing" className="font-normal">
              Disabled
            </Tag>
          ) : null}
        </span>
        {address ? <SubLine className="[overflow-wrap:anywhere]">{address}</SubLine> : null}
        {member.hasSecondFactor === false ? (
          <SubLine className="md:hidden">No second factor yet</SubLine>
        ) : null}
      </span>
    </span>
  );
}

function SecondFactor({ member }: { member: MemberView }) {
  if (member.hasSecondFactor === null) return <span className="text-muted">not known here</span>;
  return member.hasSecondFactor ? (
    <Chip tone="healthy" shape="check" plain>
      Set up
    </Chip>
  ) : (
    <Chip tone="neutral" shape="dashed" plain>
      None yet
    </Chip>
  );
}

function LastSeen({ member, team }: { member: MemberView; team: TeamView }) {
  if (!member.lastSeenAt) return <span className="text-muted">not known here</span>;
  return <RelativeTime value={member.lastSeenAt} now={team.now} zone={team.timeZone} />;
}
