import type { RoleChangeMailProps } from "./role-granted";
import { MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";
import { stopAfter } from "./stop-after";

/** Tells somebody that a role of theirs ended. */
export function RoleRemovedMail({ place, actor, role, host }: Omit<RoleChangeMailProps, "signInUrl">) {
  return (
    <SheetMail
      title={`Your role at ${place} ended`}
      preview={`${role} was removed. It counts at once.`}
      footer={
        <MailNote last>
          You think that this is a mistake? Ask an administrator of {place}
          {stopAfter(place)} Sent by Perch at {host}.
        </MailNote>
      }
    >
      <MailText>
        {actor ?? "Whoever runs this installation of Perch"} removed your role <MailStrong>{role}</MailStrong>{" "}
        at <MailStrong>{place}</MailStrong>
        {stopAfter(place)} It counts at once. Other roles that you hold stay as they are.
      </MailText>
    </SheetMail>
  );
}

export function roleRemovedText({
  place,
  actor,
  role,
  host,
}: Omit<RoleChangeMailProps, "signInUrl">): string {
  return `Your role at ${place} ended

${actor ?? "Whoever runs this installation of Perch"} removed your role ${role} at ${place}${stopAfter(place)}
It counts at once. Other roles that you hold stay as they are.

You think that this is a mistake? Ask an administrator of ${place}${stopAfter(place)}

Sent by Perch at ${host}.
`;
}
